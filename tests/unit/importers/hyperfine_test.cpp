#include "importers/hyperfine.hpp"

#include <gmock/gmock.h>

#include "tests/unit/importers/importing.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using testing::imported_file;
using ::testing::IsEmpty;
using testing::refusal;
using testing::shown;
using testing::unread;

TEST(Hyperfine, EveryTimeIsASample) {
  const Imported imported = read_hyperfine(imported_file("hyperfine-1.15.json"));
  ASSERT_EQ(imported.variants.size(), 3U);
  const ImportedVariant& large = imported.variants[1];
  EXPECT_EQ(large.name, "./touch 20000");
  ASSERT_EQ(large.samples.size(), 4U);
  EXPECT_THAT(shown(large.samples[0]),
              ElementsAre("wall-time ns user+kernel 221205948", "user-time ns user+kernel <not told>",
                          "system-time ns user+kernel <not told>"));
  EXPECT_EQ(raw(large.samples[3].readings[0]), 199965622U);
  EXPECT_EQ(absence(large.samples[0].readings[1])->sentence,
            "hyperfine keeps only the mean over the runs, 0.0011345 s");
  EXPECT_THAT(unread(imported), IsEmpty());
}

TEST(Hyperfine, ANumberThatIsTooLargeIsAMistakeOfTheFile) {
  EXPECT_EQ(refusal(read_hyperfine, R"({"results":[{"command":"a","times":[1e999]}]})"),
            "it has a number that is larger than any can be");
}

TEST(Hyperfine, RunsThatFailedAndWereAllowedAreTold) {
  const Imported imported = read_hyperfine(imported_file("hyperfine-1.15.json"));
  EXPECT_EQ(imported.variants[2].samples[0].status, 1);
  EXPECT_THAT(
      imported.notes,
      ElementsAre("4 of 4 runs of 'false' ended with a status other than 0, which hyperfine was told to ignore"));
}

TEST(Hyperfine, MemoryOfNewerVersionsIsThePeak) {
  const Imported imported = read_hyperfine(
      R"({"results":[{"command":"a","times":[0.5,0.25],"memory_usage_byte":[4096,null],"exit_codes":[0,null]},
          {"command":"b","times":[1, "x", -2],"user":0.5}]})");
  ASSERT_EQ(imported.variants[0].samples.size(), 1U);
  EXPECT_THAT(shown(imported.variants[0].samples[0]),
              ElementsAre("wall-time ns user+kernel 500000000", "user-time ns user+kernel <not told>",
                          "system-time ns user+kernel <not told>", "peak-rss bytes user+kernel 4096"));
  EXPECT_THAT(unread(imported), ElementsAre("results[0].times[1]: the run has no exit status: a signal ended it",
                                            "results[1].times[1]: it is no time in seconds",
                                            "results[1].times[2]: it is no time in seconds"));
}

TEST(Hyperfine, BrokenFilesAreNamedWithThePlace) {
  EXPECT_EQ(refusal(read_hyperfine, "{\"results\":"), "it is no whole JSON (at byte 12)");
  EXPECT_EQ(refusal(read_hyperfine, "{}"), "results: is missing");
  EXPECT_EQ(refusal(read_hyperfine, std::string(100'000, '[')),
            "it is nested more deeply than any file of these tools");
  EXPECT_EQ(refusal(read_hyperfine, R"({"results":[]})"), "results: holds no run");
  EXPECT_EQ(refusal(read_hyperfine, R"({"results":[{"command":"a","times":[]}]})"),
            "results[0].times: is empty: there is no run in it");
  EXPECT_EQ(refusal(read_hyperfine, R"({"results":[{"command":"a","times":[1],"exit_codes":[0,0]}]})"),
            "results[0].exit_codes: has 2 entries for 1 times");
}

}  // namespace
}  // namespace countercheck
