#include "counters/encoding.hpp"

#include <gtest/gtest.h>
#include <linux/perf_event.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "counters/event.hpp"
#include "counters/topdown.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

Encoding encoding(const std::string& name) {
  return std::get<Encoding>(parse_event(name).encoding);
}

// The oracle is the kernel's own header (uapi/linux/perf_event.h).
TEST(Encoding, GenericNamesAreTheKernelsConstants) {
  struct Known {
    const char* name;
    std::uint32_t type;
    std::uint64_t config;
  };
  const auto cache = [](std::uint64_t level, std::uint64_t operation, std::uint64_t result) {
    return level | (operation << 8) | (result << 16);
  };
  const auto read = PERF_COUNT_HW_CACHE_OP_READ;
  const auto write = PERF_COUNT_HW_CACHE_OP_WRITE;
  const auto miss = PERF_COUNT_HW_CACHE_RESULT_MISS;
  const auto all = PERF_COUNT_HW_CACHE_RESULT_ACCESS;
  for (const auto& [name, type, config] : {
           Known{"cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
           Known{"cpu-cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
           Known{"instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
           Known{"cache-references", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_REFERENCES},
           Known{"cache-misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES},
           Known{"branches", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_INSTRUCTIONS},
           Known{"branch-misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_MISSES},
           Known{"bus-cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BUS_CYCLES},
           Known{"ref-cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_REF_CPU_CYCLES},
           Known{"stalled-cycles-frontend", PERF_TYPE_HARDWARE, PERF_COUNT_HW_STALLED_CYCLES_FRONTEND},
           Known{"stalled-cycles-backend", PERF_TYPE_HARDWARE, PERF_COUNT_HW_STALLED_CYCLES_BACKEND},
           Known{"task-clock", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK},
           Known{"cpu-clock", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_CLOCK},
           Known{"page-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS},
           Known{"minor-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS_MIN},
           Known{"major-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS_MAJ},
           Known{"context-switches", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CONTEXT_SWITCHES},
           Known{"cpu-migrations", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS},
           Known{"cgroup-switches", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CGROUP_SWITCHES},
           Known{"L1-dcache-loads", PERF_TYPE_HW_CACHE, cache(PERF_COUNT_HW_CACHE_L1D, read, all)},
           Known{"L1-dcache-load-misses", PERF_TYPE_HW_CACHE, cache(PERF_COUNT_HW_CACHE_L1D, read, miss)},
           Known{"L1-dcache-stores", PERF_TYPE_HW_CACHE, cache(PERF_COUNT_HW_CACHE_L1D, write, all)},
           Known{"L1-icache-load-misses", PERF_TYPE_HW_CACHE, cache(PERF_COUNT_HW_CACHE_L1I, read, miss)},
           Known{"LLC-loads", PERF_TYPE_HW_CACHE, cache(PERF_COUNT_HW_CACHE_LL, read, all)},
           Known{"LLC-load-misses", PERF_TYPE_HW_CACHE, cache(PERF_COUNT_HW_CACHE_LL, read, miss)},
           Known{"LLC-store-misses", PERF_TYPE_HW_CACHE, cache(PERF_COUNT_HW_CACHE_LL, write, miss)},
           Known{"LLC-prefetches", PERF_TYPE_HW_CACHE,
                 cache(PERF_COUNT_HW_CACHE_LL, PERF_COUNT_HW_CACHE_OP_PREFETCH, all)},
           Known{"dTLB-load-misses", PERF_TYPE_HW_CACHE, cache(PERF_COUNT_HW_CACHE_DTLB, read, miss)},
           Known{"dTLB-store-misses", PERF_TYPE_HW_CACHE, cache(PERF_COUNT_HW_CACHE_DTLB, write, miss)},
           Known{"iTLB-load-misses", PERF_TYPE_HW_CACHE, cache(PERF_COUNT_HW_CACHE_ITLB, read, miss)},
           Known{"branch-load-misses", PERF_TYPE_HW_CACHE, cache(PERF_COUNT_HW_CACHE_BPU, read, miss)},
           Known{"node-loads", PERF_TYPE_HW_CACHE, cache(PERF_COUNT_HW_CACHE_NODE, read, all)},
       }) {
    EXPECT_EQ(encoding(name).type, type) << name;
    EXPECT_EQ(encoding(name).config, config) << name;
    EXPECT_EQ(privilege(encoding(name)), Privilege::user_and_kernel) << name;
  }
}

TEST(Encoding, EveryRowOfTheCatalogueIsKnownToLibpfm4) {
  for (const auto& event : split_by_privilege(default_event_list())) {
    EXPECT_FALSE(std::holds_alternative<Absence>(event.encoding)) << event.name;
  }
}

TEST(Encoding, ModifiersExcludeTheOtherHalf) {
  EXPECT_EQ(privilege(encoding("cycles:u")), Privilege::user);
  EXPECT_EQ(privilege(encoding("cycles:k")), Privilege::kernel);
  EXPECT_EQ(privilege(encoding("cycles:uk")), Privilege::user_and_kernel);
  EXPECT_EQ(parse_event("cycles:uk").name, "cycles");
}

TEST(Encoding, RawCodes) {
  EXPECT_EQ(encoding("r01c2").type, static_cast<std::uint32_t>(PERF_TYPE_RAW));
  EXPECT_EQ(encoding("r01c2").config, 0x1c2u);
  EXPECT_EQ(privilege(encoding("r1c2:u")), Privilege::user);
}

// libpfm4 knows every CPU's events; LIBPFM_ENCODE_INACTIVE lets it encode for one that is not here. 0x151 and 0xC0 are
// the codes of Intel's and AMD's own manuals.
#if defined(__x86_64__)
TEST(Encoding, NativeNames) {
  // libpfm4 reads the variable when it is initialised, once for a process: gtest_discover_tests runs each test alone.
  setenv("LIBPFM_ENCODE_INACTIVE", "1", 1);
  EXPECT_EQ(encoding("skl::L1D:REPLACEMENT").config, 0x151u);
  EXPECT_EQ(privilege(encoding("skl::L1D:REPLACEMENT:u")), Privilege::user);
  EXPECT_EQ(encoding("amd64_fam19h_zen4::RETIRED_INSTRUCTIONS").config, 0xc0u);
}
#endif

TEST(Encoding, AnotherMachinesNativeEventIsAbsentWithTheReason) {
  unsetenv("LIBPFM_ENCODE_INACTIVE");
#if defined(__x86_64__)
  const char* const elsewhere = "amd64_k7::RETIRED_INSTRUCTIONS";  // a CPU of 1999
#else
  const char* const elsewhere = "arm_1176::CPU_CYCLES";  // a CPU of 2003
#endif
  const Event event = parse_event(elsewhere);
  ASSERT_TRUE(std::holds_alternative<Absence>(event.encoding));
  EXPECT_EQ(std::get<Absence>(event.encoding).reason, AbsenceReason::unsupported);
  EXPECT_EQ(std::get<Absence>(event.encoding).sentence,
            "'" + std::string(elsewhere) + "' belongs to another CPU: libpfm4 sees " + libpfm_pmus() + " here");
}

TEST(Encoding, AttributesCountATaskAndAllItStarts) {
  const perf_event_attr attr = attributes(encoding("instructions:u"));
  EXPECT_EQ(attr.size, sizeof attr);
  EXPECT_EQ(attr.disabled, 1u);
  EXPECT_EQ(attr.inherit, 1u);
  EXPECT_EQ(attr.exclude_kernel, 1u);
  EXPECT_EQ(attr.exclude_user, 0u);
  EXPECT_EQ(attr.read_format,
            static_cast<std::uint64_t>(PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING));
}

#if defined(__x86_64__)
// The oracle is libpfm4's own table of Zen 4.
TEST(Encoding, AmdsTopDownEventsAreLibpfms) {
  setenv("LIBPFM_ENCODE_INACTIVE", "1", 1);
  const std::filesystem::path root =
      std::filesystem::temp_directory_path() / ("countercheck-zen4-" + std::to_string(getpid()));
  const auto put = [&](const char* file, const char* text) {
    std::filesystem::create_directories((root / file).parent_path());
    std::ofstream(root / file) << text << '\n';
  };
  put("cpu/type", "4");
  put("cpu/format/event", "config:0-7,32-35");
  put("cpu/format/umask", "config:8-15");
  const std::map<std::string, std::string> names = {
      {"ls_not_halted_cyc", "CYCLES_NOT_IN_HALT"},
      {"ex_ret_ops", "RETIRED_OPS"},
      {"de_src_op_disp.all", "OPS_SOURCE_DISPATCHED_FROM_DECODER:DECODER:OPCACHE:LOOP_BUFFER"},
      {"de_no_dispatch_per_slot.no_ops_from_frontend", "DISPATCH_STALLS_1:FE_NO_OPS"},
      {"de_no_dispatch_per_slot.backend_stalls", "DISPATCH_STALLS_1:BE_STALLS"},
      {"de_no_dispatch_per_slot.smt_contention", "DISPATCH_STALLS_1:SMT_CONTENTION"}};
  const auto events = topdown_events({"AuthenticAMD", 0x19, 0x11, {}}, root);
  std::filesystem::remove_all(root);
  ASSERT_EQ(events.size(), names.size());
  for (const auto& event : events) {
    const auto libpfms = encode_with_libpfm("amd64_fam19h_zen4::" + names.at(event.name));
    ASSERT_TRUE(std::holds_alternative<Encoding>(libpfms)) << event.name;
    EXPECT_EQ(std::get<Encoding>(event.encoding).config, std::get<Encoding>(libpfms).config) << event.name;
  }
}
#endif

}  // namespace
}  // namespace countercheck
