#include "simulator/machines/host_machine.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

std::string slurp(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// One of the machines in hosts/, laid out as files that a test may change.
class Host : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = fs::temp_directory_path() / "countercheck-host-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void lay_out(const std::string& name) {
    write("hwloc.xml", slurp(fs::path(HOSTS) / (name + ".xml")));
    std::ifstream rows(fs::path(HOSTS) / (name + ".sysfs"));
    for (std::string row; std::getline(rows, row);) {
      const auto colon = row.find(':');
      kernel_says(row.substr(0, colon), row.substr(colon + 1));
    }
  }
  void kernel_says(const std::string& file, const std::string& value) { write("cpu0/" + file, value + "\n"); }
  void hwloc_says(const std::string& before, const std::string& after) {
    std::string xml = slurp(folder_ / "hwloc.xml");
    ASSERT_NE(xml.find(before), std::string::npos) << before;
    for (auto at = xml.find(before); at != std::string::npos; at = xml.find(before, at + after.size())) {
      xml.replace(at, before.size(), after);
    }
    write("hwloc.xml", xml);
  }
  SimulatedMachine host() const { return host_machine({folder_ / "hwloc.xml", folder_}); }
  std::string complaint() const {
    try {
      host();
    } catch (const UserError& error) {
      return error.what();
    }
    return "(none)";
  }
  static std::vector<std::string> starting_with(const std::vector<std::string>& notes, const std::string& start) {
    std::vector<std::string> found;
    std::copy_if(notes.begin(), notes.end(), std::back_inserter(found),
                 [&](const std::string& note) { return note.starts_with(start); });
    return found;
  }

  fs::path folder_;

 private:
  void write(const std::string& file, const std::string& text) {
    fs::create_directories((folder_ / file).parent_path());
    std::ofstream(folder_ / file) << text;
  }
};

void expect_cache(const sim_geometry& cache, std::uint32_t sets, std::uint32_t ways) {
  EXPECT_EQ(cache.sets, sets);
  EXPECT_EQ(cache.ways, ways);
  EXPECT_EQ(cache.policy, SIM_LRU);
}

TEST_F(Host, OfAVirtualMachineKeepsSetsThatAreNoPowerOfTwo) {
  lay_out("virtual");
  const SimulatedMachine machine = host();
  EXPECT_EQ(machine.name, "host");
  EXPECT_EQ(machine.title, "This machine: Intel(R) Xeon(R) Processor");
  EXPECT_EQ(machine.file, "");
  EXPECT_EQ(machine.level_names, (std::vector<std::string>{"L1", "L2", "L3"}));
  EXPECT_EQ(machine.model.line_bytes, 64U);
  EXPECT_EQ(machine.model.cores, 2U);
  EXPECT_TRUE(machine.model.writes_back);
  ASSERT_EQ(machine.model.level_count, 3U);
  const auto& levels = machine.model.levels;
  EXPECT_TRUE(levels[0].split);
  expect_cache(levels[0].data, 64, 12);
  expect_cache(levels[0].code, 64, 16);
  expect_cache(levels[1].data, 2048, 16);
  expect_cache(levels[2].data, 491520, 16);
  EXPECT_FALSE(levels[0].shared || levels[1].shared);
  EXPECT_TRUE(levels[2].shared);
  EXPECT_EQ(levels[1].inclusion, SIM_NON_INCLUSIVE);
  ASSERT_EQ(machine.sources.size(), 1U);
  EXPECT_TRUE(machine.sources[0].verified);
  EXPECT_EQ(machine.model.tlb.small.ways, 0U);
  EXPECT_EQ(machine.branches.conditional, SIM_GSHARE);
  EXPECT_EQ(starting_with(machine.notes, "The TLB").size(), 1U);
  EXPECT_EQ(starting_with(machine.notes, "The branch predictor is not told: gshare with 2^14").size(), 1U);
  EXPECT_EQ(starting_with(machine.notes, "L").size(), 0U);
}

TEST_F(Host, OfAHybridMachineIsItsFirstKindOfCore) {
  lay_out("hybrid");
  const SimulatedMachine machine = host();
  EXPECT_EQ(machine.model.cores, 2U);
  expect_cache(machine.model.levels[0].data, 64, 12);
  expect_cache(machine.model.levels[0].code, 64, 8);
  expect_cache(machine.model.levels[1].data, 2048, 10);
  expect_cache(machine.model.levels[2].data, 32768, 10);
  EXPECT_FALSE(machine.model.levels[1].shared);  // by the two threads of a core, which is no sharing
  EXPECT_TRUE(machine.model.levels[2].shared);
  EXPECT_THAT(machine.notes, Contains("4 more cores, of another kind or under another last cache, are left out."));
}

TEST_F(Host, OfAnAmdMachineIsOneComplex) {
  lay_out("amd");
  const SimulatedMachine machine = host();
  EXPECT_EQ(machine.model.cores, 3U);
  expect_cache(machine.model.levels[1].data, 1024, 8);
  EXPECT_EQ(machine.model.levels[1].inclusion, SIM_INCLUSIVE);
  expect_cache(machine.model.levels[2].data, 16384, 16);
  EXPECT_EQ(machine.model.levels[2].inclusion, SIM_NON_INCLUSIVE);
  EXPECT_TRUE(machine.model.levels[2].shared);
  EXPECT_THAT(machine.notes, Contains("3 more cores, of another kind or under another last cache, are left out."));
}

TEST_F(Host, WithoutWaysIsRefusedWithTheFileToWrite) {
  lay_out("arm");
  EXPECT_EQ(
      complaint(),
      "the machine 'host' is not known well enough to be simulated: neither hwloc nor sysfs tells the ways of its "
      "L1d; write its caches into a file ('countercheck list machines book' names one to start from) and give "
      "that file instead: --machine ./host.json");
}

