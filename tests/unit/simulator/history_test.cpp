#include "simulator/model/history.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace countercheck {
namespace {

using Words = std::vector<std::uint64_t>;

constexpr std::uint64_t kSize = 1024;

// The words 0, 1, 2 and so on, each at its own place.
class History : public testing::Test {
 protected:
  Words numbers(std::uint64_t from, std::uint64_t count) {
    Words words(count);
    std::iota(words.begin(), words.end(), from);
    return words;
  }

  void append(std::uint64_t count) {
    const Words words = numbers(history_.place, count);
    sim_history_append(&history_, words.data(), words.size());
  }

  std::uint64_t equal(std::uint64_t place, const Words& words) {
    return sim_history_equal(&history_, place, words.data(), words.size());
  }

  Words words_ = Words(kSize);
  sim_history history_{words_.data(), kSize, 0};
};

TEST_F(History, KeepsTheLastWordsAtTheirPlaces) {
  for (const std::uint64_t count : {1U, 600U, 1000U, 37U}) append(count);
  EXPECT_EQ(history_.place, 1638U);
  for (std::uint64_t place = 1638 - kSize; place < 1638; ++place) EXPECT_EQ(*sim_history_at(&history_, place), place);
}

TEST_F(History, ARowEndsWhereTheRingDoes) {
  EXPECT_EQ(sim_history_row(&history_, 0, 5000), kSize);
  EXPECT_EQ(sim_history_row(&history_, 1000, 5000), 24U);
  EXPECT_EQ(sim_history_row(&history_, 1000, 7), 7U);
  EXPECT_EQ(sim_history_row(&history_, kSize + 1000, 5000), 24U);
}

TEST_F(History, CountsEqualWordsUpToTheFirstThatDiffers) {
  append(1500);
  for (const std::uint64_t place : {500U, 1000U, 1017U, 1024U}) {
    for (const std::uint64_t count : {0U, 1U, 7U, 8U, 9U, 24U, 40U, 400U}) {
      Words words = numbers(place, count);
      EXPECT_EQ(equal(place, words), count);
      for (const std::uint64_t other : {0U, 3U, 8U, 23U, 24U, 399U}) {
        if (other >= count) continue;
        words[other] += std::uint64_t{1} << 40;
        EXPECT_EQ(equal(place, words), other) << count << " words from " << place;
        words[other] = place + other;
      }
    }
  }
}

TEST_F(History, ComparesOnePlaceWithAnother) {
  const Words words = {1, 2, 3, 9, 1, 2, 3, 8};
  sim_history_append(&history_, words.data(), words.size());
  EXPECT_EQ(sim_history_same(&history_, 4, 0, 4), 3U);
  EXPECT_EQ(sim_history_same(&history_, 4, 0, 2), 2U);
  EXPECT_EQ(sim_history_same(&history_, 5, 0, 3), 0U);
}

}  // namespace
}  // namespace countercheck
