#include "analysis/gate.hpp"

#include <gmock/gmock.h>

#include "counters/user_error.hpp"
#include "tests/unit/analysis/gates.hpp"

namespace countercheck {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::gate_of;
using testing::gate_run;
using testing::GateRunSpec;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const GateRow& row_named(const GateMatch& match, const std::string& key) {
  for (const GateRow& row : match.rows) {
    if (match.comparison.rows[row.row].key == key) return row;
  }
  throw std::out_of_range(key);
}

std::vector<std::string> deciding(const Gate& gate) {
  std::vector<std::string> keys;
  for (const GateRow& row : gate.matches.front().rows) {
    if (row.decides) keys.push_back(gate.matches.front().comparison.rows[row.row].key);
  }
  return keys;
}

// The default machine, and one with another processor.
Experiment elsewhere(Experiment experiment) {
  experiment.machine.cpu = "another";
  return experiment;
}

TEST(Gate, TheGravestVerdictOfWhatDecidesIsTheAnswer) {
  const Gate gate = gate_of(gate_run());
  EXPECT_EQ(gate.answer, Answer::worse);
  const GateMatch& match = gate.matches.front();
  EXPECT_THAT(deciding(gate), ElementsAre("wall-time", "instructions", "page-faults"));
  EXPECT_EQ(row_named(match, "page-faults").judged.verdict, Verdict::worse);
  EXPECT_TRUE(row_named(match, "page-faults").judged.exact);
  EXPECT_EQ(row_named(match, "instructions").judged.verdict, Verdict::better);
  EXPECT_EQ(row_named(match, "wall-time").judged.verdict, Verdict::undecided);
  EXPECT_FALSE(row_named(match, "peak-rss").decides);
  EXPECT_THAT(match.lacking, IsEmpty()) << "cache-misses are usual, and nobody asked for them here";
  EXPECT_THAT(match.notes, ElementsAre("the baseline against itself: 0 of 4 verdicts wrong"));
}

TEST(Gate, OnNarrowsWhatDecides) {
  EXPECT_EQ(gate_of(gate_run(), {.on = {"instructions"}}).answer, Answer::holds);
  EXPECT_EQ(gate_of(gate_run(), {.on = {"wall-time", "instructions"}}).answer, Answer::undecided);
  const Gate lacking = gate_of(gate_run(), {.on = {"cache-misses"}});
  EXPECT_EQ(lacking.answer, Answer::undecided);
  ASSERT_EQ(lacking.matches.front().lacking.size(), 1u);
  EXPECT_EQ(lacking.matches.front().lacking.front().why, "this machine shows no PMU");
}

TEST(Gate, WhatWasNamedDecidesAndTheUsualDoesNot) {
  const Gate gate = gate_of(gate_run(), {.asked = {"peak-rss"}});
  EXPECT_THAT(deciding(gate), ElementsAre("wall-time", "peak-rss"));
  EXPECT_EQ(gate.answer, Answer::undecided) << "by the time";
  EXPECT_EQ(gate_of(gate_run(), {.asked = {"cache-misses"}}).matches.front().lacking.size(), 1u);
}

TEST(Gate, ExpectationsDecideAloneUnlessEventsAreNamed) {
  const std::string fewer = "candidate.instructions < 0.95 * baseline.instructions";
  const std::string time = "candidate.time < 0.5 * baseline.time";
  const Gate confirmed = gate_of(gate_run(), {.expectations = {fewer}});
  EXPECT_EQ(confirmed.answer, Answer::holds) << "whatever the page faults do";
  EXPECT_THAT(deciding(confirmed), IsEmpty());
  EXPECT_EQ(gate_of(gate_run(), {.on = {"page-faults"}, .expectations = {fewer}}).answer, Answer::worse);
  EXPECT_EQ(gate_of(gate_run(), {.expectations = {fewer, time}}).answer, Answer::refuted);

  GateRunSpec spec;
  spec.instructions[2] = 500'000;  // the baseline is no longer equal to itself
  const Gate alarmed = gate_of(gate_run(spec), {.expectations = {fewer}});
  EXPECT_EQ(alarmed.answer, Answer::undecided);
  EXPECT_EQ(alarmed.matches.front().expectations.front().judgement.why, "the baseline was worse than itself by it");
}

TEST(Gate, TheToleranceIsWhatIsStated) {
  EXPECT_EQ(gate_of(gate_run(), {.on = {"page-faults"}, .tolerance = 0.24}).answer, Answer::worse);
  EXPECT_EQ(gate_of(gate_run(), {.on = {"page-faults"}, .tolerance = 0.26}).answer, Answer::holds);
}

TEST(Gate, AnEventThatTellsTheBaselineFromItselfDecidesNothing) {
  GateRunSpec spec;
  spec.faults[2].value = 1300;
  const Gate gate = gate_of(gate_run(spec), {.on = {"page-faults"}});
  EXPECT_EQ(gate.answer, Answer::undecided);
  const Judged& judged = row_named(gate.matches.front(), "page-faults").judged;
  EXPECT_EQ(judged.verdict, Verdict::undecided);
  EXPECT_EQ(judged.why, "the baseline was worse than itself by it");
  EXPECT_THAT(gate.matches.front().notes,
              ElementsAre("the baseline against itself: 1 of 4 verdicts wrong: page-faults (1.080)"));
}

TEST(Gate, NothingThatCouldDecideIsNoAnswer) {
  EXPECT_EQ(decide({}, {}).answer, Answer::undecided);
  Experiment run = gate_run({.simulated = false});
  for (Sample& sample : run.samples) sample.readings.clear();
  EXPECT_EQ(gate_of(run).answer, Answer::undecided);
}

TEST(Gate, WhatComputesSomethingElseIsNotCompared) {
  Experiment run = gate_run();
  for (Sample& sample : run.samples) {
    sample.digest = {std::uint64_t{sample.variant == 1 ? 4u : 3u}};
  }
  const Gate gate = gate_of(run);
  EXPECT_EQ(gate.answer, Answer::differs);
  EXPECT_THAT(gate.matches.front().rows, IsEmpty());
}

TEST(Gate, AllPointsOfAScanHoldTogether) {
  Experiment run = gate_run({.simulated = false});
  const std::size_t samples = run.samples.size();
  for (auto& variant : run.variants) variant.parameters = {{"size", "256"}};
  for (std::size_t variant = 0; variant < 3; ++variant) {
    run.variants.push_back(run.variants[variant]);
    run.variants.back().parameters = {{"size", "512"}};
    if (variant == 2) run.variants.back().again = 3;
  }
  for (std::size_t at = 0; at < samples; ++at) {
    run.samples.push_back(run.samples[at]);
    run.samples.back().variant += 3;
  }
  const Gate gate = gate_of(run, {.on = {"wall-time"}});
  ASSERT_EQ(gate.matches.size(), 2u);
  EXPECT_EQ(gate.matches[0].name, "size 256");
  EXPECT_EQ(gate.matches[1].name, "size 512");
  EXPECT_DOUBLE_EQ(gate.matches[0].inference.confidence, 0.975) << "two of them make 95 %";
}

TEST(Gate, TwoRunsAreMatchedByName) {
  Experiment before = gate_run();
  before.variants[0].name = "sort";
  before.variants[1].name = "merge";
  before.variants[2].name = "sort again";
  Experiment after = before;
  after.variants[1].name = "heap";
  const auto matches = matches_of_files(before, after);
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(matches.front().experiment.variants.size(), 3u) << "the second measurement of the baseline comes along";
  EXPECT_THAT(matches.front().experiment.notes,
              ElementsAre("only the baseline has merge", "only the candidate has heap"));
  const Gate gate = decide(matches, {});
  EXPECT_EQ(row_named(gate.matches.front(), "page-faults").judged.verdict, Verdict::equal);
  EXPECT_TRUE(row_named(gate.matches.front(), "page-faults").judged.exact);
  EXPECT_EQ(row_named(gate.matches.front(), "wall-time").judged.pairs, 0u);
  EXPECT_EQ(row_named(gate.matches.front(), "wall-time").judged.ratio, 1.0) << "the very same samples";
  EXPECT_THAT(gate.matches.front().notes, Contains(HasSubstr("two separate runs: no round of one is paired")));
}

TEST(Gate, NothingAgainstNothingHasNoRatioAndIsEqual) {
  const Experiment before = gate_run({.faults = {{0, 0}, {0, 0}, {0, 0}}});
  const Judged paired = row_named(gate_of(before).matches.front(), "page-faults").judged;
  EXPECT_TRUE(paired.both_zero && paired.exact);
  EXPECT_FALSE(paired.ratio);
  EXPECT_EQ(paired.verdict, Verdict::equal);
  Experiment after = before;
  after.samples[6].readings[1].value = std::uint64_t{2};  // in one of twenty rounds
  const Judged apart = row_named(decide(matches_of_files(before, after), {}).matches.front(), "page-faults").judged;
  EXPECT_TRUE(apart.both_zero);
  EXPECT_FALSE(apart.ratio || apart.exact);
  EXPECT_EQ(apart.verdict, Verdict::equal) << "from " << apart.low << " to " << apart.high;
}

TEST(Gate, SidesThatTookNoTurnsAreSaidTo) {
  Experiment run = gate_run();
  const char* const note =
      "the two sides did not take turns: whatever changed on the machine meanwhile is in the ratios of what was "
      "measured";
  EXPECT_THAT(gate_of(run).matches.front().notes, Not(Contains(note)));
  run.plan.order = Order::sequential;
  EXPECT_THAT(gate_of(run).matches.front().notes, Contains(note));
}

TEST(Gate, TwoRunsOfNothingInCommonAreRefused) {
  Experiment before = gate_run();
  Experiment after = before;
  after.variants[0].name = "x";
  after.variants[1].name = "y";
  const auto complaint = [&] {
    try {
      matches_of_files(before, after);
    } catch (const UserError& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  EXPECT_EQ(complaint(),
            "the two sides have no variant of the same name: the baseline has baseline, candidate, the candidate x, y");
  after = before;
  after.problem = "512 x 512 doubles";
  before.problem = "1024 x 1024 doubles";
  EXPECT_EQ(complaint(), "the two sides are of different problems: 1024 x 1024 doubles; 512 x 512 doubles");
  after.region = true;
  EXPECT_EQ(complaint(),
            "of the candidate a marked region was counted and of the baseline the whole process: count the "
            "same of both");
}

TEST(Gate, TheRunsOfTwoMachinesAreComparedOnWhatDoesNotDependOnThem) {
  const Gate gate = decide(matches_of_files(gate_run(), elsewhere(gate_run())), {});
  const GateMatch& match = gate.matches.front();
  EXPECT_EQ(row_named(match, "wall-time").judged.verdict, Verdict::undecided);
  EXPECT_EQ(row_named(match, "wall-time").judged.why, "the two sides are not of one machine");
  EXPECT_FALSE(row_named(match, "wall-time").judged.ratio);
  EXPECT_EQ(row_named(match, "instructions").judged.verdict, Verdict::equal) << "simulated, on one machine";
  EXPECT_EQ(row_named(match, "page-faults").judged.verdict, Verdict::equal);
  EXPECT_EQ(gate.answer, Answer::undecided);
  EXPECT_THAT(match.notes,
              Contains("times and hardware counts are not compared (--across-machines would): of the candidate the "
                       "processor is another, not none"));

  const Gate asked = decide(matches_of_files(gate_run(), elsewhere(gate_run())), {.across_machines = true});
  EXPECT_TRUE(row_named(asked.matches.front(), "wall-time").across);
  EXPECT_TRUE(row_named(asked.matches.front(), "wall-time").judged.ratio);
  EXPECT_FALSE(row_named(asked.matches.front(), "page-faults").across);
}

TEST(Gate, WhatMattersOfAMachineDependsOnWhoCounted) {
  Experiment here;
  Experiment there;
  there.machine.kernel = "6.6.1";
  EXPECT_EQ(differences(here, there, Place::hardware).size(), 1u);
  EXPECT_THAT(differences(here, there, Place::kernel), IsEmpty());
  there.machine.page = 65536;
  EXPECT_EQ(differences(here, there, Place::kernel),
            (std::vector<std::string>{"the bytes of a page are 65536, not 0"}));
  EXPECT_THAT(differences(here, there, Place::simulator), IsEmpty());
  there.machine.memory = 1 << 30;
  there.machine.perf_event_paranoid = 4;
  EXPECT_EQ(differences(here, there, Place::hardware).size(), 2u);
  here.simulation = Simulation{.engine = "tool 1", .machine = "book", .caches = "L1d"};
  there.simulation = here.simulation;
  EXPECT_THAT(differences(here, there, Place::simulator), IsEmpty());
  there.simulation->engine = "tool 2";
  EXPECT_THAT(differences(here, there, Place::simulator), ElementsAre("the simulator is tool 2, not tool 1"));
  EXPECT_EQ(place_of(Source::sim, Unit::count), Place::simulator);
  EXPECT_EQ(place_of(Source::pmu, Unit::count), Place::hardware);
  EXPECT_EQ(place_of(Source::kernel, Unit::nanoseconds), Place::hardware) << "task-clock is a time";
  EXPECT_EQ(place_of(Source::rusage, Unit::bytes), Place::kernel);
}

}  // namespace
}  // namespace countercheck