TEST_F(Host, TakesWaysFromSetsWhereTheseAreAllThatIsTold) {
  lay_out("arm");
  kernel_says("cache/index0/number_of_sets", "256");
  kernel_says("cache/index1/number_of_sets", "256");
  kernel_says("cache/index2/number_of_sets", "2048");
  kernel_says("cache/index3/number_of_sets", "32768");
  const SimulatedMachine machine = host();
  EXPECT_EQ(machine.title, "This machine");
  expect_cache(machine.model.levels[0].data, 256, 4);
  expect_cache(machine.model.levels[1].data, 2048, 8);
  expect_cache(machine.model.levels[2].data, 32768, 16);
}

TEST_F(Host, TakesTheKernelsNumberWhereTheReadersDiffer) {
  lay_out("virtual");
  kernel_says("cache/index2/size", "1024K");
  kernel_says("cache/index2/number_of_sets", "1024");
  const SimulatedMachine machine = host();
  expect_cache(machine.model.levels[1].data, 1024, 16);
  EXPECT_THAT(machine.notes, Contains("L2: for its bytes hwloc tells 2097152, sysfs 1048576; sysfs is used."));
  EXPECT_FALSE(machine.sources[0].verified);
}

TEST_F(Host, SaysWhatOnlyOneReaderTells) {
  lay_out("virtual");
  hwloc_says("cache_associativity=\"12\"", "cache_associativity=\"0\"");
  fs::remove_all(folder_ / "cpu0" / "cache" / "index3");
  const SimulatedMachine machine = host();
  expect_cache(machine.model.levels[0].data, 64, 12);
  expect_cache(machine.model.levels[2].data, 491520, 16);
  EXPECT_THAT(machine.notes, Contains("L1d: for its ways hwloc tells nothing, sysfs 12; sysfs is used."));
  EXPECT_THAT(machine.notes, Contains("Only hwloc tells of the L3."));
}

TEST_F(Host, ComesFromTheKernelAloneWhereHwlocFails) {
  lay_out("amd");
  fs::remove(folder_ / "hwloc.xml");
  const SimulatedMachine machine = host();
  EXPECT_EQ(machine.model.cores, 3U);  // six CPUs under one L3, two to a core
  expect_cache(machine.model.levels[2].data, 16384, 16);
  EXPECT_FALSE(machine.model.levels[1].shared);
  EXPECT_TRUE(machine.model.levels[2].shared);
  EXPECT_THAT(machine.notes, Contains("Only sysfs tells of the L1i."));
}

TEST_F(Host, UsesBytesAndWaysWhereTheSetsContradictThem) {
  lay_out("virtual");
  kernel_says("cache/index3/number_of_sets", "524288");
  const SimulatedMachine machine = host();
  expect_cache(machine.model.levels[2].data, 491520, 16);
  EXPECT_THAT(machine.notes,
              Contains("L3: sysfs tells 524288 sets, but its bytes, ways and line make 491520; these are used."));
}

TEST_F(Host, IsRefusedWhereTheFiguresMakeNoCache) {
  lay_out("virtual");
  kernel_says("cache/index2/ways_of_associativity", "13");
  EXPECT_THAT(complaint(), HasSubstr("its L2 is told to have 2097152 bytes, which 13 ways and lines of 64 bytes do not "
                                     "divide; write its caches into a file"));
}

TEST_F(Host, IsRefusedWhereACacheIsMissing) {
  lay_out("virtual");
  hwloc_says("type=\"L1iCache\"", "type=\"Group\" kind=\"1001\" subkind=\"0\"");
  fs::remove_all(folder_ / "cpu0" / "cache");
  EXPECT_THAT(complaint(), HasSubstr("nobody tells of its L1i"));
  fs::remove(folder_ / "hwloc.xml");
  EXPECT_THAT(complaint(), HasSubstr("neither hwloc nor " + (folder_ / "cpu0/cache").string() + " tells of any cache"));
}

TEST_F(Host, SaysWhereCachesAreSharedByFewerCoresThanTheLast) {
  const SimulatedMachine machine = host_machine({std::string(HOSTS) + "/clusters.xml", folder_ / "none"});
  EXPECT_EQ(machine.model.cores, 4U);
  EXPECT_FALSE(machine.model.levels[1].shared);
  EXPECT_TRUE(machine.model.levels[2].shared);
  EXPECT_THAT(machine.notes, Contains("2 cores share one L2; here each has its own."));
}

// glibc asks the processor itself (CPUID), neither hwloc nor the kernel.
TEST(ThisHost, IsAsGlibcTells) {
  const long bytes = sysconf(_SC_LEVEL1_DCACHE_SIZE), ways = sysconf(_SC_LEVEL1_DCACHE_ASSOC);
  if (bytes <= 0 || ways <= 0) GTEST_SKIP() << "glibc tells no L1d here";
  const SimulatedMachine machine = host_machine();
  const sim_geometry& cache = machine.model.levels[0].data;
  EXPECT_EQ(cache_bytes(cache, machine.model.line_bytes), static_cast<std::uint64_t>(bytes));
  EXPECT_EQ(cache.ways, static_cast<std::uint32_t>(ways));
  EXPECT_EQ(machine.model.line_bytes, static_cast<std::uint32_t>(sysconf(_SC_LEVEL1_DCACHE_LINESIZE)));
  if (const long second = sysconf(_SC_LEVEL2_CACHE_SIZE); second > 0 && machine.model.level_count > 1) {
    EXPECT_EQ(cache_bytes(machine.model.levels[1].data, machine.model.line_bytes), static_cast<std::uint64_t>(second));
  }
}

}  // namespace
}  // namespace countercheck
