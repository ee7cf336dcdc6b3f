#include "analysis/factors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using testing::absent;
using testing::counted;
using testing::experiment_of;
using testing::sample_of;
using testing::timed;

// The figures of High Performance Python, 1st edition, examples 6-10 to 6-22.
struct Printed {
  const char* example;
  std::uint64_t cycles;
  std::uint64_t instructions;
  double task_clock;  // ms
  double elapsed;     // s
};
constexpr Printed kBook[] = {
    {"6-10", 10'194'811'718, 15'165'151'844, 3059.219862, 3.061883218},
    {"6-15", 7'864'072'570, 13'257'488'848, 2361.473922, 2.363727876},
    {"6-18", 4'303'799'244, 4'631'882'411, 1384.555494, 1.386148918},
    {"6-20", 5'940'414'581, 6'909'546'082, 4104.127507, 3.009811418},
    {"6-22", 6'573'168'470, 9'850'025'585, 2243.897843, 2.258396667},
};

const Printed& printed(const std::string& example) {
  return *std::find_if(std::begin(kBook), std::end(kBook), [&](const Printed& one) { return one.example == example; });
}

std::uint64_t whole(double value) {
  return static_cast<std::uint64_t>(std::llround(value));
}

Sample sample_of_book(std::size_t variant, const std::string& example) {
  const Printed& figures = printed(example);
  return sample_of(variant, 0,
                   {counted("cycles", figures.cycles), counted("instructions", figures.instructions),
                    timed("task-clock", whole(figures.task_clock * 1e6), Source::kernel),
                    timed("wall-time", whole(figures.elapsed * 1e9))});
}

Experiment of_book(const std::string& from, const std::string& to) {
  Experiment experiment =
      experiment_of(Kind::comparison, {from, to}, {"cycles", "instructions", "task-clock", "wall-time"}, 1);
  experiment.samples = {sample_of_book(0, from), sample_of_book(1, to)};
  return experiment;
}

std::vector<std::string> keys(const Factored& factored) {
  std::vector<std::string> all;
  for (const Factor& factor : factored.factors) all.emplace_back(factor.key);
  return all;
}

double product(const Factored& factored) {
  double all = 1;
  for (const Factor& factor : factored.factors) all *= factor.times;
  return all;
}

struct Identity {
  const char* from;
  const char* to;
  double wall;
  std::vector<double> factors;
};

class TheBook : public ::testing::TestWithParam<Identity> {};

TEST_P(TheBook, FactorsToThreeDecimals) {
  const Factors made = take_apart(of_book(GetParam().from, GetParam().to));
  ASSERT_EQ(made.times.size(), 1U);
  const Factored& time = made.times.front();
  EXPECT_EQ(time.variant, 1U);
  EXPECT_EQ(time.quantity, "wall-time");
  EXPECT_NEAR(time.times, GetParam().wall, 0.0005);
  EXPECT_EQ(keys(time), (std::vector<std::string>{"instructions", "insns-per-cycle", "clock", "cpus-utilized"}));
  for (std::size_t at = 0; at < 4; ++at) EXPECT_NEAR(time.factors[at].times, GetParam().factors[at], 0.0005) << at;
  EXPECT_NEAR(product(time), printed(GetParam().from).elapsed / printed(GetParam().to).elapsed, 1e-8)
      << "the product is the ratio of the times, exactly";
}

INSTANTIATE_TEST_SUITE_P(Chapter6, TheBook,
                         ::testing::Values(Identity{"6-10", "6-15", 1.295, {1.144, 1.133, 0.999, 1.000}},
                                           Identity{"6-15", "6-18", 1.705, {2.862, 0.638, 0.933, 1.000}},
                                           Identity{"6-18", "6-20", 0.461, {0.670, 1.081, 0.466, 1.365}},
                                           Identity{"6-18", "6-22", 0.614, {0.470, 1.392, 0.942, 0.995}}),
                         [](const auto& tested) {
                           return std::string("From") + (tested.param.from + 2) + "To" + (tested.param.to + 2);
                         });

