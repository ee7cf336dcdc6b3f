#include <gmock/gmock.h>

#include "analysis/comparison.hpp"
#include "analysis/stat_summary.hpp"
#include "reports/process_lines.hpp"
#include "reports/simulation_sentences.hpp"
#include "reports/text_width.hpp"
#include "tests/unit/analysis/simulated.hpp"
#include "tests/unit/reports/screens.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::rendered;
using testing::scored;
using testing::screen;

Experiment several_processes() {
  Experiment experiment = scored(Kind::stat);
  experiment.variants.resize(1);
  experiment.variants[0].simulated.reset();
  std::erase_if(experiment.samples, [](const Sample& sample) { return sample.variant > 0; });
  experiment.samples.back().processes = {
      {.pid = 4321, .image = 0, .program = "/bin/sh", .threads = {{1, 1'234'567, 89}}},
      {.pid = 4322, .image = 1, .program = "/usr/bin/sort", .threads = {{1, 20'000'000, 1'000}, {2, 3, 0}}}};
  return experiment;
}

Experiment simulated_only() {
  Experiment experiment = scored();
  std::erase_if(experiment.samples, [](const Sample& sample) { return sample.pass == Pass::measured; });
  return experiment;
}

TEST(SimulationSentences, NameTheMachineTheEngineAndTheSteps) {
  Experiment experiment = scored();
  const auto sentences = [&] { return simulation_sentences(compare_variants(experiment)); };
  const std::string machine =
      "simulated: machine book (L1d 32 KiB 8-way, L2 256 KiB 8-way), user mode only, by countercheck's tool on "
      "Valgrind "
      "3.19.0";
  EXPECT_THAT(sentences(), ElementsAre(machine + "; 3 of 20 steps"));
  experiment.simulation->scaled = true;
  experiment.simulation->notes = {"Cachegrind has two levels"};
  EXPECT_THAT(sentences(), ElementsAre(machine + "; 3 of 20 steps, scaled to 20", "Cachegrind has two levels"));
  EXPECT_EQ(simulation_sentences(compare_variants(experiment, Per::work_item)).front(), machine + "; 3 of 20 steps");
  experiment.variants[0].simulated.reset();
  EXPECT_EQ(sentences().front(), machine + "; 3 of 20 steps, scaled to 20 of new");
  experiment.variants[1].simulated.reset();
  EXPECT_EQ(sentences().front(), machine);
}

TEST(SimulationSentences, AreLeftOutWhereNoRowIsSimulated) {
  Experiment experiment = scored();
  std::erase_if(experiment.samples, [](const Sample& sample) { return sample.pass == Pass::simulated; });
  EXPECT_THAT(simulation_sentences(compare_variants(experiment)), IsEmpty());
}

TEST(ProcessLines, AThreadHasALineWhereItIsNotAlone) {
  EXPECT_THAT(
      process_lines(several_processes().samples.back().processes),
      ElementsAre(ProcessLine{"1,234,567", "89", "sh (process 4321)", false},
                  ProcessLine{"20,000,003", "1,000", "sort (process 4322)", false},
                  ProcessLine{"20,000,000", "1,000", "thread 1", true}, ProcessLine{"3", "0", "thread 2", true}));
}

TEST(SimulationScreens, AComparisonWithItsScore) {
  const std::string text = rendered(*make_report(Form::text, scored(), {.width = 100}));
  EXPECT_EQ(text, screen("scored-100.txt", text));
}

TEST(SimulationScreens, ABlockWithItsScoreAndProcesses) {
  const std::string text = rendered(*make_report(Form::text, several_processes(), {.width = 80}));
  EXPECT_EQ(text, screen("stat-simulated-80.txt", text));
  const std::string markdown = rendered(*make_report(Form::markdown, several_processes()));
  EXPECT_EQ(markdown, screen("stat-simulated.md", markdown));
}

TEST(SimulationScreens, SimulatedOnly) {
  const std::string text = rendered(*make_report(Form::text, simulated_only(), {.width = 100}));
  EXPECT_EQ(text, screen("simulated-only-100.txt", text));
  EXPECT_THAT(text, Not(HasSubstr("repeat it"))) << "it would be the same again";
}

TEST(SimulationScreens, CsvTellsTheTwoApartBySource) {
  const std::string csv = rendered(*make_report(Form::csv, scored()));
  EXPECT_THAT(csv, HasSubstr("old,instructions,pmu,user+kernel,count,2,8000.5,"));
  EXPECT_THAT(csv, HasSubstr("old,instructions-simulated,sim,user,count,1,1206,1206,,1,1,,,,,,,,\n"));
  EXPECT_THAT(csv, HasSubstr("old,instructions-simulated-difference,derived,,%,1,0.49"));
}

TEST(SimulationScreens, NoLineIsWiderThanTheTerminal) {
  for (const Experiment& experiment : {scored(), several_processes(), simulated_only()}) {
    for (unsigned width = 1; width < 130; width += width < 50 ? 1 : 7) {
      std::istringstream lines(rendered(*make_report(Form::text, experiment, {.width = width})));
      for (std::string line; std::getline(lines, line);) ASSERT_LE(display_width(line), width) << line;
    }
  }
}

}  // namespace
}  // namespace countercheck
