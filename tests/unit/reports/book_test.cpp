// The counter tables printed in High Performance Python (chapter 6), fed through the stat block: every annotation that
// the book prints must come out. The figures are data (book/), the expectations are the book's own text.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "reports/report.hpp"
#include "reports/stat_lines.hpp"
#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

struct BookLine {
  std::string value;       // as printed
  std::string event;       // canonical
  std::string annotation;  // as printed, without the '#'; may be empty
  std::string second;      // the annotation on the line below
};

struct Book {
  std::vector<BookLine> lines;
  std::string elapsed;
};

std::string trimmed(std::string text) {
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

Book read_book(const std::filesystem::path& path) {
  static const std::regex kCount(R"(\s*([\d,.]+)\s+([\w-]+)\s*(?:#\s*(.*))?)");
  static const std::regex kElapsed(R"(\s*([\d.]+) seconds time elapsed\s*)");
  static const std::regex kSecond(R"(\s*#\s*(.*))");
  std::ifstream file(path);
  Book book;
  std::smatch match;
  for (std::string line; std::getline(file, line);) {
    if (std::regex_match(line, match, kElapsed)) {
      book.elapsed = match[1];
    } else if (std::regex_match(line, match, kSecond)) {
      book.lines.back().second = trimmed(match[1]);
    } else if (std::regex_match(line, match, kCount)) {
      std::string event = match[2];
      if (event == "CPU-migrations") event = "cpu-migrations";
      book.lines.push_back({match[1], event, trimmed(match[3]), ""});
    }
  }
  return book;
}

std::uint64_t whole(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), ','), text.end());
  return std::stoull(text);
}

Experiment experiment_of_book(const Book& book) {
  Experiment experiment = testing::experiment_of(Kind::stat, {"python"}, {}, 1);
  std::vector<Reading> readings;
  for (const BookLine& line : book.lines) {
    if (line.event == "task-clock") {
      readings.push_back(testing::timed(
          line.event, static_cast<std::uint64_t>(std::llround(std::stod(line.value) * 1e6)), Source::kernel));
    } else {
      readings.push_back(testing::counted(line.event, whole(line.value)));
    }
  }
  readings.push_back(
      testing::timed("wall-time", static_cast<std::uint64_t>(std::llround(std::stod(book.elapsed) * 1e9))));
  for (const Reading& reading : readings) experiment.events.push_back(reading.event);
  experiment.samples.push_back(testing::sample_of(0, 0, readings));
  return experiment;
}

// A rate per second, with the half of the last digit it was printed with.
struct Rate {
  double value = 0;
  double half_digit = 0;
};

std::optional<Rate> rate_from(const std::string& text) {
  static const std::regex kRate(R"(\s*([\d.]+) ([KMG]?)/sec)");
  std::smatch match;
  if (!std::regex_match(text, match, kRate)) return std::nullopt;
  const std::string unit = match[2];
  const double size = unit == "K" ? 1e3 : unit == "M" ? 1e6 : unit == "G" ? 1e9 : 1;
  return Rate{std::stod(match[1]) * size, 0.0005 * size};
}

class BookTest : public ::testing::TestWithParam<std::string> {
 protected:
  Book book_ = read_book(std::filesystem::path(BOOK_DIRECTORY) / GetParam());
};

TEST_P(BookTest, EveryAnnotationComesOut) {
  ASSERT_EQ(book_.lines.size(), 13U);
  const StatLines lines = stat_lines(summarise(experiment_of_book(book_), 0));
  ASSERT_EQ(lines.counts.size(), 13U);
  for (std::size_t at = 0; at < book_.lines.size(); ++at) {
    const BookLine& printed = book_.lines[at];
    const StatLine& ours = lines.counts[at];
    SCOPED_TRACE(printed.event);
    EXPECT_EQ(ours.value, printed.value);
    ASSERT_FALSE(ours.annotations.empty());
    if (const auto rate = rate_from(printed.annotation)) {
      const auto own = rate_from(ours.annotations[0]);
      ASSERT_TRUE(own) << ours.annotations[0];
      EXPECT_NEAR(own->value, rate->value, rate->half_digit + own->half_digit);
      EXPECT_GT(own->value, 0) << "a count that is not 0 has a rate that is not 0";
    } else {
      EXPECT_EQ(trimmed(ours.annotations[0]), printed.annotation);
    }
    EXPECT_EQ(ours.annotations.size(), printed.second.empty() ? 1U : 2U);
    if (!printed.second.empty()) {
      EXPECT_EQ(trimmed(ours.annotations[1]), printed.second);
    }
  }
  ASSERT_EQ(lines.totals.size(), 1U);
  EXPECT_EQ(lines.totals[0].value, book_.elapsed);
}

// The lines with other annotations than rates are the book's to the last space.
TEST_P(BookTest, TheLayoutIsTheBooks) {
  std::ifstream file(std::filesystem::path(BOOK_DIRECTORY) / GetParam());
  std::ostringstream out;
  make_report(Form::text, experiment_of_book(book_), {.width = 100})->render(out);
  const std::string block = "\n" + out.str();
  int compared = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.find('#') == std::string::npos || line.find("/sec") != std::string::npos) continue;
    if (line.find("task-clock") != std::string::npos) continue;  // ours adds its unit
    EXPECT_THAT(block, ::testing::HasSubstr("\n" + line.substr(0, line.find_last_not_of(' ') + 1) + "\n"));
    ++compared;
  }
  EXPECT_EQ(compared, 7);
}

INSTANTIATE_TEST_SUITE_P(Chapter6, BookTest,
                         ::testing::Values("6-08-python-memory.txt", "6-10-numpy.txt", "6-11-numpy-novec.txt",
                                           "6-15-numpy-memory.txt", "6-18-numpy-memory-laplacian.txt",
                                           "6-20-numexpr.txt", "6-22-scipy.txt"),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           std::replace_if(
                               name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }, '_');
                           return name;
                         });

}  // namespace
}  // namespace countercheck
