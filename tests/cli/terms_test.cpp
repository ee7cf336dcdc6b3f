#include <gmock/gmock.h>

#include "experiment/results_file.hpp"
#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

// Two commands whose page faults in the region differ by 30 in 1000, and hardly scatter.
class TermsRun : public testing::Test {
 protected:
  Output compare(const Words& options) {
    Words words = {"compare",  "--name",
                   "old,new",  TOUCH_PAGES " --region 1000",
                   "--region", TOUCH_PAGES " --region 1000 --older-thread 30",
                   "-e",       "page-faults",
                   "-r",       "20",
                   "--source", "measured",
                   "-o",       folder_ / "results.json"};
    words.insert(words.end(), options.begin(), options.end());
    return countercheck_with(words, [] { setenv("COLUMNS", "200", 1); });
  }
  Experiment results() const { return read_results(folder_ / "results.json"); }

  TemporaryFolder folder_;
};

TEST_F(TermsRun, ThreePercentAreADifferenceUnlessMoreIsTolerated) {
  Output output = compare({});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(output.out,
              ContainsRegex("\nnew against old: ratios and their intervals, [0-9]+ that hold together at 95 %\n"));
  EXPECT_THAT(output.out, ContainsRegex("\npage-faults +k [^\n]* 1\\.0[0-9]+ [^\n]* worse\n"));
  EXPECT_THAT(output.out, Not(HasSubstr("against itself")));
  EXPECT_EQ(results().terms, Terms{});

  output = compare({"--tolerance", "7.5", "--confidence", "90"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(output.out,
              ContainsRegex("\nnew against old: ratios and their intervals, [0-9]+ that hold together at 90 %\n"));
  EXPECT_THAT(output.out, ContainsRegex("\npage-faults +k [^\n]* 1\\.0[0-9]+ [^\n]* equal within 7\\.5 %\n"));
  EXPECT_EQ(results().terms.tolerance, 0.075);
  EXPECT_EQ(results().terms.confidence, 0.9);
}

TEST_F(TermsRun, TheBaselineIsMeasuredASecondTimeWhereAsked) {
  const Output output = compare({"--aa"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(
      unwrapped(output.out),
      ContainsRegex("old against itself: [0-9]+ of [0-9]+ verdicts wrong(; the smallest change of time seen here "
                    "would be [0-9.,]+ %)? "));
  const Experiment results = this->results();
  ASSERT_EQ(results.variants.size(), 3u);
  EXPECT_EQ(results.variants[2].name, "old again");
  EXPECT_EQ(results.variants[2].again, 0u);
  EXPECT_THAT(lines_with(output.out, "old again  "), testing::IsEmpty()) << "it is no contender";

  ASSERT_EQ(compare({"--aa", "--no-aa"}).status, 0);
  EXPECT_EQ(this->results().variants.size(), 2u);
}

TEST(Terms, WhatIsNoPercentageIsRefused) {
  const auto refusal = [](const Words& option) {
    Words words = {"compare", "true", "true a"};
    words.insert(words.end(), option.begin(), option.end());
    const Output output = countercheck_with(words);
    EXPECT_EQ(output.status, 3);
    EXPECT_EQ(output.out, "");
    return output.err;
  };
  const std::string look = "; countercheck compare --help shows what there is\n";
  EXPECT_EQ(refusal({"--tolerance", "101"}), "countercheck: --tolerance: '101' is no number from 0 to 100" + look);
  EXPECT_EQ(refusal({"--tolerance", "-1"}), "countercheck: --tolerance: '-1' is no number from 0 to 100" + look);
  EXPECT_EQ(refusal({"--tolerance", "nan"}), "countercheck: --tolerance: 'nan' is no number from 0 to 100" + look);
  EXPECT_EQ(refusal({"--tolerance", "1%"}), "countercheck: --tolerance: '1%' is no number from 0 to 100" + look);
  EXPECT_EQ(refusal({"--confidence", "49.9"}),
            "countercheck: --confidence: '49.9' is no number from 50 to 99.9999" + look);
  EXPECT_EQ(refusal({"--confidence", "100"}),
            "countercheck: --confidence: '100' is no number from 50 to 99.9999" + look);
  EXPECT_EQ(refusal({"--aa=maybe"}), "countercheck: --aa takes no value" + look);
  EXPECT_EQ(refusal({"--early=yes"}), "countercheck: --early takes no value" + look);
}

}  // namespace
}  // namespace countercheck