TEST(Factors, TellWhatEachHasOfThem) {
  const Factored time = take_apart(of_book("6-15", "6-18")).times.front();
  EXPECT_NEAR(time.factors[1].baseline, 1.69, 0.005) << "the book's insns per cycle";
  EXPECT_NEAR(time.factors[1].variant, 1.08, 0.005);
  EXPECT_NEAR(time.factors[2].baseline, 3.330, 0.0005) << "GHz";
  EXPECT_NEAR(time.factors[3].variant, 0.999, 0.0005);
  EXPECT_NEAR(time.factors[0].variant, 4'631'882'411.0, 1);
}

// A machine without cycles, without instructions, and without either's time on a CPU.
TEST(Factors, WithoutCyclesTheIdentityIsShorter) {
  Experiment experiment = of_book("6-15", "6-18");
  for (Sample& sample : experiment.samples) sample.readings[0] = absent("cycles", AbsenceReason::no_pmu, "none");
  const Factored time = take_apart(experiment).times.front();
  EXPECT_EQ(keys(time), (std::vector<std::string>{"instructions", "insns-per-cpu-second", "cpus-utilized"}));
  EXPECT_NEAR(time.factors[0].times, 2.862, 0.0005);
  EXPECT_NEAR(time.factors[1].times, 0.638 * 0.933, 0.001);
  EXPECT_NEAR(time.times, 1.705, 0.0005);
}

TEST(Factors, WithoutInstructionsTheTimeOnACpuIsLeft) {
  Experiment experiment = of_book("6-18", "6-20");
  for (Sample& sample : experiment.samples) {
    sample.readings[1] = absent("instructions", AbsenceReason::no_pmu, "none");
  }
  const Factored time = take_apart(experiment).times.front();
  EXPECT_EQ(keys(time), (std::vector<std::string>{"cpu-time", "cpus-utilized"}));
  EXPECT_NEAR(time.factors[0].times, 1384.555494 / 4104.127507, 1e-6);
  EXPECT_NEAR(time.factors[1].times, 1.365, 0.0005);
}

TEST(Factors, WithoutTimeOnACpuInstructionsGoOverTheTime) {
  Experiment experiment = of_book("6-15", "6-18");
  for (Sample& sample : experiment.samples) sample.readings[2] = absent("task-clock", AbsenceReason::busy, "none");
  EXPECT_EQ(keys(take_apart(experiment).times.front()), (std::vector<std::string>{"instructions", "insns-per-second"}));
}

TEST(Factors, NoTimeNoFactors) {
  Experiment experiment = of_book("6-15", "6-18");
  for (Sample& sample : experiment.samples) sample.readings[3] = absent("wall-time", AbsenceReason::no_sample, "none");
  EXPECT_TRUE(take_apart(experiment).times.empty());
  EXPECT_TRUE(take_apart(experiment_of(Kind::comparison, {}, {}, 1)).times.empty());
}

TEST(Factors, CountsOfOtherPassesOrTakenInTurnsAreNoPart) {
  Experiment parted = of_book("6-15", "6-18");
  parted.samples[1].event_pass = 1;
  EXPECT_TRUE(take_apart(parted).times.empty());
  Experiment in_turns = of_book("6-15", "6-18");
  in_turns.samples[0].readings[0] = testing::multiplexed(in_turns.samples[0].readings[0], 999, 1000);
  EXPECT_EQ(keys(take_apart(in_turns).times.front()).size(), 3U) << "an estimate of the cycles is none";
}

TEST(Factors, CountsOfOtherLevelsAreNoPart) {
  Experiment experiment = of_book("6-15", "6-18");
  for (Sample& sample : experiment.samples) sample.readings[0].privilege = Privilege::user;
  EXPECT_EQ(keys(take_apart(experiment).times.front()),
            (std::vector<std::string>{"instructions", "insns-per-cpu-second", "cpus-utilized"}));
  for (Sample& sample : experiment.samples) sample.readings[1].privilege = Privilege::user;
  const Factored time = take_apart(experiment).times.front();
  EXPECT_EQ(keys(time), (std::vector<std::string>{"instructions", "insns-per-cycle", "user-cycles-per-cpu-second",
                                                  "cpus-utilized"}))
      << "cycles of user mode over all the time are no clock";
  EXPECT_TRUE(time.factors[0].user_only);
}

// Two variants whose times and instructions are given, round by round.
Experiment rounds_of(const std::vector<std::uint64_t>& before, const std::vector<std::uint64_t>& after,
                     std::uint64_t instructions = 500) {
  Experiment experiment = experiment_of(Kind::comparison, {"old", "new"}, {"instructions", "task-clock", "wall-time"},
                                        static_cast<unsigned>(before.size()));
  for (unsigned round = 0; round < before.size(); ++round) {
    experiment.samples.push_back(sample_of(
        0, round,
        {counted("instructions", 1000), timed("task-clock", before[round]), timed("wall-time", before[round])}));
    experiment.samples.push_back(sample_of(
        1, round,
        {counted("instructions", instructions), timed("task-clock", after[round]), timed("wall-time", after[round])}));
  }
  return experiment;
}

TEST(Factors, OneOddRoundDoesNotDecide) {
  const Factored time = take_apart(rounds_of({100, 100, 100, 100}, {50, 40, 5000, 50})).times.front();
  EXPECT_EQ(time.pairs, 4U);
  EXPECT_EQ(time.used, 2U);
  EXPECT_NEAR(time.times, 2, 1e-12) << "the quickest and the slowest of four rounds are left out";
  EXPECT_NEAR(product(time), time.times, 1e-12);
  EXPECT_NEAR(take_apart(rounds_of({100, 100}, {50, 25})).times.front().times, std::sqrt(8.0), 1e-12)
      << "the geometric mean";
}

// Three intervals at 95 % together: each may miss in one of sixty. Of fifteen values the third from each end does so
// with 2 x (1 + 15 + 105) / 2^15 = 0.7 %, the fourth with 3.5 %.
TEST(Factors, IntervalsHoldTogether) {
  std::vector<std::uint64_t> before(15, 100'000'000);
  std::vector<std::uint64_t> after;
  for (std::uint64_t round = 0; round < 15; ++round) after.push_back(50'000'000 + 1'000'000 * ((7 * round) % 15));
  const Factors made = take_apart(rounds_of(before, after));
  const Factored& time = made.times.front();
  EXPECT_EQ(made.intervals, 3U) << "the time, the instructions per second and the CPUs; the instructions are exact";
  EXPECT_NEAR(time.high, 100.0 / 52, 1e-9) << "the third fastest";
  EXPECT_NEAR(time.low, 100.0 / 62, 1e-9);
  EXPECT_EQ(time.direction, Direction::less);
  EXPECT_EQ(time.factors[0].direction, Direction::less) << "half of the instructions, in all of 15 rounds";
  EXPECT_TRUE(time.factors[0].exact);
  EXPECT_NEAR(time.factors[1].high, 50.0 / 52, 1e-9);
  EXPECT_EQ(time.factors[1].direction, Direction::more) << "time for each instruction";
  EXPECT_EQ(time.factors[2].direction, Direction::same);
  EXPECT_EQ(made.needed, 0U);
}

TEST(Factors, TooFewRoundsDecideNothing) {
  const Factors made = take_apart(rounds_of({100, 101}, {50, 51}));
  EXPECT_EQ(made.times.front().direction, Direction::undecided);
  EXPECT_EQ(made.times.front().factors[0].direction, Direction::undecided) << "two equal counts may be chance";
  EXPECT_EQ(made.needed, 7U) << "3 intervals: 2^(1 - 7) is the first below 1.7 %";
}

TEST(Factors, TheSameWithinTheToleranceIsTheSame) {
  const Factored time = take_apart(rounds_of({100, 100, 100}, {100, 100, 100}, 1005)).times.front();
  EXPECT_EQ(time.factors[0].direction, Direction::same) << "1005 against 1000 three times";
  EXPECT_EQ(time.direction, Direction::same);
}

// Instructions of a simulation of 3 of 50 steps, and three measured rounds.
Experiment half_simulated() {
  Experiment experiment = rounds_of({100, 100, 100}, {40, 40, 40});
  for (Sample& sample : experiment.samples) {
    sample.readings[0] = absent("instructions", AbsenceReason::no_pmu, "none");
  }
  for (const std::size_t variant : {0U, 1U}) {
    experiment.variants[variant].simulated = ShortRun{{}, 3, variant == 0 ? 60U : 30U};
    Sample sample = sample_of(variant, 0,
                              {counted("instructions", variant == 0 ? 100 : 80, Source::sim, Privilege::user),
                               absent("task-clock", AbsenceReason::unsupported, "none"),
                               absent("wall-time", AbsenceReason::unsupported, "none")});
    sample.pass = Pass::simulated;
    experiment.samples.push_back(sample);
  }
  return experiment;
}

TEST(Factors, SimulatedInstructionsStandForAllStepsAndAreMarked) {
  const Factored time = take_apart(half_simulated()).times.front();
  EXPECT_EQ(keys(time), (std::vector<std::string>{"instructions", "insns-per-cpu-second", "cpus-utilized"}));
  EXPECT_NEAR(time.factors[0].times, 100 * 20 / (80 * 10.0), 1e-12);
  EXPECT_NEAR(time.times, 2.5, 1e-12);
  EXPECT_TRUE(time.factors[0].simulated);
  EXPECT_TRUE(time.factors[1].simulated);
  EXPECT_FALSE(time.factors[2].simulated);
  EXPECT_TRUE(time.factors[0].exact);
  EXPECT_EQ(time.factors[0].direction, Direction::less) << "one simulation is as good as many";
}

Experiment with_misses(Source source) {
  Experiment experiment =
      experiment_of(Kind::comparison, {"old", "new"},
                    {"L1-dcache-loads", "L1-dcache-load-misses", "LLC-loads", "LLC-load-misses"}, 1);
  const std::vector<std::vector<std::uint64_t>> counts = {{6000, 1200, 600, 300}, {3000, 900, 300, 30}};
  for (std::size_t variant = 0; variant < 2; ++variant) {
    Sample sample = sample_of(variant, 0, {});
    for (std::size_t event = 0; event < 4; ++event) {
      sample.readings.push_back(counted(experiment.events[event], counts[variant][event], source, Privilege::user));
    }
    sample.work_items = variant == 0 ? 100 : 50;
    experiment.samples.push_back(sample);
  }
  return experiment;
}

TEST(MissFactors, GoFromTheLoadsOfAnItemToTheLastLevel) {
  const Factors made = take_apart(with_misses(Source::pmu));
  ASSERT_EQ(made.misses.size(), 1U);
  const Factored& misses = made.misses.front();
  EXPECT_EQ(misses.quantity, "LLC-load-misses");
  EXPECT_TRUE(misses.per_item);
  EXPECT_EQ(keys(misses), (std::vector<std::string>{"L1-dcache-loads", "L1-dcache-load-miss-rate",
                                                    "LLC-loads-per-L1-dcache-miss", "LLC-load-miss-rate"}));
  EXPECT_NEAR(misses.times, 3 / 0.6, 1e-12) << "misses per item";
  EXPECT_NEAR(misses.factors[0].times, 60 / 60.0, 1e-12);
  EXPECT_NEAR(misses.factors[1].times, 0.2 / 0.3, 1e-12);
  EXPECT_NEAR(misses.factors[2].times, 0.5 / (1 / 3.0), 1e-12);
  EXPECT_NEAR(misses.factors[3].times, 0.5 / 0.1, 1e-12);
  EXPECT_EQ(misses.factors[3].baseline, 50) << "per cent";
}

TEST(MissFactors, WithoutItemsTheyAreThoseOfTheWholeSample) {
  Experiment experiment = with_misses(Source::pmu);
  for (Sample& sample : experiment.samples) sample.work_items.reset();
  const Factored misses = take_apart(experiment).misses.front();
  EXPECT_FALSE(misses.per_item);
  EXPECT_NEAR(misses.times, 10, 1e-12);
  EXPECT_NEAR(misses.factors[0].times, 2, 1e-12);
}

TEST(MissFactors, CountsOfAnotherSourceEndTheChain) {
  Experiment experiment = with_misses(Source::pmu);
  for (Sample& sample : experiment.samples) sample.readings[3].privilege = Privilege::user_and_kernel;
  EXPECT_EQ(take_apart(experiment).misses.front().factors.size(), 2U);
  for (Sample& sample : experiment.samples) sample.readings[1].value = std::uint64_t{0};
  EXPECT_TRUE(take_apart(experiment).misses.empty()) << "nothing is no part of a product";
}

TEST(MissFactors, AMissRateIsOfOneLevelAndOfTheSameRequests) {
  Experiment experiment = with_misses(Source::pmu);
  experiment.meanings = {{"L1-dcache-load-misses", "L1d", "demand loads", ""},
                         {"LLC-loads", "LLC", "demand loads and prefetches", ""},
                         {"LLC-load-misses", "LLC", "demand loads and prefetches", ""}};
  EXPECT_EQ(take_apart(experiment).misses.front().factors.size(), 2U);
  experiment.meanings[0].requests = "demand loads and prefetches";
  EXPECT_EQ(take_apart(experiment).misses.front().factors.size(), 4U) << "the levels may differ, the requests not";
  experiment.meanings.push_back({"L1-dcache-loads", "L2", "demand loads and prefetches", ""});
  EXPECT_TRUE(take_apart(experiment).misses.empty());
}

}  // namespace
}  // namespace countercheck
