// The book's figures as they are shipped, against the tables as perf printed them (tests/unit/reports/book) and against
// ratios made from those by hand.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "analysis/book_reading.hpp"
#include "counters/user_error.hpp"
#include "tests/unit/reports/diffusion.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Book shipped() {
  return read_book(BOOK_TABLES);
}

// The file with a change.
template <typename Change>
Book changed(Change change) {
  auto json = nlohmann::json::parse(std::ifstream(BOOK_TABLES));
  change(json);
  const std::string path = ::testing::TempDir() + "countercheck-book.json";
  std::ofstream(path) << json;
  return read_book(path);
}

nlohmann::json& counts_of(nlohmann::json& json, const std::string& example) {
  auto& examples = json.at("examples");
  return std::find_if(examples.begin(), examples.end(), [&](const auto& one) { return one.at("example") == example; })
      ->at("counts");
}

// Counts as printed, times in ns.
std::map<std::string, std::uint64_t> printed(const std::string& file) {
  static const std::regex kCount(R"(\s*([\d,.]+)\s+([\w-]+)\s.*)");
  std::map<std::string, std::uint64_t> counts;
  std::ifstream stream(std::string(BOOK_DIRECTORY) + "/" + file);
  std::smatch match;
  for (std::string line; std::getline(stream, line);) {
    line += ' ';
    if (!std::regex_match(line, match, kCount)) continue;
    std::string number = match[1];
    std::erase(number, ',');
    const std::string name = match[2];
    const double scale = name == "seconds" ? 1e9 : name == "task-clock" ? 1e6 : 1;
    const std::string event = name == "seconds" ? "wall-time" : name == "CPU-migrations" ? "cpu-migrations" : name;
    counts[event] = static_cast<std::uint64_t>(std::llround(std::stod(number) * scale));
  }
  return counts;
}

TEST(Book, EveryCountIsThePrintedOne) {
  const std::pair<const char*, const char*> files[] = {{"6-08", "6-08-python-memory.txt"},
                                                       {"6-10", "6-10-numpy.txt"},
                                                       {"6-11", "6-11-numpy-novec.txt"},
                                                       {"6-15", "6-15-numpy-memory.txt"},
                                                       {"6-18", "6-18-numpy-memory-laplacian.txt"},
                                                       {"6-20", "6-20-numexpr.txt"},
                                                       {"6-22", "6-22-scipy.txt"}};
  const Book book = shipped();
  ASSERT_EQ(book.examples.size(), std::size(files));
  for (std::size_t at = 0; at < std::size(files); ++at) {
    EXPECT_EQ(book.examples[at].name, files[at].first);
    std::map<std::string, std::uint64_t> ours;
    for (const Reading& reading : book.examples[at].readings) ours[reading.event] = *raw(reading);
    EXPECT_EQ(ours.size(), 14U);
    EXPECT_EQ(ours, printed(files[at].second)) << files[at].first;
  }
}

TEST(Book, EveryRuntimeIsThePrintedOne) {
  std::ifstream stream(std::string(BOOK_DIRECTORY) + "/table-6-1-runtimes.csv");
  std::string line;
  std::getline(stream, line);
  EXPECT_EQ(line, "scheme,counters,256,512,1024,2048,4096");
  const BookRuntimes runtimes = shipped().runtimes;
  EXPECT_THAT(runtimes.sizes, ElementsAre(256, 512, 1024, 2048, 4096));
  for (const BookRuntimes::Row& row : runtimes.rows) {
    ASSERT_TRUE(std::getline(stream, line));
    std::istringstream fields(line);
    std::string field;
    std::getline(fields, field, ',');
    EXPECT_EQ(row.scheme, field);
    std::getline(fields, field, ',');
    for (const double seconds : row.seconds) {
      std::getline(fields, field, ',');
      EXPECT_EQ(seconds, std::stod(field)) << row.scheme;
    }
  }
  EXPECT_FALSE(std::getline(stream, line));
}

