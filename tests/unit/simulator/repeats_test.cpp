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
  explicit Twins(const sim_machine& machine) : model_(machine), twin_(machine), history_(kHistory) {
    sim_repeats_create(&repeats_, &stream_, history_.data(), kHistory);
  }
  ~Twins() { sim_repeats_destroy(&repeats_); }
  Twins(const Twins&) = delete;
  Twins& operator=(const Twins&) = delete;

  // In portions of any size.
  void take(const Words& words, RandomWords& random) {
    for (std::size_t from = 0; from < words.size();) {
      const std::size_t count = std::min<std::size_t>(1 + random.below(5000), words.size() - from);
      sim_repeats_take(&repeats_, &words[from], count);
      from += count;
    }
    sim_stream_replay(&twin_stream_, words.data(), words.size());
  }

  // After this the counts of both have to be the same.
  void settle() { sim_repeats_settle(&repeats_); }
  std::vector<std::uint64_t> counts() { return all_counts(model_, stream_); }
  std::vector<std::uint64_t> expected() { return all_counts(twin_, twin_stream_); }

  std::uint64_t skipped() const { return repeats_.skipped; }
  bool is_promising() const { return sim_repeats_is_promising(&repeats_); }

 private:
  Model model_;
  Model twin_;
  Words history_;
  sim_stream stream_ = stream_of(model_);
  sim_stream twin_stream_ = stream_of(twin_);
  sim_repeats repeats_{};
};

Words times(const Words& period, std::uint64_t count) {
  Words words;
  for (std::uint64_t i = 0; i < count; ++i) words.insert(words.end(), period.begin(), period.end());
  return words;
}

TEST(Repeats, OfEveryMachineAreCountedAsIfTheyWereSimulated) {
  for (const auto& [name, machine] : small_machines()) {
    std::uint64_t skipped = 0;  // seldom where trees come back to what they were after many periods only
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      SCOPED_TRACE(name + ", seed " + std::to_string(seed));
      RandomWords random(seed);
      Twins twins(machine);
      for (int part = 0; part < 3; ++part) {
        const Words period = random.some(1 + random.below(part == 0 ? 50 : 40000));
        const std::uint64_t count = 300000 / period.size() + 8;
        Words words = random.some(random.below(60000));
        const Words repeated = times(period, count);
        words.insert(words.end(), repeated.begin(), repeated.end());
        if (random.below(2) == 0) words.resize(words.size() - random.below(period.size()));  // not a whole period
        if (random.below(2) == 0) words[words.size() - 1 - random.below(period.size())] = random.next();
        twins.take(words, random);
        if (random.below(3) != 0) continue;
        twins.settle();
        ASSERT_EQ(twins.counts(), twins.expected());
      }
      twins.take(random.some(20000), random);
      twins.settle();
      ASSERT_EQ(twins.counts(), twins.expected());
      skipped += twins.skipped();
    }
    EXPECT_GT(skipped, 500000U) << name;
  }
}

// Of a period of 10,000 words the first is simulated, the second is the same, and by the third the caches are.
TEST(Repeats, AreSkippedButForTheFirstPeriods) {
  RandomWords random(7);
  Twins twins(small_machines().front().second);
  twins.take(times(random.some(10000), 100), random);
  twins.settle();
  EXPECT_EQ(twins.counts(), twins.expected());
  EXPECT_GT(twins.skipped(), 800000U);
}

TEST(Repeats, APeriodLongerThanTheHistoryIsSimulated) {
  RandomWords random(8);
  Twins twins(small_machines().front().second);
  twins.take(times(random.some(kHistory + 1000), 6), random);
  twins.settle();
  EXPECT_EQ(twins.counts(), twins.expected());
  EXPECT_EQ(twins.skipped(), 0U);
  EXPECT_FALSE(twins.is_promising());
}

TEST(Repeats, ArePromisingAsLongAsSomethingIsSkipped) {
  RandomWords random(9);
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
  RandomWords random(10);
  Twins twins(machine);
  Words period = times({word(SIM_LOAD, 0x1000)}, 2000);
  for (std::uint64_t line = 0; line < 200; ++line) period.push_back(word(SIM_STORE, 64 * line));
  twins.take(random.some(5000), random);
  twins.take(times(period, 300), random);
  twins.settle();
  EXPECT_EQ(twins.counts(), twins.expected());
  EXPECT_GT(twins.skipped(), 0U);
}

}  // namespace
}  // namespace countercheck
