#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::MatchesRegex;

// Results of a real run, and the reports that it printed.
class VerifyCli : public testing::Test {
 protected:
  VerifyCli() {
    const Output run = countercheck_with({"run", "diffusion", "--variants", "contiguous,fused,roll-add", "--size", "16",
                                          "--iterations", "2", "-r", "4", "--seed", "4711", "-e",
                                          "page-faults,task-clock", "--source", "measured", "-o", file_});
    EXPECT_EQ(run.status, 0) << run.err;
    write_file(text_, run.out);
    write_file(csv_, countercheck_with({"report", file_, "--form", "csv"}).out);
  }

  // The file after a change of its JSON.
  template <typename Change>
  Output after(Change change, const Words& more = {}) const {
    json results = json::parse(read_file(file_));
    change(results);
    write_file(folder_ / "changed.json", results.dump());
    Words words = {"verify", folder_ / "changed.json"};
    words.insert(words.end(), more.begin(), more.end());
    return countercheck_with(words);
  }

  TemporaryFolder folder_;
  std::string file_ = folder_ / "results.json";
  std::string text_ = folder_ / "report.txt";
  std::string csv_ = folder_ / "report.csv";
};

TEST_F(VerifyCli, WhatWasPrintedIsWhatTheSamplesGive) {
  const std::string markdown = folder_ / "report.md";
  write_file(markdown, countercheck_with({"report", file_, "--form", "markdown", "--per-item"}).out);
  const Output output = countercheck_with({"verify", file_, "--report", text_, "--report", csv_, "--report", markdown});
  EXPECT_EQ(output.status, 0) << output.out;
  EXPECT_EQ(output.err, "");
  EXPECT_THAT(output.out, HasSubstr(file_ + ": "));
  EXPECT_THAT(output.out, HasSubstr(": they agree with each other and with the plan\n"));
  EXPECT_THAT(lines_with(output.out, text_).front(),
              MatchesRegex(".*: text of 80 columns, [0-9]+ figures: all are what the samples give"));
  EXPECT_THAT(lines_with(output.out, csv_).front(),
              MatchesRegex(".*: CSV, [0-9]+ figures, [0-9]+ of them worked out a second way: all are what the samples "
                           "give"));
  EXPECT_THAT(lines_with(output.out, markdown).front(),
              MatchesRegex(".*: Markdown, for one work item, [0-9]+ figures: all are what the samples give"));
}

TEST_F(VerifyCli, ATamperedReportIsSeen) {
  std::string csv = read_file(csv_);
  const std::size_t line = csv.find("roll-add,page-faults,");
  ASSERT_NE(line, std::string::npos);
  const std::size_t value = csv.find(",4,", line) + 3;
  csv.insert(value, "9");
  write_file(csv_, csv);
  const Output output = countercheck_with({"verify", file_, "--report", csv_});
  EXPECT_EQ(output.status, 1);
  EXPECT_THAT(output.out, HasSubstr(": not what the samples give\n  page-faults of roll-add: printed 9"));
}

TEST_F(VerifyCli, ATamperedSampleIsSeenInTheReport) {
  const auto faster = [](json& results) {
    for (json& sample : results["samples"]) {
      if (sample["variant"] != 2) continue;
      for (json& reading : sample["readings"]) {
        if (reading["event"] == "wall-time") reading["value"] = 1000;
      }
    }
  };
  EXPECT_EQ(after(faster).status, 0) << "the file itself may be so";
  const Output text = after(faster, {"--report", text_});
  EXPECT_EQ(text.status, 1);
  EXPECT_THAT(text.out, HasSubstr("  time of roll-add: printed "));
  const Output csv = after(faster, {"--report", csv_});
  EXPECT_EQ(csv.status, 1);
  EXPECT_THAT(csv.out, HasSubstr("  wall-time of roll-add: printed "));
  EXPECT_THAT(csv.out, HasSubstr(" ns, the samples give 1000 ns\n"));
}

TEST_F(VerifyCli, AFileThatContradictsItselfIsSeen) {
  const Output slower = after([](json& results) {
    for (json& reading : results["samples"][5]["readings"]) {
      if (reading["event"] == "wall-time") reading["value"] = 3'600'000'000'000;
    }
  });
  EXPECT_EQ(slower.status, 1);
  EXPECT_THAT(slower.out, HasSubstr(": 1 contradiction\n  sample 6 ("));
  EXPECT_THAT(slower.out, HasSubstr("): wall-time is longer than its process ran\n"));

  const Output gone = after([](json& results) { results["samples"].erase(4); });
  EXPECT_EQ(gone.status, 1);
  EXPECT_THAT(gone.out, HasSubstr("is not the one that the plan and its seed have there"));

  const Output seed = after([](json& results) { results["plan"]["seed"] = 123456; });
  EXPECT_EQ(seed.status, 1) << seed.out;
}

TEST_F(VerifyCli, WhatCannotBeReadIsSaid) {
  write_file(folder_ / "none.json", "{}");
  Output output = countercheck_with({"verify", folder_ / "none.json"});
  EXPECT_EQ(output.status, 4);
  EXPECT_EQ(output.err, "countercheck: '" + (folder_ / "none.json") +
                            "' is not a results file that this countercheck can read: the file: holds no countercheck "
                            "results\n");
  output = countercheck_with({"verify", file_, "--report", folder_ / "nowhere"});
  EXPECT_EQ(output.status, 4);
  EXPECT_EQ(output.err,
            "countercheck: the report '" + (folder_ / "nowhere") + "' cannot be read: No such file or directory\n");
  output = countercheck_with({"verify", file_, file_, "--report", text_});
  EXPECT_EQ(output.status, 3);
  EXPECT_EQ(output.err, "countercheck: a report is of one results file: name that one only\n");
}

}  // namespace
}  // namespace countercheck