// Made from the printed tables with another program.
TEST(Book, TheFactorsComeOutToThreeDecimals) {
  struct Row {
    std::string from, to;
    double faster, instructions, ipc, clock, cpus;
  };
  const BookReading reading = read_the_book(shipped(), "", nullptr);
  for (const Row& row :
       {Row{"6-10", "6-15", 1.295, 1.144, 1.133, 0.999, 1.000}, Row{"6-15", "6-18", 1.705, 2.862, 0.638, 0.933, 1.000},
        Row{"6-18", "6-20", 0.461, 0.670, 1.081, 0.466, 1.365},
        Row{"6-18", "6-22", 0.614, 0.470, 1.392, 0.942, 0.995}}) {
    const auto step = std::find_if(reading.steps.begin(), reading.steps.end(), [&](const BookComparison& one) {
      return reading.book.examples[one.from].name == row.from && reading.book.examples[one.to].name == row.to;
    });
    ASSERT_NE(step, reading.steps.end()) << row.from << " to " << row.to;
    EXPECT_NEAR(step->factors.faster, row.faster, 0.0005);
    EXPECT_NEAR(step->factors.fewer_instructions, row.instructions, 0.0005);
    EXPECT_NEAR(step->factors.instructions_per_cycle, row.ipc, 0.0005);
    EXPECT_NEAR(step->factors.clock, row.clock, 0.0005);
    EXPECT_NEAR(step->factors.cpus, row.cpus, 0.0005);
  }
}

TEST(Book, TheFactorsMakeUpTheWhole) {
  const BookReading reading = read_the_book(shipped(), "", nullptr);
  EXPECT_EQ(reading.steps.size(), 7U);
  for (const BookComparison& step : reading.steps) {
    const BookFactors& f = step.factors;
    EXPECT_NEAR(f.fewer_instructions * f.instructions_per_cycle * f.clock * f.cpus, f.faster, 1e-12);
    EXPECT_NEAR(part_of(f.fewer_instructions, f.faster) + part_of(f.instructions_per_cycle, f.faster) +
                    part_of(f.clock, f.faster) + part_of(f.cpus, f.faster),
                1, 1e-12);
  }
}

