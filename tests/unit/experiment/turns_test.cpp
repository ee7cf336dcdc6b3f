#include "experiment/turns.hpp"

#include <gmock/gmock.h>

#include <map>
#include <random>
#include <set>

namespace countercheck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Rows = std::vector<std::vector<std::size_t>>;

Rows rows_of(std::size_t n, std::size_t count, std::uint64_t seed, std::uint32_t stream = 0) {
  BalancedRows balanced(n, seed, stream);
  Rows rows;
  for (std::size_t i = 0; i < count; ++i) rows.push_back(balanced.next());
  return rows;
}

// How often each item comes at each place, and right after each other.
struct Balance {
  std::map<std::pair<std::size_t, std::size_t>, unsigned> at_place;
  std::map<std::pair<std::size_t, std::size_t>, unsigned> after;
};

Balance balance_of(const Rows& rows) {
  Balance balance;
  for (const auto& row : rows) {
    for (std::size_t place = 0; place < row.size(); ++place) {
      ++balance.at_place[{row[place], place}];
      if (place > 0) ++balance.after[{row[place - 1], row[place]}];
    }
  }
  return balance;
}

void expect_balanced(const Rows& rows, std::size_t n, unsigned times) {
  const Balance balance = balance_of(rows);
  EXPECT_EQ(balance.at_place.size(), n * n);
  for (const auto& [item_and_place, count] : balance.at_place) EXPECT_EQ(count, times);
  EXPECT_EQ(balance.after.size(), n * (n - 1)) << "no item after itself, each after each other";
  for (const auto& [items, count] : balance.after) EXPECT_EQ(count, times);
}

TEST(Williams, EachComesEquallyOftenAtEachPlaceAndAfterEachOther) {
  for (std::size_t n = 1; n <= 15; ++n) {
    SCOPED_TRACE(n);
    const unsigned squares = n % 2 == 1 && n > 1 ? 2 : 1;
    const auto design = williams_design(n);
    ASSERT_EQ(design.size(), squares);
    Rows all;
    for (const auto& square : design) {
      EXPECT_EQ(square.size(), n);
      all.insert(all.end(), square.begin(), square.end());
    }
    expect_balanced(all, n, squares);
  }
}

// The first row from the rule by hand, the others one more in each cell, modulo four.
TEST(Williams, FourItemsByHand) {
  EXPECT_THAT(williams_design(4).front(), ElementsAre(ElementsAre(0, 1, 3, 2), ElementsAre(1, 2, 0, 3),
                                                      ElementsAre(2, 3, 1, 0), ElementsAre(3, 0, 2, 1)));
}

TEST(BalancedRows, EveryCycleIsBalancedWhateverTheSeed) {
  for (std::size_t n = 1; n <= 15; ++n) {
    for (const std::uint64_t seed : {1ULL, 4711ULL, 1ULL << 40}) {
      SCOPED_TRACE(testing::Message() << n << " items, seed " << seed);
      const unsigned squares = n % 2 == 1 && n > 1 ? 2 : 1;
      const Rows rows = rows_of(n, 3 * n * squares, seed);
      for (std::size_t cycle = 0; cycle < 3; ++cycle) {
        const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(cycle * n * squares);
        expect_balanced(Rows(begin, begin + static_cast<std::ptrdiff_t>(n * squares)), n, squares);
      }
    }
  }
}

TEST(BalancedRows, AnyFirstRowsHaveNoItemTwiceAtAPlace) {
  for (std::size_t n = 1; n <= 15; ++n) {
    const Balance balance = balance_of(rows_of(n, n, 4711));
    for (const auto& [item_and_place, count] : balance.at_place) EXPECT_EQ(count, 1u) << n;
  }
}

TEST(BalancedRows, AreDrawnBySeedAndStream) {
  EXPECT_EQ(rows_of(6, 20, 4711), rows_of(6, 20, 4711));
  EXPECT_NE(rows_of(6, 20, 4711), rows_of(6, 20, 4712));
  EXPECT_NE(rows_of(6, 20, 4711), rows_of(6, 20, 4711, 1));
  EXPECT_NE(rows_of(6, 20, 4711), rows_of(6, 20, 4711 + (1ULL << 32))) << "all 64 bits of the seed count";
}

// Six rows of two items are drawn as three times one of two orders: over 6000 seeds each of the 8 courses comes often.
TEST(BalancedRows, EveryOrderIsDrawnAsOften) {
  std::map<Rows, unsigned> courses;
  for (std::uint64_t seed = 1; seed <= 6000; ++seed) ++courses[rows_of(2, 6, seed)];
  EXPECT_EQ(courses.size(), 8u);
  // 750 each expected, with a standard deviation of 26: five of them.
  for (const auto& [course, count] : courses) EXPECT_NEAR(count, 750, 130);
}

