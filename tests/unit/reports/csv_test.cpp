#include "reports/csv.hpp"

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

TEST(Csv, QuotesWhatWouldBreakALine) {
  EXPECT_EQ(csv_field("plain"), "plain");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_field(""), "");
}

TEST(Csv, ParametersHaveFieldsAndNamesOfTheirOwn) {
  std::ostringstream out;
  put_csv_header(out, {"size", "n"});
  put_csv(out, {.variant = "old", .parameters = {"512", "3, 4"}, .event = "cycles", .n = 2});
  EXPECT_EQ(out.str(),
            "variant,size,parameter_n,event,source,privilege,unit,n,value,mean,standard_deviation,ratio_to_baseline,"
            "coverage,absent,reason,paired_ratio,ratio_low,ratio_high,verdict,better_layouts,layouts\n"
            "old,512,\"3, 4\",cycles,,,,2,,,,,,,,,,,,,\n");
}

TEST(Csv, OfAComparison) {
  Experiment experiment = testing::diffusion();
  experiment.variants[1].name = "./old \"data\", 2";
  experiment.samples[8].readings[3] =
      testing::absent("cache-misses", AbsenceReason::busy, "another program holds the counter");
  const std::string text = rendered(*make_report(Form::csv, experiment));
  EXPECT_EQ(text, screen("comparison.csv", text));
}

TEST(Csv, OfAStat) {
  const std::string text = rendered(*make_report(Form::csv, testing::stat_experiment()));
  EXPECT_EQ(text, screen("stat.csv", text));
}

TEST(Csv, TheUnitSaysWhatWasDividedBy) {
  const std::string text = rendered(*make_report(Form::csv, testing::diffusion(), {.per_item = true}));
  EXPECT_THAT(text, HasSubstr("contiguous,page-faults,kernel,user+kernel,count per cell update,5,0.00195"));
  EXPECT_THAT(text, HasSubstr("contiguous,peak-rss,rusage,user+kernel,bytes,5,33554432,"));
}

TEST(Csv, EveryLineHasEveryField) {
  std::istringstream lines(rendered(*make_report(Form::csv, testing::diffusion())));
  std::string line;
  int count = 0;
  for (; std::getline(lines, line); ++count) {
    EXPECT_EQ(std::count(line.begin(), line.end(), ','), 18) << line;
  }
  EXPECT_EQ(count, 1 + 3 * 15 + 2 * (4 + 3)) << "and the factors of two variants' times and misses";
}

}  // namespace
}  // namespace countercheck
