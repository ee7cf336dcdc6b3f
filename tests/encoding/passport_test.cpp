#include <gtest/gtest.h>

#include <cstdlib>

#include "counters/encoding.hpp"
#include "counters/passports/family_catalogue.hpp"

namespace countercheck {
namespace {

const std::vector<Family>& families() {
  static const auto all = read_families(PASSPORTS);
  return all;
}

// libpfm4 of x86 has no PMU of Arm, and that of Arm none of x86.
bool is_of_this_architecture(const Family& family) {
#if defined(__x86_64__)
  return family.recognise.front().architecture == "x86_64";
#else
  return family.recognise.front().architecture == "aarch64";
#endif
}

// The files were made from the kernel's maps; libpfm4 has the vendors' event lists. Where a file names libpfm4's event,
// both must give one code: some five hundred checks of the tables against each other.
TEST(Passports, EveryEncodingIsLibpfm4s) {
  setenv("LIBPFM_ENCODE_INACTIVE", "1", 1);
  int checked = 0;
  for (const Family& family : families()) {
    if (!is_of_this_architecture(family)) continue;
    for (const FamilyEvent& event : family.events) {
      if (event.libpfm.empty()) continue;
      const auto encoded = encode_with_libpfm(event.libpfm);
      ASSERT_TRUE(std::holds_alternative<Encoding>(encoded)) << family.id << " " << event.libpfm;
      const Encoding& encoding = std::get<Encoding>(encoded);
      EXPECT_EQ(encoding.type, static_cast<std::uint32_t>(PERF_TYPE_RAW)) << family.id << " " << event.name;
      EXPECT_EQ(encoding.config, event.config) << family.id << " " << event.name;
      EXPECT_EQ(encoding.config1, event.config1.value_or(0)) << family.id << " " << event.name;
      ++checked;
    }
  }
#if defined(__x86_64__)
  EXPECT_GE(checked, 300);
#endif
}

#if defined(__x86_64__)
struct Row {
  const char* family;
  const char* event;
  const char* libpfm;
  std::uint64_t config;
  std::uint64_t config1;
  const char* level;
};

// Those that must be shown, written out here as well, so that a file and its reader cannot be wrong together. The codes
// are those of AMD's PPR for family 19h model 11h, PMCx060 and PMCx064, and of Intel's SDM 3B, architectural events.
// The E-core's are libpfm4's for Tremont: 4.13 has no Gracemont.
TEST(Passports, ThoseOfZen4AndAlderLakeAreWhatTheVendorsSay) {
  setenv("LIBPFM_ENCODE_INACTIVE", "1", 1);
  for (const Row& row : {
           Row{"amd-zen4", "cache-misses",
               "amd64_fam19h_zen4::CORE_TO_L2_CACHEABLE_REQUEST_ACCESS_STATUS:IC_FILL_MISS:LS_RD_BLK_C", 0x964, 0,
               "L2"},
           Row{"amd-zen4", "cache-references",
               "amd64_fam19h_zen4::REQUESTS_TO_L2_GROUP1:RD_BLK_L:RD_BLK_X:LS_RD_BLK_C_S:CACHEABLE_IC_READ:CHANGE_TO_X:"
               "PREFETCH_L2_CMD:L2_HW_PF:MISC",
               0xff60, 0, "L2"},
           Row{"amd-zen4", "instructions", "amd64_fam19h_zen4::RETIRED_INSTRUCTIONS", 0xc0, 0, "none"},
           Row{"amd-zen4", "branch-misses", "amd64_fam19h_zen4::RETIRED_BRANCH_INSTRUCTIONS_MISPREDICTED", 0xc3, 0,
               "none"},
           Row{"intel-alderlake-p", "cache-misses", "spr::LONGEST_LAT_CACHE:MISS", 0x412e, 0, "LLC"},
           Row{"intel-alderlake-p", "cache-references", "spr::LONGEST_LAT_CACHE:REFERENCE", 0x4f2e, 0, "LLC"},
           Row{"intel-alderlake-p", "LLC-load-misses", "spr::OCR:DEMAND_DATA_RD_L3_MISS", 0x12a, 0x3fbfc00001, "LLC"},
           Row{"intel-alderlake-e", "cache-misses", "tmt::LONGEST_LAT_CACHE:MISS", 0x412e, 0, "LLC"},
           Row{"intel-alderlake-e", "cache-references", "tmt::LONGEST_LAT_CACHE:REFERENCE", 0x4f2e, 0, "LLC"},
       }) {
    const Family family = families_named(families(), row.family).front();
    const FamilyEvent* const event = family.event(row.event);
    ASSERT_NE(event, nullptr) << row.family << " " << row.event;
    EXPECT_EQ(event->config, row.config) << row.family << " " << row.event;
    EXPECT_EQ(event->config1.value_or(0), row.config1) << row.family << " " << row.event;
    EXPECT_EQ(event->level, row.level) << row.family << " " << row.event;
    const auto encoded = encode_with_libpfm(row.libpfm);
    ASSERT_TRUE(std::holds_alternative<Encoding>(encoded)) << row.libpfm;
    EXPECT_EQ(std::get<Encoding>(encoded).config, row.config) << row.libpfm;
    EXPECT_EQ(std::get<Encoding>(encoded).config1, row.config1) << row.libpfm;
  }
}

TEST(Passports, AnEventOfAnotherMachineIsEncodedWhenAskedFor) {
  unsetenv("LIBPFM_ENCODE_INACTIVE");
  const char* const name = "amd64_k7::RETIRED_INSTRUCTIONS";  // a CPU of 1999
  EXPECT_EQ(std::get<EncodingFailure>(encode_with_libpfm(name)), EncodingFailure::other_pmu);
  EXPECT_EQ(std::get<Encoding>(encode_for_any_machine(name)).config, 0xc0u);
  EXPECT_FALSE(std::holds_alternative<Encoding>(encode_for_any_machine("amd64_k7::NONSENSE")));
}
#endif

}  // namespace
}  // namespace countercheck
