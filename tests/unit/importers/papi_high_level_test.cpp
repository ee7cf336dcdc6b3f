#include "importers/papi_high_level.hpp"

#include <gmock/gmock.h>

#include "tests/unit/importers/importing.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using testing::imported_file;
using testing::refusal;
using testing::shown;
using testing::unread;

TEST(PapiHighLevel, Version6SumsThreadsRegionByRegion) {
  const Imported imported = read_papi_high_level(imported_file("invented-papi-6.json"));
  ASSERT_EQ(imported.variants.size(), 2U);
  EXPECT_EQ(imported.variants[0].name, "computation");
  EXPECT_EQ(imported.variants[0].samples[0].region_entries, 4U);
  EXPECT_THAT(shown(imported.variants[0].samples[0]),
              ElementsAre("PAPI_TOT_INS count user+kernel 1234", "real-cycles count user+kernel 2000"));
  EXPECT_THAT(shown(imported.variants[1].samples[0]),
              ElementsAre("PAPI_TOT_INS count user+kernel 7", "real-cycles count user+kernel 5"));
  EXPECT_THAT(unread(imported), ElementsAre("threads.1.regions.0.computation.PAPI_L1_DCM: it is no count"));
}

TEST(PapiHighLevel, Version7SumsTheTimesARegionWasEntered) {
  const Imported imported = read_papi_high_level(imported_file("invented-papi-7.json"));
  ASSERT_EQ(imported.variants.size(), 1U);
  EXPECT_EQ(imported.cpu, "A Processor of 2022");
  EXPECT_EQ(imported.variants[0].samples[0].region_entries, 2U);
  EXPECT_THAT(shown(imported.variants[0].samples[0]),
              ElementsAre("PAPI_TOT_INS count user+kernel 3040", "real-cycles count user+kernel 150",
                          "wall-time ns user+kernel 3000"));
  EXPECT_THAT(unread(imported),
              ElementsAre("'coretemp:::hwmon0:temp1_input' of region 'computation': it is a momentary "
                          "value, no count"));
}

TEST(PapiHighLevel, TimesOfSeveralThreadsAreNoTime) {
  const Imported imported = read_papi_high_level(
      R"({"threads":{"0":{"regions":{"0":{"name":"a","real_time_nsec":"5","X":"1"}}},
                     "1":{"regions":{"0":{"name":"a","real_time_nsec":"5","X":"1"}}}}})");
  EXPECT_THAT(shown(imported.variants[0].samples[0]), ElementsAre("X count user+kernel 2"));
  EXPECT_THAT(unread(imported), ElementsAre("'real_time_nsec' of region 'a': 2 threads were in it, and how much they "
                                            "overlapped is not told"));
}

TEST(PapiHighLevel, BrokenFilesAreNamedWithThePlace) {
  EXPECT_EQ(refusal(read_papi_high_level, "{}"), "threads: is missing");
  EXPECT_EQ(refusal(read_papi_high_level, R"({"threads":3})"), "threads: is neither a list nor an object");
  EXPECT_EQ(refusal(read_papi_high_level, R"({"threads":{"0":{}}})"), "threads.0.regions: is missing");
  EXPECT_EQ(refusal(read_papi_high_level, R"({"threads":[]})"), "threads: holds no region with a count");
}

}  // namespace
}  // namespace countercheck
