#include "simulator/cachegrind.hpp"

#include <gmock/gmock.h>

#include "tests/unit/engine/folder.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using testing::Folder;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

sim_machine three_levels() {
  sim_machine machine{};
  machine.line_bytes = 64;
  machine.level_count = 3;
  machine.levels[0].split = true;
  machine.levels[0].data = {.sets = 64, .ways = 12, .policy = SIM_LRU};
  machine.levels[0].code = {.sets = 64, .ways = 8, .policy = SIM_TREE_PLRU};
  machine.levels[1].data = {.sets = 2048, .ways = 16, .policy = SIM_LRU};
  machine.levels[2].data = {.sets = 491520, .ways = 16, .policy = SIM_LRU};
  return machine;
}

// As Cachegrind 3.19 writes it, cut down to what is read.
std::string file_of(const std::string& command, const std::string& sums = "900 3 2 200 40 5 100 20 4 80 8 6 1") {
  return "desc: I1 cache: 32768 B, 64 B, 8-way associative\ncmd:  " + command +
         "\nevents: Ir I1mr ILmr Dr D1mr DLmr Dw D1mw DLmw Bc Bcm Bi Bim \nfl=x.c\nfn=main\n1 900\nsummary: " + sums +
         " \n";
}

TEST(Cachegrind, TakesTheFirstAndTheLastLevelAndSaysWhatItLeavesOut) {
  const CachegrindCaches caches = cachegrind_caches(three_levels());
  EXPECT_THAT(caches.options, ElementsAre("--D1=49152,12,64", "--I1=32768,8,64", "--LL=268435456,16,64"));
  EXPECT_EQ(caches.described, "L1d 48 KiB 12-way, L1i 32 KiB 8-way, last level 256 MiB 16-way");
  EXPECT_THAT(
      caches.notes,
      ElementsAre("Cachegrind has two levels: the first and the last of the machine were taken",
                  "Cachegrind replaces by LRU in the L1i",
                  "Cachegrind takes only powers of two: the last level has 262144 sets here instead of 491520"));
}

TEST(Cachegrind, AFileIsOneProcessOfOneThread) {
  const ProcessCounts process = cachegrind_counts_from(file_of("gzip -9 x"), 12);
  EXPECT_EQ(process.program, "gzip");
  ASSERT_EQ(process.threads.size(), 1u);
  EXPECT_EQ(process.threads[0].counts, (SimulatedCounts{.instructions = 900,
                                                        .loads = 200,
                                                        .stores = 100,
                                                        .conditional_branches = 80,
                                                        .conditional_misses = 8,
                                                        .indirect_branches = 6,
                                                        .indirect_misses = 1,
                                                        .levels = {{3, 40, 20}, {2, 5, 4}}}));
}

TEST(Cachegrind, AFileCutShortIsNoCount) {
  const std::string whole = file_of("x");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_THROW(cachegrind_counts_from(whole.substr(0, length), 1), std::runtime_error) << length;
  }
  EXPECT_NO_THROW(cachegrind_counts_from(whole, 1));
}

TEST(Cachegrind, AProcessThatBeganAndLeftNothingIsLost) {
  const Folder folder;
  folder.write("5.log", "");
  folder.write("5.cachegrind", file_of("a"));
  EXPECT_THAT(read_cachegrind_folder(folder.path()).lost, IsEmpty());
  folder.write("6.log", "");
  EXPECT_THAT(read_cachegrind_folder(folder.path()).lost,
              ElementsAre("process 6 ended before it could write its counts: it was killed, or still ran at the end"));
}

TEST(Cachegrind, AForkedCopyIsNotAddedTwice) {
  const Folder folder;
  folder.write("5.cachegrind", file_of("a b"));
  folder.write("6.cachegrind", file_of("a b"));
  EXPECT_THAT(read_cachegrind_folder(folder.path()).lost,
              ElementsAre("process 6 is a copy of another (a), and Cachegrind counts what came before the fork in "
                          "both"));
  folder.write("6.cachegrind", file_of("a b", "900 3"));
  EXPECT_THAT(read_cachegrind_folder(folder.path()).lost,
              ElementsAre(HasSubstr("the counts of process 6 cannot be read (its summary")));
}

}  // namespace
}  // namespace countercheck
