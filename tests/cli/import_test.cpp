#include <gmock/gmock.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;

constexpr const char* kPerf = "/usr/bin/perf";
constexpr const char* kHyperfine = "/usr/bin/hyperfine";

bool missing(const char* program) {
  return access(program, X_OK) != 0;
}

// 100 pages before the marks, and what the process needs otherwise.
TEST(Import, ReadsWhatTheInstalledPerfWritesInEachOfItsForms) {
  if (missing(kPerf)) GTEST_SKIP() << kPerf << " is not installed";
  TemporaryFolder folder;
  const auto perf = [&](Words words, const std::string& name) {
    const std::string path = folder / name;
    Words command{kPerf, "stat", "-o", path, "-e", "page-faults,task-clock"};
    command.insert(command.end(), words.begin(), words.end());
    for (const char* word : {"--", TOUCH_PAGES, "--before", "5000"}) command.emplace_back(word);
    const Output output = run_command(command);
    EXPECT_EQ(output.status, 0) << output.err;
    return path;
  };
  for (const Words& words : {Words{}, Words{"-r", "3"}, Words{"-x", ";"}, Words{"-x", ",", "-r", "2"}, Words{"-j"}}) {
    const std::string path = perf(words, "perf");
    const Output output = countercheck_with({"import", path, "--form", "csv"});
    ASSERT_EQ(output.status, 0) << output.err << read_file(path);
    const auto lines = lines_with(output.out, ",page-faults,import,");
    ASSERT_EQ(lines.size(), 1U) << output.out << read_file(path);
    EXPECT_THAT(lines_with(output.out, ",task-clock,import,"), testing::SizeIs(1)) << read_file(path);
    const std::string value = lines[0].substr(lines[0].find(",count,1,") + 9);
    EXPECT_NEAR(std::stod(value), 5000, 400) << lines[0];
  }
  const std::string refused = perf({"-I", "10"}, "interval");
  EXPECT_EQ(
      countercheck_with({"import", refused}).err,
      "countercheck: '" + refused +
          "' cannot be imported as what perf stat prints: it is from perf stat -I, and countercheck reads counts of "
          "whole runs only: leave -I away\n");
}

TEST(Import, ReadsWhatTheInstalledHyperfineWrites) {
  if (missing(kHyperfine)) GTEST_SKIP() << kHyperfine << " is not installed";
  TemporaryFolder folder;
  const std::string path = folder / "hyperfine.json";
  const Output run = run_command({kHyperfine, "-N", "-r", "3", "--export-json", path, "true", "sleep 0.01"});
  ASSERT_EQ(run.status, 0) << run.err;
  const std::string results = folder / "results.json";
  const Output output =
      countercheck_with({"import", path, "-o", results, "--name", "nothing,nap", "--baseline", "nap"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("imported from hyperfine: 3 rounds"));
  EXPECT_EQ(countercheck_with({"report", results}).out, output.out);
  const auto original = nlohmann::json::parse(read_file(path));
  const auto kept = nlohmann::json::parse(read_file(results));
  EXPECT_EQ(kept.at("baseline"), 1);
  ASSERT_EQ(kept.at("samples").size(), 6U);
  EXPECT_NEAR(kept["samples"][4]["readings"][0]["value"].get<double>(),
              1e9 * original["results"][1]["times"][1].get<double>(), 1);
}

TEST(Import, ShowsTheBlockAndListsWhatItCouldNotRead) {
  TemporaryFolder folder;
  const std::string path = folder / "perf.txt";
  write_file(path,
             "hello\n Performance counter stats for './a.out':\n\n     1,000      cycles  (50.00%)\n"
             "     2,000      instructions\n\n       0.5 seconds time elapsed\n");
  const Output output = countercheck_with({"import", path});
  EXPECT_EQ(output.status, 0);
  EXPECT_EQ(output.err, "countercheck: not read of '" + path + "':\n  line 1: it stands before the counts: 'hello'\n");
  EXPECT_EQ(output.out,
            " Counts for './a.out'\n\n"
            "             1,000 cycles\n"
            "                                             [estimated, counted 50 % of the\n"
            "                                             time]\n"
            "             2,000 instructions\n\n"
            "       0.500000000 seconds elapsed\n\n"
            " no insns-per-cycle: instructions and cycles took turns on the PMU: of counts of\n"
            "  different times no ratio is made\n"
            " one part of perf.txt was left out: countercheck import tells which and why\n");
}

TEST(Import, MistakesAreNamed) {
  TemporaryFolder folder;
  const std::string path = folder / "file";
  const auto complaint = [&](const std::string& text, Words options, int status) {
    write_file(path, text);
    options.insert(options.begin(), {"import", path});
    const Output output = countercheck_with(options);
    EXPECT_EQ(output.status, status);
    EXPECT_EQ(output.out, "");
    return output.err;
  };
  const std::string name = "countercheck: '" + path + "' ";
  EXPECT_EQ(
      complaint("hello\n", {}, 4),
      name +
          "is nothing that countercheck can import: it reads what perf stat prints, perf stat -j, hyperfine's JSON, "
          "Google Benchmark's JSON, PAPI's high-level JSON, likwid-perfctr's CSV and perf stat -x\n");
  EXPECT_EQ(complaint("hello\n", {"--as", "hyperfine"}, 4),
            name + "cannot be imported as hyperfine's JSON: it is no whole JSON (at byte 1)\n");
  EXPECT_THAT(complaint("hello\n", {"--as", "perv"}, 3), HasSubstr("--as"));
  const std::string times = R"({"results":[{"command":"a","times":[1,2]},{"command":"b","times":[1,2]}]})";
  EXPECT_EQ(complaint(times, {"--name", "x"}, 3), "countercheck: --name has 1 name for 2: a, b\n");
  EXPECT_EQ(complaint(times, {"--name", "old,new", "--baseline", "odl"}, 3),
            "countercheck: --baseline: there is no 'odl' among what was imported (did you mean old?)\n");
  EXPECT_EQ(countercheck_with({"import", folder / "nowhere"}).err,
            "countercheck: the file '" + (folder / "nowhere") + "' cannot be read: No such file or directory\n");
  EXPECT_EQ(complaint("", {}, 4), "countercheck: the file '" + (folder / "file") + "' is empty\n");
  EXPECT_EQ(complaint(std::string(3, '\0'), {}, 4),
            "countercheck: the file '" + (folder / "file") + "' is no text: byte 1 of it is 0\n");
  const Output of_folder = countercheck_with({"import", folder.path()});
  EXPECT_EQ(of_folder.status, 4);
  EXPECT_EQ(of_folder.err, "countercheck: the file '" + folder.path() + "' is a folder: name a file\n");
}

}  // namespace
}  // namespace countercheck
