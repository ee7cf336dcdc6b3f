#include "reports/quantities.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace countercheck {
namespace {

const double kInfinity = std::numeric_limits<double>::infinity();

TEST(Quantities, GroupedInThrees) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(-0.0), "0");
  EXPECT_EQ(grouped(-0.4), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(10'194'811'718), "10,194,811,718");
  EXPECT_EQ(grouped(-123'456), "-123,456");
  EXPECT_EQ(grouped(-1'234), "-1,234");
}

TEST(Quantities, FourSignificantDigits) {
  EXPECT_EQ(significant(115.4321, 4), "115.4");
  EXPECT_EQ(significant(36.2, 4), "36.20");
  EXPECT_EQ(significant(0.00234512, 4), "0.002345");
  EXPECT_EQ(significant(9.99996, 4), "10.00");
  EXPECT_EQ(significant(0.99996, 4), "1.000");
  EXPECT_EQ(significant(12'345.6, 4), "12,346");
  EXPECT_EQ(significant(1.234e-9, 4), "1.234e-09");
  EXPECT_EQ(significant(0, 4), "0");
}

TEST(Quantities, CountsAreInFullBelowTenMillion) {
  EXPECT_EQ(shown_count(9'999'999), "9,999,999");
  EXPECT_EQ(shown_count(10'000'000), "10.00 M");
  EXPECT_EQ(shown_count(9'999'999.7), "10.00 M");
  EXPECT_EQ(shown_count(12'130'000'000), "12.13 G");
  EXPECT_EQ(shown_count(999'960'000), "1.000 G");
  EXPECT_EQ(shown_count(999'940'000), "999.9 M");
  EXPECT_EQ(shown_count(18'446'744'073'709'551'615.0), "18.45 E");
}

TEST(Quantities, AMedianBetweenTwoCountsKeepsItsFraction) {
  EXPECT_EQ(shown_count(2.5), "2.5");
  EXPECT_EQ(shown_count(0.5), "0.5");
  EXPECT_EQ(shown_count(100.5), "100.5");
  EXPECT_EQ(shown_count(12'345.5), "12,346");
}

TEST(Quantities, ASmallRatioIsNeverShownAsNone) {
  EXPECT_EQ(shown_ratio(0.61), "0.61x");
  EXPECT_EQ(shown_ratio(1), "1.00x");
  EXPECT_EQ(shown_ratio(0.0996), "0.10x");
  EXPECT_EQ(shown_ratio(0.0314), "0.031x");
  EXPECT_EQ(shown_ratio(12.0 / 204'911), "0.000059x");
  EXPECT_EQ(shown_ratio(12.34), "12.3x");
  EXPECT_EQ(shown_ratio(9.999), "10.0x");
  EXPECT_EQ(shown_ratio(17'075.9), "17,076x");
  EXPECT_EQ(shown_ratio(0), "0x");
  double ratio = 1;
  for (int step = 0; step < 300; ++step, ratio /= 7) {
    EXPECT_NE(shown_ratio(ratio).find_first_of("123456789"), std::string::npos) << ratio;
  }
}

TEST(Quantities, Spreads) {
  EXPECT_EQ(shown_spread(0), "±0%");
  EXPECT_EQ(shown_spread(0.00001), "±<0.01%");
  EXPECT_EQ(shown_spread(0.0004), "±0.04%");
  EXPECT_EQ(shown_spread(0.004), "±0.4%");
  EXPECT_EQ(shown_spread(0.0994), "±9.9%");
  EXPECT_EQ(shown_spread(0.0996), "±10%");
  EXPECT_EQ(shown_spread(0.12), "±12%");
  EXPECT_EQ(shown_spread(12), "±1,200%");
}

TEST(Quantities, AShareIsNeverRoundedToAllOrNothing) {
  EXPECT_EQ(shown_share(0.62), "62 %");
  EXPECT_EQ(shown_share(0.15), "15 %");
  EXPECT_EQ(shown_share(0.9969), "99.6 %");
  EXPECT_EQ(shown_share(0.9999999), "99.9 %");
  EXPECT_EQ(shown_share(0.0000001), "<1 %");
  EXPECT_EQ(shown_share(1), "100 %");
  EXPECT_EQ(shown_share(0), "0 %");
}

TEST(Quantities, WhatIsNoNumberIsAQuestionMark) {
  for (const double odd : {kInfinity, -kInfinity, std::nan("")}) {
    EXPECT_EQ(grouped(odd), "?");
    EXPECT_EQ(significant(odd, 4), "?");
    EXPECT_EQ(shown_count(odd), "?");
    EXPECT_EQ(shown_ratio(odd), "?");
    EXPECT_EQ(shown_spread(odd), "±?");
    EXPECT_EQ(shown_share(odd), "?");
    EXPECT_EQ(plain_number(odd), "?");
    EXPECT_EQ(RowUnit(Measure::number, false, {odd}).show(odd), "?");
  }
}

TEST(Quantities, TimesOfARowShareTheirUnit) {
  const RowUnit seconds(Measure::nanoseconds, false, {1.21e9, 0.742e9, 0.0398e9});
  EXPECT_EQ(seconds.show(1.21e9), "1.210 s");
  EXPECT_EQ(seconds.show(0.742e9), "0.742 s");
  EXPECT_EQ(seconds.show(0.0398e9), "0.0398 s");
  EXPECT_EQ(seconds.show(0), "0 s");
  EXPECT_EQ(RowUnit(Measure::nanoseconds, false, {0, 11.4e6}).show(0), "0 ms");
  EXPECT_EQ(RowUnit(Measure::nanoseconds, false, {0, 0}).show(0), "0 s");
}

TEST(Quantities, TimesTooFarApartHaveEachTheirOwn) {
  const RowUnit own(Measure::nanoseconds, false, {1.21e9, 12'300});
  EXPECT_EQ(own.show(1.21e9), "1.210 s");
  EXPECT_EQ(own.show(12'300), "12.30 µs");
  EXPECT_EQ(RowUnit(Measure::nanoseconds, false, {999'960}).show(999'960), "1.000 ms");
  EXPECT_EQ(RowUnit(Measure::nanoseconds, true, {0.19}).show(0.19), "190.0 ps");
  EXPECT_EQ(RowUnit(Measure::nanoseconds, false, {3.6e12}).show(3.6e12), "3,600 s");
}

TEST(Quantities, LargeCountsOfARowShareTheirSuffixAndSmallOnesStayInFull) {
  const RowUnit unit(Measure::count, false, {12.13e9, 810e6, 8'000'000, 12});
  EXPECT_EQ(unit.show(12.13e9), "12.13 G");
  EXPECT_EQ(unit.show(810e6), "0.810 G");
  EXPECT_EQ(unit.show(8'000'000), "8,000,000");
  EXPECT_EQ(unit.show(12), "12");
}

TEST(Quantities, OtherMeasures) {
  EXPECT_EQ(RowUnit(Measure::bytes, false, {}).show(0x1p25), "32.00 MiB");
  EXPECT_EQ(RowUnit(Measure::percent, false, {}).show(15.2288), "15.2 %");
  EXPECT_EQ(RowUnit(Measure::percent, false, {}).show(0), "0 %");
  EXPECT_EQ(RowUnit(Measure::number, false, {}).show(1.4876), "1.49");
  EXPECT_EQ(RowUnit(Measure::gigahertz, false, {}).show(3.3325), "3.333 GHz");
  EXPECT_EQ(RowUnit(Measure::count, true, {}).show(115.394), "115.4");
  EXPECT_EQ(RowUnit(Measure::gigabytes_per_second, false, {}).show(12.3456), "12.35 GB/s");
}

TEST(Quantities, AFileGetsEveryDigit) {
  EXPECT_EQ(plain_number(10'194'811'718), "10194811718");
  EXPECT_EQ(plain_number(0.1), "0.1");
  EXPECT_EQ(plain_number(1e18), "1e+18");
  EXPECT_EQ(plain_number(-0.0), "0");
  EXPECT_EQ(std::stod(plain_number(1.0 / 3)), 1.0 / 3);
}

}  // namespace
}  // namespace countercheck