// What the standard demands of the generator ([rand.predef]); the rest is ours and is kept by the test after it.
TEST(Drawing, TheGeneratorIsTheStandards) {
  std::mt19937_64 generator;
  generator.discard(9999);
  EXPECT_EQ(generator(), 9981545732273789042ULL);
}

TEST(Drawing, BelowReachesAllAndOnlyThose) {
  Drawing drawing(1);
  std::map<std::uint64_t, unsigned> counts;
  for (int i = 0; i < 7000; ++i) ++counts[drawing.below(7)];
  EXPECT_EQ(counts.size(), 7u);
  EXPECT_EQ(counts.rbegin()->first, 6u);
  for (const auto& [number, count] : counts) EXPECT_NEAR(count, 1000, 150);  // five standard deviations of 29
  EXPECT_EQ(drawing.below(1), 0u);
}

TEST(RoundOrder, EveryRoundHasEachVariantOnceInEachPass) {
  RoundOrder order({0, 1, 2, 3, 4}, 3, 4711, false);
  for (int round = 0; round < 25; ++round) {
    std::set<std::pair<std::size_t, unsigned>> seen;
    const auto places = order.next();
    ASSERT_EQ(places.size(), 15u);
    for (std::size_t i = 0; i < places.size(); ++i) {
      seen.emplace(places[i].variant, places[i].event_pass);
      EXPECT_EQ(places[i].event_pass, places[i / 5 * 5].event_pass) << "the samples of a pass lie next to each other";
    }
    EXPECT_EQ(seen.size(), 15u);
  }
}

// What is compared are the samples of one pass: each pass has a balance of its own.
TEST(RoundOrder, EachPassIsBalanced) {
  RoundOrder order({0, 1, 2, 3}, 3, 7, false);
  std::map<unsigned, Rows> by_pass;
  Rows passes;
  for (int round = 0; round < 12; ++round) {  // two cycles of three passes, three of four variants
    auto& row = passes.emplace_back();
    for (const auto& place : order.next()) {
      if (row.empty() || row.back() != place.event_pass) {
        row.push_back(place.event_pass);
        by_pass[place.event_pass].emplace_back();
      }
      by_pass[place.event_pass].back().push_back(place.variant);
    }
  }
  expect_balanced(passes, 3, 4);
  for (const auto& [pass, rows] : by_pass) expect_balanced(rows, 4, 3);
  EXPECT_NE(by_pass[0], by_pass[1]);
}

TEST(RoundOrder, WarmUpTakesNoRowsOfTheRoundsThatCount) {
  RoundOrder warm({0, 1, 2}, 1, 4711, true);
  RoundOrder counted({0, 1, 2}, 1, 4711, false);
  std::vector<Place> a, b;
  for (int round = 0; round < 6; ++round) {
    for (const auto& place : warm.next()) a.push_back(place);
    for (const auto& place : counted.next()) b.push_back(place);
  }
  EXPECT_NE(a, b);
}

// Results name a seed, and it must mean the same order for good. A second program, written in Python from the text of the
// standard ([rand.eng.mers], [rand.util.seedseq]) and of drawing.hpp, draws the same.
TEST(RoundOrder, ASeedMeansTheSameOrderForGood) {
  RoundOrder order({0, 1, 2}, 1, 4711, false);
  std::string course;
  for (int round = 0; round < 6; ++round) {
    for (const auto& place : order.next()) course += static_cast<char>('A' + place.variant);
    course += ' ';
  }
  EXPECT_EQ(course, "BAC CBA ACB ABC CAB BCA ");
}

TEST(Legs, AllTakeTurnsOrEachIsDoneBeforeTheNext) {
  EXPECT_THAT(legs_of(Order::balanced, 3), ElementsAre(ElementsAre(0, 1, 2)));
  EXPECT_THAT(legs_of(Order::sequential, 3), ElementsAre(ElementsAre(0), ElementsAre(1), ElementsAre(2)));
  EXPECT_THAT(legs_of(Order::sequential, 0), IsEmpty());
}

TEST(Budget, ARoundBeginsIfItWouldEndInTimeByTheMeanSoFar) {
  EXPECT_TRUE(another_round_fits(99, 0, 0, 10)) << "one at least";
  EXPECT_TRUE(another_round_fits(7.5, 7.5, 3, 10));
  EXPECT_FALSE(another_round_fits(7.6, 7.6, 3, 10));
  EXPECT_FALSE(another_round_fits(8, 6.3, 3, 10)) << "warm-up has gone too, and is not in the mean";
  EXPECT_TRUE(another_round_fits(8, 6, 3, 10));
}

}  // namespace
}  // namespace countercheck
