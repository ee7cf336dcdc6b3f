#include "reports/text_width.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace countercheck {
namespace {

using ::testing::ElementsAre;

TEST(TextWidth, CountsColumnsAndNotBytes) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("±0.4%"), 5U);
  EXPECT_EQ(display_width("12.30 µs"), 8U);
  EXPECT_EQ(display_width("…"), 1U);
  EXPECT_EQ(display_width("e\u0301"), 1U);  // e and a combining accent
  EXPECT_EQ(display_width("行列"), 4U);
  EXPECT_EQ(display_width("🚀"), 2U);
}

TEST(TextWidth, ABrokenByteIsOneColumn) {
  EXPECT_EQ(display_width("a\xff\xfe"), 3U);
  EXPECT_EQ(display_width("\xe2\x80"), 2U);  // an ellipsis cut short
  EXPECT_EQ(display_width("\xc2"), 1U);
}

TEST(TextWidth, PadsByColumns) {
  EXPECT_EQ(pad_right("µs", 4), "µs  ");
  EXPECT_EQ(pad_left("µs", 4), "  µs");
  EXPECT_EQ(pad_left("long", 2), "long");
}

TEST(TextWidth, CutsWithAnEllipsis) {
  EXPECT_EQ(cut("contiguous", 10), "contiguous");
  EXPECT_EQ(cut("contiguous", 6), "conti…");
  EXPECT_EQ(cut("contiguous", 1), "…");
  EXPECT_EQ(cut("contiguous", 0), "");
  EXPECT_EQ(cut("行列計算", 4), "行…");  // half a character does not fit
}

TEST(TextWidth, WrapsAtSpacesWithAHangingIndent) {
  EXPECT_THAT(wrap("one two three", 20), ElementsAre("one two three"));
  EXPECT_THAT(wrap("one two three four", 12, 2), ElementsAre("one two", "  three four"));
  EXPECT_THAT(wrap("", 10), ElementsAre(""));
  EXPECT_THAT(wrap("  indented text that goes on", 16, 4), ElementsAre("  indented text", "    that goes on"));
}

TEST(TextWidth, BreaksAWordThatIsLongerThanALine) {
  EXPECT_THAT(wrap("abcdefghij", 4), ElementsAre("abcd", "efgh", "ij"));
  EXPECT_THAT(wrap("a bcdefghij", 4), ElementsAre("a", "bcde", "fghi", "j"));
  EXPECT_THAT(wrap("行列", 1), ElementsAre("行", "列"));  // wider than the line, and nothing can be done
}

TEST(TextWidth, EveryWidthEndsAndLosesNothing) {
  const std::string text = "  a sentence with averyverylongwordinit, ± and 12.30 µs and   spaces ";
  const auto letters = [](std::string_view from) {
    std::string kept;
    for (const char letter : from) {
      if (letter != ' ') kept += letter;
    }
    return kept;
  };
  for (std::size_t width = 0; width < 90; ++width) {
    for (const std::size_t hanging : {0U, 2U, 6U, 50U}) {
      std::string all;
      for (const std::string& line : wrap(text, width, hanging)) {
        EXPECT_LE(display_width(line), std::max<std::size_t>(width, 1));
        all += line;
      }
      EXPECT_EQ(letters(all), letters(text)) << width;
    }
  }
}

TEST(TextWidth, ControlCharactersDoNotReachTheTerminal) {
  EXPECT_EQ(printable("a\x1b[31mb"), "a?[31mb");
  EXPECT_EQ(printable("two\nlines\tx"), "two lines x");
  EXPECT_EQ(printable("\xc2\x9b"
                      "x µ"),
            "?x µ");
  EXPECT_EQ(printable("\xff"), "?");
}

}  // namespace
}  // namespace countercheck
