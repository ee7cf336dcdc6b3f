#include <gtest/gtest.h>

#include <algorithm>

#include "simulator/model/repeats.h"
#include "streams.hpp"

namespace countercheck {
namespace {

constexpr std::uint64_t kHistory = 1 << 17;

// A stream that is recognised where it repeats itself, beside the same one that never is.
class Twins {
 public:
  explicit Twins(const sim_machine& machine, const sim_branch_geometry& geometry = gshare(6, 5))
      : fed_(machine, geometry), twin_(machine, geometry), history_(kHistory) {
    sim_repeats_create(&repeats_, &fed_.stream, history_.data(), kHistory);
  }
  ~Twins() { sim_repeats_destroy(&repeats_); }
  Twins(const Twins&) = delete;
  Twins& operator=(const Twins&) = delete;

  // In portions of any size.
  void take(const Words& words, RandomRuns& random) {
    for (std::size_t from = 0; from < words.size();) {
      const std::size_t count = std::min<std::size_t>(1 + random.below(5000), words.size() - from);
      take_at_once(&words[from], count);
      from += count;
    }
    twin_.replay(words);
  }
  void take(const std::vector<Words>& runs, RandomRuns& random) { take(in_a_row(runs), random); }

  void take_at_once(const std::uint64_t* words, std::size_t count) { sim_repeats_take(&repeats_, words, count); }

  // After this the counts of both have to be the same.
  void settle() { sim_repeats_settle(&repeats_); }
  std::vector<std::uint64_t> counts() { return fed_.counts(); }
  std::vector<std::uint64_t> expected() { return twin_.counts(); }

  std::uint64_t accesses() { return twin_.accesses(); }
  std::uint64_t repeated() const { return repeats_.repeated_accesses; }
  bool is_promising() const { return sim_repeats_is_promising(&repeats_); }
  bool is_skipping() const { return repeats_.state == SIM_SKIPPING; }
  bool is_teaching() const { return is_skipping() && repeats_.teaching; }

