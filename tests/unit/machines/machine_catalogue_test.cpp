#include "simulator/machines/machine_catalogue.hpp"

#include <gmock/gmock.h>

#include <map>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;

struct Figures {
  std::uint32_t sets, ways;
};

// By hand: KiB x 1024 / (ways x line). data, code, then the levels below.
const std::map<std::string, std::vector<Figures>> kPublished = {
    {"apple-m", {{128, 8}, {256, 6}, {8192, 12}}},                    // 128 K, 192 K, 12 M; lines of 128 bytes
    {"book", {{64, 8}, {64, 8}, {512, 8}, {16384, 20}}},              // 32 K, 32 K, 256 K, 20 M
    {"cachegrind", {{512, 2}, {512, 2}, {512, 8}}},                   // 64 K, 64 K, 256 K
    {"graviton3", {{256, 4}, {256, 4}, {2048, 8}, {32768, 16}}},      // 64 K, 64 K, 1 M, 32 M
    {"intel-laptop", {{64, 12}, {64, 16}, {2048, 16}, {32768, 12}}},  // 48 K, 64 K, 2 M, 24 M
    {"intel-server", {{64, 12}, {64, 8}, {2048, 16}, {114688, 15}}},  // 48 K, 32 K, 2 M, 105 M
    {"tiny", {{2, 2}, {2, 2}, {4, 4}}},                               // 64, 64 and 256 bytes; lines of 16
    {"zen4", {{64, 8}, {64, 8}, {2048, 8}, {32768, 16}}},             // 32 K, 32 K, 1 M, 32 M
};

TEST(MachineCatalogue, EveryFileHasThePublishedGeometry) {
  auto names = machine_names(MACHINES);
  ASSERT_EQ(names.front(), "host");
  names.erase(names.begin());
  ASSERT_EQ(names.size(), kPublished.size());
  for (const auto& name : names) {
    SCOPED_TRACE(name);
    const SimulatedMachine machine = find_machine(name, MACHINES);
    EXPECT_EQ(machine.name, name);
    const auto& published = kPublished.at(name);
    ASSERT_EQ(machine.model.level_count, published.size() - 1);
    const auto expect = [](const sim_geometry& cache, const Figures& figures) {
      EXPECT_EQ(cache.sets, figures.sets);
      EXPECT_EQ(cache.ways, figures.ways);
    };
    expect(machine.model.levels[0].data, published[0]);
    expect(machine.model.levels[0].code, published[1]);
    for (std::uint32_t i = 1; i < machine.model.level_count; ++i) {
      EXPECT_FALSE(machine.model.levels[i].split);
      expect(machine.model.levels[i].data, published[i + 1]);
    }
    EXPECT_FALSE(machine.sources.empty());
  }
}

TEST(MachineCatalogue, TheTlbsAreAsPublished) {
  const auto tlb = [](const char* name) { return find_machine(name, MACHINES).model.tlb; };
  EXPECT_EQ(tlb("book").small.sets * tlb("book").small.ways, 64U);
  EXPECT_EQ(tlb("book").second.sets * tlb("book").second.ways, 512U);
  EXPECT_EQ(tlb("intel-server").small.sets, 16U);  // 96 entries, 6 ways
  EXPECT_EQ(tlb("zen4").small.sets, 1U);           // 72 entries, any of them
  EXPECT_EQ(tlb("cachegrind").small.ways, 0U);
}

TEST(MachineCatalogue, TheHostHasItsName) {
  try {
    EXPECT_EQ(find_machine("host", MACHINES).name, "host");
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr("--machine ./host.json"));
  }
}

TEST(MachineCatalogue, AFileOfOnesOwnIsNamedByItsPath) {
  EXPECT_EQ(find_machine(std::string(MACHINES) + "/zen4.json", "/nowhere").name, "zen4");
  EXPECT_THROW(find_machine("zen4.json", MACHINES), UserError);  // here, not in the folder
}

TEST(MachineCatalogue, AnUnknownNameGetsTheNearestAndTheList) {
  try {
    find_machine("zen5", MACHINES);
    ADD_FAILURE();
  } catch (const UserError& error) {
    EXPECT_STREQ(error.what(),
                 "there is no machine 'zen5' (did you mean zen4?); there are host, apple-m, book, cachegrind, "
                 "graviton3, intel-laptop, intel-server, tiny, zen4, and files of your own (./mine.json)");
  }
}

}  // namespace
}  // namespace countercheck
