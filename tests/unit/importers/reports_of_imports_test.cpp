// What was imported, through the reports and back: a block of perf's must come out as it went in.

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <regex>
#include <set>

#include "analysis/inference.hpp"
#include "experiment/results_file.hpp"
#include "importers/formats.hpp"
#include "importers/join.hpp"
#include "importers/perf_text.hpp"
#include "reports/report.hpp"
#include "tests/unit/importers/importing.hpp"

namespace countercheck {
namespace {

using ::testing::HasSubstr;

std::string rendered(const Experiment& experiment) {
  std::ostringstream out;
  make_report(Form::text, experiment, {.width = 100})->render(out);
  return out.str();
}

Experiment of_files(const std::vector<std::string>& paths) {
  std::vector<ImportedFile> files;
  for (const std::string& path : paths) {
    const std::string text = testing::file_text(path);
    files.push_back({path, recognise(text)->read(text)});
  }
  return join(files);
}

std::string book(const std::string& name) {
  return std::string(BOOK_DIRECTORY) + "/" + name;
}

class BooksBlockTest : public ::testing::TestWithParam<std::string> {};

// Every line but those with rates (whose unit perf chose otherwise in 2014) is the book's to the last space.
TEST_P(BooksBlockTest, ComesOutAsItWentIn) {
  const std::string report = "\n" + rendered(of_files({book(GetParam())}));
  std::istringstream lines(testing::file_text(book(GetParam())));
  int compared = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.find('#') == std::string::npos || line.find("/sec") != std::string::npos) continue;
    if (line.find("task-clock") != std::string::npos) continue;  // ours adds its unit
    EXPECT_THAT(report, HasSubstr("\n" + line + "\n"));
    ++compared;
  }
  EXPECT_EQ(compared, 7);
  EXPECT_THAT(report, HasSubstr("(3 runs, summarised: no samples)"));
}

// The counts that can be read from the report of an import are those of the import: as many and the same.
TEST_P(BooksBlockTest, ReadAgainFromTheReportItHasTheSameCounts) {
  const auto counts = [](const std::string& text) {
    static const std::regex kRow(R"(^ *([\d,.]+) ([A-Za-z-]+)( \(msec\))?)");
    std::set<std::string> rows;
    std::istringstream lines(text);
    std::smatch match;
    for (std::string line; std::getline(lines, line);) {
      if (std::regex_search(line, match, kRow) && match[2] != "seconds") {
        const std::string name = match[2] == "CPU-migrations" ? "cpu-migrations" : match[2].str();
        rows.insert(match[1].str() + " " + name);
      }
    }
    return rows;
  };
  const std::string original = testing::file_text(book(GetParam()));
  const auto report = counts(rendered(of_files({book(GetParam())})));
  EXPECT_EQ(report.size(), 13U);
  EXPECT_EQ(report, counts(original));
}

INSTANTIATE_TEST_SUITE_P(Chapter6, BooksBlockTest,
                         ::testing::Values("6-08-python-memory.txt", "6-10-numpy.txt", "6-11-numpy-novec.txt",
                                           "6-15-numpy-memory.txt", "6-18-numpy-memory-laplacian.txt",
                                           "6-20-numexpr.txt", "6-22-scipy.txt"),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           for (char& letter : name)
                             letter = std::isalnum(static_cast<unsigned char>(letter)) ? letter : '_';
                           return name;
                         });

TEST(ReportsOfImports, ASummaryHasItsErrorAndNoVerdict) {
  const Experiment block = of_files({std::string(IMPORTED_FILES) + "/perf-6.1-de_DE-3-runs.txt"});
  EXPECT_EQ(rendered(block),
            " Counts for './touch 50000' (3 runs, summarised: no samples)\n"
            "\n"
            "            50,053 page-faults               #  450.238 K/sec          ( ± 0.00% )\n"
            "        111.170000 task-clock (msec)         #    0.247 CPUs utilized  ( ± 1.87% )\n"
            "\n"
            "       0.450800000 seconds elapsed             ( ± 2.22% )\n"
            "\n"
            " ± is the standard error of the mean of the runs, relative to the mean\n"
            " ./touch 50000: perf stat told the means of 3 runs; without the runs one by one no verdict can be\n"
            "  given\n");
  const Experiment both = of_files({book("6-10-numpy.txt"), book("6-15-numpy-memory.txt")});
  for (const Judged& judged : infer(both).judged) {
    EXPECT_EQ(judged.verdict, Verdict::undecided);
    EXPECT_EQ(judged.why, "the mean of several runs is no sample: it has no round to be paired in");
  }
  const std::string report = rendered(both);
  EXPECT_THAT(report, HasSubstr("each value is the mean of runs that are not known one by one"));
  EXPECT_THAT(report,
              HasSubstr("undecided: python diffusion_numpy_memory.py took the least time, 1.30x as fast as python\n"
                        "  diffusion_numpy.py, but the mean of several runs is no sample: it has no round to be paired in"));
  EXPECT_THAT(report, HasSubstr("6-10-numpy.txt and 6-15-numpy-memory.txt are from other machines or unknown ones"));
}

TEST(ReportsOfImports, CountersThatTookTurnsMakeNoRatio) {
  const std::string report = rendered(of_files({std::string(IMPORTED_FILES) + "/invented-multiplexed.txt"}));
  EXPECT_THAT(report, HasSubstr("1,234,567,891 cycles"));
  EXPECT_THAT(report, HasSubstr("[estimated, counted 83 % of the time]"));
  EXPECT_EQ(report.find("insns per cycle"), std::string::npos) << report;
}

// Every summary, absence and coverage survives the results file.
TEST(ReportsOfImports, AResultsFileKeepsThem) {
  const auto path = std::filesystem::temp_directory_path() / ("countercheck-import-" + std::to_string(getpid()));
  for (const char* name :
       {"invented-multiplexed.txt", "hyperfine-1.15.json", "google-benchmark-1.7.1-aggregates.json"}) {
    const Experiment experiment = of_files({std::string(IMPORTED_FILES) + "/" + name});
    Experiment growing = experiment;
    growing.samples.clear();
    ResultsFile file(path, growing);
    for (const Sample& sample : experiment.samples) {
      growing.samples.push_back(sample);
      file.append_last_sample(growing);
    }
    EXPECT_EQ(read_results(path), experiment) << name;
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace countercheck
