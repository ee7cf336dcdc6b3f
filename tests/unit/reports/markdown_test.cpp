#include "reports/markdown.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/reports/diffusion.hpp"
#include "tests/unit/reports/screens.hpp"
#include "tests/unit/reports/stat_experiment.hpp"

namespace countercheck {
namespace {

using ::testing::HasSubstr;
using testing::rendered;
using testing::screen;

TEST(Markdown, NothingFromOutsideMakesMarkup) {
  EXPECT_EQ(markdown_text("a|b"), "a\\|b");
  EXPECT_EQ(markdown_text("<no PMU>"), "&lt;no PMU&gt;");
  EXPECT_EQ(markdown_text("*a* _b_ `c` ~d~ \\ &amp;"), "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\\\ &amp;amp;");
  EXPECT_EQ(markdown_text("two\nlines"), "two lines");
}

TEST(Markdown, OfAComparison) {
  Experiment experiment = testing::diffusion();
  experiment.variants[1].name = "old|new";
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 2) sample.digest[0] = 3.41;
  }
  const std::string text = rendered(*make_report(Form::markdown, experiment));
  EXPECT_EQ(text, screen("comparison.md", text));
}

TEST(Markdown, OfAStat) {
  const std::string text = rendered(*make_report(Form::markdown, testing::stat_experiment()));
  EXPECT_EQ(text, screen("stat.md", text));
}

TEST(Markdown, EveryLineOfATableHasTheSameCells) {
  std::istringstream lines(rendered(*make_report(Form::markdown, testing::diffusion())));
  std::string line;
  std::vector<std::ptrdiff_t> bars;
  while (std::getline(lines, line)) {
    if (line.starts_with('|')) bars.push_back(std::count(line.begin(), line.end(), '|'));
  }
  ASSERT_EQ(bars.size(), 16U + 22U + 5U);  // events, verdicts, ranking
  for (std::size_t at = 0; at < bars.size(); ++at) EXPECT_EQ(bars[at], at < 38 ? 6 : 5);
}

TEST(Markdown, NothingCompleted) {
  Experiment experiment = testing::diffusion();
  for (Sample& sample : experiment.samples) sample.ending = Ending::failed;
  EXPECT_THAT(rendered(*make_report(Form::markdown, experiment)),
              HasSubstr("- no sample ran to its end: there is nothing to compare\n"));
}

}  // namespace
}  // namespace countercheck
