#include <gmock/gmock.h>

#include "experiment/results_file.hpp"
#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A step of contiguous allots whole arrays of 128 KiB and more, which cost their pages again; roll-add allots nothing.
Words faults(const Words& options) {
  Words words = {
      "run",      "diffusion", "--variants", "contiguous,roll-add", "--size", "512", "--iterations", "5", "-r", "8",
      "--source", "measured",  "-e",         "page-faults"};
  words.insert(words.end(), options.begin(), options.end());
  return words;
}

TEST(Expect, PageFaultsAreConfirmedAndRefuted) {
  const Output held = countercheck_with(faults({"--expect", "page-faults(contiguous) > 10 * page-faults(roll-add)"}));
  EXPECT_EQ(held.status, 0) << held.err;
  EXPECT_THAT(unwrapped(held.out), HasSubstr("confirmed: contiguous.page-faults"));
  const Output refuted = countercheck_with(faults({"--expect", "contiguous.page-faults <= roll-add.page-faults"}));
  EXPECT_EQ(refuted.status, 1) << refuted.err;
  EXPECT_THAT(unwrapped(refuted.out), HasSubstr("refuted: contiguous.page-faults"));
}

TEST(Expect, UndecidedIsSaidAndIsNoFailure) {
  const Output output = countercheck_with({"run", "diffusion", "--variants", "contiguous,roll-add", "--size", "64",
                                           "--iterations", "2", "-r", "2", "--source", "measured", "-e", "page-faults",
                                           "--expect", "roll-add.time < 100 * contiguous.time"});
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(unwrapped(output.out), HasSubstr("undecided: roll-add.time is "));
  EXPECT_THAT(unwrapped(output.out), HasSubstr("expected below 100: 2 rounds cannot decide it at 95 %: 6 are needed"));
}

TEST(Expect, IsKeptAsWrittenAndJudgedAgain) {
  TemporaryFolder folder;
  const std::string file = folder / "results.json";
  ASSERT_EQ(countercheck_with(
                faults({"--expect", "faults(contiguous) > 100", "--expect", "roll-add.cs < 1M", "-q", "-o", file}))
                .status,
            0);
  const Experiment results = read_results(file);
  EXPECT_THAT(results.terms.expectations, ElementsAre("faults(contiguous) > 100", "roll-add.cs < 1M"));
  EXPECT_THAT(results.events, testing::Contains("context-switches")) << "counted because it was to be judged";
  const Output text = countercheck_with({"report", file});
  EXPECT_THAT(text.out, HasSubstr("\nexpected\n  confirmed: contiguous.page-faults is "));
  EXPECT_THAT(countercheck_with({"report", file, "--form", "markdown"}).out,
              HasSubstr("\n### Expected\n\n- confirmed: contiguous.page-faults is "));
  const auto lines = lines_with(countercheck_with({"report", file, "--form", "csv"}).out, "expectation");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], testing::StartsWith(",faults(contiguous) > 100,expectation,"));
  EXPECT_THAT(lines[0], HasSubstr(",confirmed,"));
}

TEST(Expect, MistakesAreToldBeforeAnythingIsMeasured) {
  const auto mistake = [](const std::string& text) {
    const Output output = countercheck_with(faults({"--expect", text}));
    EXPECT_EQ(output.status, 3);
    EXPECT_THAT(output.out, IsEmpty());
    return output.err;
  };
  EXPECT_EQ(mistake("contiguous.time < 2"),
            "countercheck: the expectation 'contiguous.time < 2', column 17: a time and a plain number cannot be "
            "compared; a time has a unit, as in 20ms\n");
  EXPECT_EQ(mistake("contigous.time < 2s"),
            "countercheck: the expectation 'contigous.time < 2s', column 1: there is no variant 'contigous' (did you "
            "mean contiguous?)\n");
  EXPECT_EQ(mistake("contiguous.page-fault < 2"),
            "countercheck: the expectation 'contiguous.page-fault < 2', column 12: there is no event or metric "
            "'page-fault' (did you mean page-faults?); countercheck list events and countercheck list metrics show "
            "them\n");
}

TEST(Expect, StatHasNothingToCompare) {
  EXPECT_EQ(countercheck_with({"stat", "--expect", "a.time < 2s", "--", "true"}).status, 3);
}

}  // namespace
}  // namespace countercheck