 private:
  Fed fed_;
  Fed twin_;
  Words history_;
  sim_repeats repeats_{};
};

std::vector<Words> times(const std::vector<Words>& period, std::uint64_t count) {
  std::vector<Words> runs;
  for (std::uint64_t i = 0; i < count; ++i) runs.insert(runs.end(), period.begin(), period.end());
  return runs;
}

TEST(Repeats, OfEveryMachineAreCountedAsIfTheyWereSimulated) {
  for (const auto& [name, machine] : small_machines()) {
    std::uint64_t repeated = 0;  // seldom where trees come back to what they were after many periods only
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      SCOPED_TRACE(name + ", seed " + std::to_string(seed));
      RandomRuns random(seed);
      Twins twins(machine, seed % 2 == 0 ? gshare(6, 5) : kAsCachegrind);
      for (int part = 0; part < 3; ++part) {
        const std::vector<Words> period = random.some(1 + random.below(part == 0 ? 100 : 40000));
        const std::uint64_t count = 150000 / period.size() + 8;
        std::vector<Words> runs = random.some(random.below(60000));
        const std::vector<Words> repeats = times(period, count);
        runs.insert(runs.end(), repeats.begin(), repeats.end());
        if (random.below(2) == 0) runs.resize(runs.size() - random.below(period.size()));  // not a whole period
        if (random.below(2) == 0) runs[runs.size() - 1 - random.below(period.size())] = random.next();
        twins.take(runs, random);
        if (random.below(3) != 0) continue;
        twins.settle();
        ASSERT_EQ(twins.counts(), twins.expected());
      }
      twins.take(random.some(20000), random);
      twins.settle();
      ASSERT_EQ(twins.counts(), twins.expected());
      repeated += twins.repeated();
    }
    EXPECT_GT(repeated, 500000U) << name;
  }
}

// Of a period of 10,000 words the first is simulated, the second is the same, and by the third the caches are.
TEST(Repeats, AreSkippedButForTheFirstPeriods) {
  RandomRuns random(7);
  Twins twins(small_machines().front().second);
  twins.take(times(random.some(10000), 100), random);
  twins.settle();
  EXPECT_EQ(twins.counts(), twins.expected());
  EXPECT_GT(twins.repeated(), twins.accesses() * 8 / 10);
}

TEST(Repeats, APeriodLongerThanTheHistoryIsSimulated) {
  RandomRuns random(8);
  Twins twins(small_machines().front().second);
  twins.take(times(random.some(kHistory + 1000), 6), random);
  twins.settle();
  EXPECT_EQ(twins.counts(), twins.expected());
  EXPECT_EQ(twins.repeated(), 0U);
  EXPECT_FALSE(twins.is_promising());
}

TEST(Repeats, ArePromisingAsLongAsSomethingIsSkipped) {
  RandomRuns random(9);
  Twins twins(small_machines().front().second);
  EXPECT_TRUE(twins.is_promising());
  twins.take(times(random.some(1000), 2000), random);
  EXPECT_TRUE(twins.is_promising());
  twins.take(random.some(5 * kHistory), random);
  EXPECT_FALSE(twins.is_promising());
  twins.take(times(random.some(1000), 300), random);
  EXPECT_TRUE(twins.is_promising());
}

// A period whose words are the same, and what they meet is not: one more line of its set is used each time.
TEST(Repeats, NothingIsSkippedBeforeTheCachesAreTheSame) {
  sim_machine machine = one_level({1, 128, SIM_LRU});
  RandomRuns random(10);
  Twins twins(machine);
  const Segment load({planned(SIM_LOAD, 1)}, 1);
  const Segment store({planned(SIM_STORE, 1)}, 1, 1);
  std::vector<Words> period = times({load.run({0x1000})}, 2000);
  for (std::uint64_t line = 0; line < 200; ++line) period.push_back(store.run({64 * line}));
  twins.take(random.some(5000), random);
  twins.take(times(period, 300), random);
  twins.settle();
  EXPECT_EQ(twins.counts(), twins.expected());
  EXPECT_GT(twins.repeated(), 0U);
}

// Few lines, and a branch of which most counters learn one outcome in a period, so that they need several to settle.
class SlowPredictor {
 public:
  explicit SlowPredictor(RandomRuns& random) : branch_({planned(SIM_LOAD, 1)}, 1, 0, SIM_CONDITIONAL) {
    for (std::uint64_t i = 0; i < 30000; ++i)
      period_.push_back(branch_.run({0x1000 + 8 * (i % 4000)}, random.below(2) == 0));
  }
  const std::vector<Words>& period() const { return period_; }

 private:
  Segment branch_;
  std::vector<Words> period_;
};

TEST(Repeats, PredictorsAreTaughtUntilTheySettleWhileAccessesAreSkipped) {
  RandomRuns random(11);
  const SlowPredictor slow(random);
  Twins twins(one_level({4, 4, SIM_LRU}), gshare(16, 14));
  bool was_teaching = false;
  for (int period = 0; period < 40; ++period) {
    twins.take(slow.period(), random);
    was_teaching = was_teaching || twins.is_teaching();
  }
  EXPECT_TRUE(was_teaching);
  EXPECT_TRUE(twins.is_skipping());
  EXPECT_FALSE(twins.is_teaching());
  twins.settle();
  EXPECT_EQ(twins.counts(), twins.expected());
}

TEST(Repeats, WhatWasTaughtOfABrokenPeriodIsNotTaughtAgain) {
  RandomRuns random(12);
  const SlowPredictor slow(random);
  Twins twins(one_level({4, 4, SIM_LRU}), gshare(16, 14));
  for (int period = 0; period < 40 && !twins.is_teaching(); ++period) twins.take(slow.period(), random);
  ASSERT_TRUE(twins.is_teaching());
  std::vector<Words> broken = slow.period();
  broken.resize(7000);
  twins.take(broken, random);
  twins.take(random.some(500), random);
  EXPECT_FALSE(twins.is_skipping());
  twins.settle();
  EXPECT_EQ(twins.counts(), twins.expected());
}

}  // namespace
}  // namespace countercheck