TEST(Book, FiguresAreThoseOfACellUpdate) {
  const Experiment experiment = experiment_of(shipped());
  const auto figure = [&](std::string_view key, std::size_t example) {
    for (const auto figures : {time_figures(), memory_figures()}) {
      for (const BookFigure& one : figures) {
        if (one.key == key) return figure_of(one, experiment, example).value_or(-1);
      }
    }
    return -1.0;
  };
  // 512 x 512 x 500 = 131,072,000 cell updates.
  EXPECT_NEAR(figure("instructions-per-cell-update", 1), 115.7009, 5e-5);
  EXPECT_NEAR(figure_of(counterpart_figures()[0], experiment, 0).value_or(-1), 722.88047, 5e-6);
  EXPECT_NEAR(figure("cache-misses-per-cell-update", 5), 0.0886824, 5e-8);
  EXPECT_NEAR(figure("insns-per-cycle", 1), 1.48754, 5e-6);
  EXPECT_NEAR(figure("clock", 1), 3.33249, 5e-6);
  EXPECT_NEAR(figure("cpus-utilized", 5), 1.36358, 5e-6);
  EXPECT_NEAR(figure("cache-miss-share", 5), 4.45122, 5e-6);
  EXPECT_EQ(figure("page-faults", 1), 751'707);
}

TEST(Book, AMissingCountGivesNoFigure) {
  Experiment experiment = experiment_of(shipped());
  experiment.samples[1].readings[0].value = std::uint64_t{0};  // cycles
  EXPECT_EQ(figure_of(time_figures()[2], experiment, 1), std::nullopt);
  experiment.samples[1].work_items.reset();
  EXPECT_EQ(figure_of(time_figures()[1], experiment, 1), std::nullopt);
}

TEST(Book, ItsNumbersBearOutAndItsReadingOfLocalityDoesNot) {
  const BookReading reading = read_the_book(shipped(), "", nullptr);
  ASSERT_EQ(reading.findings.size(), 3U);
  const BookFinding& locality = reading.findings[0];
  EXPECT_EQ(locality.claim.kind, BookClaim::Kind::locality);
  EXPECT_FALSE(locality.holds);
  EXPECT_NEAR(locality.first->factors.fewer_instructions, 11.241, 0.0005);
  EXPECT_NEAR(part_of(locality.first->factors.fewer_instructions, locality.first->factors.faster), 1.2817, 5e-5);
  EXPECT_NEAR(locality.references, 2.3505, 5e-5);
  EXPECT_TRUE(reading.findings[1].holds);
  EXPECT_TRUE(reading.findings[2].holds);
}

TEST(Book, AnotherTableWouldHaveBeenReadOtherwise) {
  // As many instructions as in 6-08, in the cycles of 6-11: then it would be what a cycle does.
  const Book same_instructions = changed(
      [](auto& json) { counts_of(json, "6-11").at("instructions") = counts_of(json, "6-08").at("instructions"); });
  EXPECT_TRUE(read_the_book(same_instructions, "", nullptr).findings[0].holds);
  const Book fewer = changed([](auto& json) { counts_of(json, "6-18").at("instructions") = 4'600'000'000; });
  EXPECT_TRUE(read_the_book(fewer, "", nullptr).findings[1].holds) << "the time is the same";
  EXPECT_FALSE(read_the_book(fewer, "", nullptr).findings[2].holds) << "2.882 is not 2.86";
}

TEST(Book, OneTableComesWithItsStepsAndClaimsAlone) {
  const BookReading reading = read_the_book(shipped(), "6-20", nullptr);
  EXPECT_THAT(reading.shown, ElementsAre(5U));
  EXPECT_EQ(reading.steps.size(), 1U);
  EXPECT_THAT(reading.findings, IsEmpty());
  EXPECT_FALSE(reading.runtimes);
  const BookReading runtimes = read_the_book(shipped(), "6-1", nullptr);
  EXPECT_THAT(runtimes.shown, IsEmpty());
  EXPECT_THAT(runtimes.steps, IsEmpty());
  EXPECT_TRUE(runtimes.runtimes);
}

TEST(Book, TablesAreFoundByTheirNumbers) {
  const Book book = shipped();
  EXPECT_EQ(find_table(book, "6-8"), "6-08");
  EXPECT_EQ(find_table(book, "6-08"), "6-08");
  EXPECT_EQ(find_table(book, "6-1"), "6-1");
  EXPECT_EQ(find_table(book, "6-12"), std::nullopt);
  EXPECT_EQ(find_table(book, ""), std::nullopt);
}

TEST(Book, TheRuntimesAreOfATenthOfTheIterations) {
  const BookReading reading = read_the_book(shipped(), "", nullptr);
  EXPECT_EQ(reading.mismatches.size(), 6U) << "every counter table but 6-11 is of a scheme of table 6-1";
  for (const BookMismatch& one : reading.mismatches) EXPECT_GT(one.counted / one.table, 9) << one.example;
}

TEST(BookHere, VariantsAreMatchedByTheirSchemes) {
  const Experiment here = testing::diffusion();
  const BookReading reading = read_the_book(shipped(), "", &here);
  ASSERT_EQ(reading.here->counterparts.size(), 3U);
  EXPECT_TRUE(reading.here->region);
  EXPECT_TRUE(reading.here->simulated);
  const BookCounterpart& last = reading.here->counterparts[2];
  EXPECT_EQ(reading.book.examples[last.example].name, "6-18");
  EXPECT_EQ(last.variant, "roll-add");
  // 12.1 G and 3.8 G instructions, the medians of noise of 2 more, in 104,857,600 cell updates.
  EXPECT_NEAR(*last.values[1].here, 3'800'000'002 / 104'857'600.0, 1e-9);
  EXPECT_NEAR(*last.values[1].here_ratio, 3'800'000'002 / 12'100'000'002.0, 1e-12);
  EXPECT_NEAR(*last.values[1].book_ratio, 4'631'882'411 / 15'165'151'844.0, 1e-12);
  EXPECT_EQ(*last.values[1].source, Source::sim);
  EXPECT_EQ(*reading.here->counterparts[0].values[0].here_ratio, 1);
}

TEST(BookHere, OneTableHasItsOwnCounterpartsOnly) {
  const Experiment here = testing::diffusion();
  const BookReading reading = read_the_book(shipped(), "6-15", &here);
  ASSERT_EQ(reading.here->counterparts.size(), 1U);
  EXPECT_EQ(reading.here->counterparts[0].variant, "in-place");
}

TEST(BookHere, AVariantThatComputedSomethingElseIsLeftOut) {
  Experiment here = testing::diffusion();
  for (Sample& sample : here.samples) {
    if (sample.variant == 1) sample.digest = {3.39, std::uint64_t{1'048'576}};
  }
  const BookReading reading = read_the_book(shipped(), "", &here);
  EXPECT_EQ(reading.here->counterparts.size(), 2U);
  EXPECT_THAT(reading.here->excluded, ElementsAre("in-place"));
}

TEST(BookHere, WhatWasNotCountedHasItsReason) {
  Experiment here = testing::diffusion();
  for (Sample& sample : here.samples) {
    sample.readings[3] = testing::absent("cache-misses", AbsenceReason::no_pmu, "there is no PMU here");
  }
  const BookReading reading = read_the_book(shipped(), "", &here);
  const BesideBook& misses = reading.here->counterparts[0].values[2];
  EXPECT_EQ(misses.here, std::nullopt);
  EXPECT_EQ(misses.why, "there is no PMU here");
}

TEST(BookHere, PointsOfAScanAreComparedEachByItself) {
  Experiment here = testing::diffusion(1);
  for (Variant& variant : here.variants) variant.parameters = {{"size", "512"}};
  const std::size_t half = here.variants.size();
  for (std::size_t at = 0; at < half; ++at) {
    Variant other = here.variants[at];
    other.parameters = {{"size", "1024"}};
    here.variants.push_back(other);
    Sample sample = here.samples[at];
    sample.variant = half + at;
    sample.work_items = *sample.work_items * 2;
    here.samples.push_back(sample);
  }
  const BookReading reading = read_the_book(shipped(), "", &here);
  ASSERT_EQ(reading.here->counterparts.size(), 6U);
  EXPECT_EQ(reading.here->counterparts[3].variant, "contiguous (size 1024)");
  EXPECT_EQ(*reading.here->counterparts[3].values[0].here_ratio, 1);
}

void expect_refused(const std::function<void(nlohmann::json&)>& change, const std::string& sentence) {
  try {
    changed(change);
    ADD_FAILURE() << "not refused: " << sentence;
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr(sentence));
  }
}

TEST(Book, ABrokenFileIsRefusedWithThePlace) {
  expect_refused([](auto& json) { counts_of(json, "6-10").erase("cycles"); }, "examples[1].counts.cycles: is missing");
  expect_refused([](auto& json) { json.at("steps")[2].at("from") = "6-12"; }, "steps: there is no example '6-12'");
  expect_refused([](auto& json) { json.at("claims")[0].at("through") = "6-9"; }, "claims: there is no example '6-9'");
  expect_refused([](auto& json) { json.at("runtimes").at("schemes")[3].at("seconds").erase(0); },
                 "runtimes.schemes[3].seconds: has not one number for each size");
  expect_refused([](auto& json) { json.at("examples").clear(); }, "examples: is empty");
  EXPECT_THROW(read_book("/nonexistent/tables.json"), UserError);
}

}  // namespace
}  // namespace countercheck
