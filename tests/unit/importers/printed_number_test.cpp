#include "importers/printed_number.hpp"

#include <gtest/gtest.h>

namespace countercheck {
namespace {

std::optional<std::uint64_t> count(std::string_view text) {
  const auto number = leading_number(text);
  return number && number->length == text.size() ? as_count(*number) : std::nullopt;
}
std::optional<std::uint64_t> nanoseconds(std::string_view milliseconds) {
  const auto number = leading_number(milliseconds);
  return number && number->length == milliseconds.size() ? as_scaled(*number, 6) : std::nullopt;
}

TEST(PrintedNumber, GroupsOfEveryLocaleAreOneCount) {
  for (const char* text : {"1234567", "1,234,567", "1.234.567", "1 234 567", "1'234'567", "1\u2019234\u2019567",
                           "1\u00a0234\u00a0567", "1\u202f234\u202f567", "1\u2009234\u2009567",
                           "1\xA0"
                           "234\xA0"
                           "567"}) {
    EXPECT_EQ(count(text), 1234567U) << text;
  }
  EXPECT_EQ(count("40,36,31,985"), 403631985U) << "India groups by two above the thousands";
  EXPECT_EQ(count("1.234"), 1234U) << "a count has no decimals";
  EXPECT_EQ(count("18,446,744,073,709,551,615"), UINT64_MAX);
}

TEST(PrintedNumber, WhatIsNoCountIsNone) {
  for (const char* text : {"18446744073709551616", "1,23", "12,34", "1,2345", "1234,567", "1,234.567", "1,,234",
                           "1,234,", "", "-1", "0x10", "1.5"}) {
    EXPECT_EQ(count(text), std::nullopt) << text;
  }
}

TEST(PrintedNumber, OnePointOrCommaAtTheEndIsTheDecimalOne) {
  EXPECT_EQ(nanoseconds("3059.219862"), 3059219862U);
  EXPECT_EQ(nanoseconds("0,05"), 50000U);
  EXPECT_EQ(nanoseconds("1.234,56"), 1234560000U);
  EXPECT_EQ(nanoseconds("1,234.56"), 1234560000U);
  EXPECT_EQ(nanoseconds("1\u202f234,56"), 1234560000U);
  EXPECT_EQ(nanoseconds("1\u2019234.56"), 1234560000U);
  EXPECT_EQ(nanoseconds("1,234,567"), 1234567000000U) << "a decimal sign comes once";
  EXPECT_EQ(nanoseconds("7"), 7000000U);
  EXPECT_EQ(nanoseconds("0.0000005"), 1U) << "rounded";
  EXPECT_EQ(nanoseconds("99999999999999999999.5"), std::nullopt);
}

TEST(PrintedNumber, APlainSpaceIsASeparatorBeforeThreeDigitsOnly) {
  EXPECT_EQ(leading_number("50 053      page-faults")->length, 6U);
  EXPECT_EQ(leading_number("50 05 page-faults")->length, 2U);
  EXPECT_EQ(leading_number("50 0534")->length, 2U);
  EXPECT_EQ(leading_number("50, a")->length, 2U);
  EXPECT_FALSE(leading_number("<not counted>"));
}

TEST(PrintedNumber, AFloodOfGroupsEnds) {
  std::string text;
  for (int group = 0; group < 100'000; ++group) text += "1,";
  EXPECT_LT(leading_number(text)->length, 100U);
}

TEST(PrintedNumber, SharesAreReal) {
  EXPECT_EQ(as_real("83.21"), 83.21);
  EXPECT_EQ(as_real("83,21"), 83.21);
  EXPECT_EQ(as_real("83.21%"), std::nullopt);
}

}  // namespace
}  // namespace countercheck
