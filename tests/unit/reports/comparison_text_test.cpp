#include "reports/comparison_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/text_width.hpp"
#include "tests/unit/reports/diffusion.hpp"
#include "tests/unit/reports/screens.hpp"

namespace countercheck {
namespace {

using testing::diffusion;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::rendered;
using testing::screen;
using testing::uncoloured;

std::string text_of(const Experiment& experiment, const ReportOptions& options) {
  return rendered(*make_report(Form::text, experiment, options));
}

// Everything that can go wrong at once: a wrong result, a crash, a busy counter, a multiplexed one.
Experiment troubled() {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 1) sample.digest[0] = 3.41;
  }
  experiment.samples[7].ending = Ending::signalled;
  experiment.samples[7].status = 11;
  experiment.samples[8].readings[3] =
      testing::absent("cache-misses", AbsenceReason::busy, "another program holds the counter");
  experiment.samples[6].readings[2].time_running = 620;
  for (Sample& sample : experiment.samples) {
    if (sample.variant == 1) {
      sample.readings[6] = testing::absent("context-switches", AbsenceReason::not_permitted,
                                           "kernel.perf_event_paranoid is 3: sudo sysctl kernel.perf_event_paranoid=1");
    }
  }
  experiment.notes = {"the machine was busy: load 1.7 on 2 CPUs"};
  return experiment;
}

Experiment many_variants() {
  Experiment experiment = diffusion();
  for (std::size_t variant = 3; variant < 13; ++variant) {
    experiment.variants.push_back({.name = "build/release/variant-with-a-long-name-" + std::to_string(variant),
                                   .scheme = "",
                                   .stresses = "",
                                   .command = {}});
    for (unsigned round = 0; round < 5; ++round) {
      Sample sample = testing::diffusion_sample(variant % 3, round);
      sample.variant = variant;
      experiment.samples.push_back(sample);
    }
  }
  return experiment;
}

class Screens : public ::testing::TestWithParam<unsigned> {};

TEST_P(Screens, OfAPlainComparison) {
  const std::string text = text_of(diffusion(), {.width = GetParam()});
  EXPECT_EQ(text, screen("comparison-" + std::to_string(GetParam()) + ".txt", text));
}

TEST_P(Screens, OfATroubledComparison) {
  const std::string text = text_of(troubled(), {.width = GetParam()});
  EXPECT_EQ(text, screen("troubled-" + std::to_string(GetParam()) + ".txt", text));
}

INSTANTIATE_TEST_SUITE_P(Widths, Screens, ::testing::Values(120U, 80U, 40U, 20U));

TEST(ComparisonText, PerItem) {
  const std::string text = text_of(diffusion(), {.width = 80, .per_item = true});
  EXPECT_EQ(text, screen("comparison-per-item.txt", text));
}

TEST(ComparisonText, ManyVariantsWithLongNames) {
  const std::string text = text_of(many_variants(), {.width = 80});
  EXPECT_EQ(text, screen("many-80.txt", text));
}

TEST(ComparisonText, OneVariantHasNoRatioAndNoRanking) {
  Experiment experiment = diffusion();
  experiment.variants.resize(1);
  std::erase_if(experiment.samples, [](const Sample& sample) { return sample.variant > 0; });
  const std::string text = text_of(experiment, {.width = 80});
  EXPECT_EQ(text, screen("one-variant.txt", text));
  EXPECT_THAT(text, Not(HasSubstr("1.00x")));
}

TEST(ComparisonText, OneRoundHasNoSpread) {
  const std::string text = text_of(diffusion(1), {.width = 80});
  EXPECT_EQ(text, screen("one-round.txt", text));
  EXPECT_THAT(text, Not(HasSubstr("±")));
}

TEST(ComparisonText, NoCompletedSample) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) {
    sample.ending = Ending::failed;
    sample.status = 1;
  }
  const std::string text = text_of(experiment, {.width = 80});
  EXPECT_EQ(text, screen("nothing-completed.txt", text));
}

TEST(ComparisonText, NothingAtAll) {
  EXPECT_THAT(text_of(testing::experiment_of(Kind::comparison, {}, {}, 1), {}),
              HasSubstr("no sample ran to its end: there is nothing to compare"));
}

TEST(ComparisonText, ColourChangesNoCharacter) {
  for (const unsigned width : {120U, 80U, 40U, 20U}) {
    const std::string plain = text_of(troubled(), {.width = width});
    const std::string coloured = text_of(troubled(), {.width = width, .colour = true});
    EXPECT_EQ(plain.find('\x1b'), std::string::npos);
    EXPECT_EQ(uncoloured(coloured), plain);
    EXPECT_THAT(coloured, HasSubstr("\x1b[31mWRONG"));
    EXPECT_THAT(coloured, HasSubstr("\x1b[1mroll-add\x1b[0m"));
    if (width > 20) {
      EXPECT_THAT(coloured, HasSubstr("\x1b[2m±"));
    }
  }
}

TEST(ComparisonText, NoLineIsWiderThanTheTerminal) {
  for (const Experiment& experiment : {diffusion(), troubled(), many_variants()}) {
    for (unsigned width = 1; width < 160; width += width < 50 ? 1 : 7) {
      std::istringstream lines(text_of(experiment, {.width = width}));
      for (std::string line; std::getline(lines, line);) {
        ASSERT_LE(display_width(line), width) << line;
        ASSERT_FALSE(line.ends_with(' ')) << line;
      }
    }
  }
  EXPECT_FALSE(text_of(diffusion(), {.width = 0}).empty());
}

TEST(ComparisonText, EveryValueIsThereAtEveryWidth) {
  for (const unsigned width : {120U, 80U, 60U, 40U, 20U}) {
    const std::string text = text_of(troubled(), {.width = width});
    for (const char* value : {"0.746 s", "12.10 G", "204,911", "0.000059x", "402.0 M", "(62 %)", "[1]"}) {
      EXPECT_THAT(text, HasSubstr(value)) << width;
    }
  }
}

TEST(ComparisonText, ANameFromOutsideCannotMoveTheCursor) {
  Experiment experiment = diffusion();
  experiment.variants[1].name = "evil\x1b[2Jname\nsecond line";
  experiment.notes = {"note\x1b]0;title\x07"};
  for (const unsigned width : {120U, 40U, 20U}) {
    const std::string text = text_of(experiment, {.width = width});
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find('\x07'), std::string::npos);
  }
}

TEST(ComparisonText, NoOddNumberReachesTheScreen) {
  Experiment experiment = diffusion();
  for (Sample& sample : experiment.samples) {
    for (Reading& reading : sample.readings) {
      if (raw(reading)) reading.value = std::uint64_t{0};
    }
    sample.work_items = 0;
  }
  const std::string text = text_of(experiment, {.width = 80});
  for (const char* odd : {"nan", "inf", "-0", "?"}) EXPECT_THAT(text, Not(HasSubstr(odd)));
}

}  // namespace
}  // namespace countercheck
