#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <thread>

#include "experiment/results_file.hpp"
#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string touching(int pages) {
  return std::string(TOUCH_PAGES) + " --before " + std::to_string(pages);
}

// A check by page faults alone, which are nearly the same in every run.
Words by_page_faults(const std::string& baseline, const std::string& candidate, const Words& more = {}) {
  Words words = {"check", "--baseline", baseline, "--candidate", candidate, "--source", "measured", "-r", "12"};
  if (std::find(more.begin(), more.end(), "--on") == more.end()) {
    words.insert(words.end(), {"-e", "page-faults", "--on", "page-faults"});
  }
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

Output check(const Words& words, const std::function<void()>& prepare = {}) {
  return countercheck_with(words, prepare);
}

std::string first_line(const Output& output) {
  return output.out.substr(0, output.out.find('\n'));
}

std::ptrdiff_t counted_samples(const Experiment& experiment) {
  return std::count_if(experiment.samples.begin(), experiment.samples.end(),
                       [](const Sample& sample) { return !sample.warm_up; });
}

TEST(Check, MorePageFaultsAreWorse) {
  const Output output = check(by_page_faults(touching(2000), touching(6000)));
  EXPECT_EQ(output.status, 1) << output.out << output.err;
  EXPECT_THAT(first_line(output), StartsWith("worse: page-faults 2."));
  EXPECT_THAT(unwrapped(output.out), HasSubstr("baseline: " + touching(2000)));
  EXPECT_THAT(unwrapped(output.out), HasSubstr("the baseline against itself: 0 of "));
}

TEST(Check, FewerAndTheSameHold) {
  EXPECT_THAT(first_line(check(by_page_faults(touching(6000), touching(2000)))),
              StartsWith("holds: better: page-faults 0."));
  const Output same = check(by_page_faults(touching(2000), touching(2000)));
  EXPECT_EQ(same.status, 0) << same.out << same.err;
  EXPECT_THAT(first_line(same), StartsWith("holds: equal within 1 %: page-faults "));
}

TEST(Check, ExpectationsAreJudged) {
  const auto expecting = [](const std::string& text) {
    return check({"check", "--baseline", touching(2000), "--candidate", touching(6000), "--source", "measured", "-r",
                  "8", "-e", "page-faults", "--expect", text});
  };
  const Output confirmed = expecting("page-faults(candidate) >= 2 * page-faults(baseline)");
  EXPECT_EQ(confirmed.status, 0) << confirmed.out << confirmed.err;
  EXPECT_THAT(first_line(confirmed), StartsWith("holds: confirmed: 'page-faults(candidate)"));
  EXPECT_THAT(unwrapped(confirmed.out), HasSubstr("confirmed: "));
  EXPECT_EQ(expecting("page-faults(candidate) < page-faults(baseline)").status, 1);
  const Output unknown = expecting("after.page-faults < before.page-faults");
  EXPECT_EQ(unknown.status, 3);
  EXPECT_THAT(unknown.err, HasSubstr("'after'"));
}

TEST(Check, OneRoundDecidesNothing) {
  const Output output = check({"check", "--baseline", "true", "--candidate", "true", "-r", "1", "-e", "page-faults",
                               "--source", "measured", "--no-aa"});
  EXPECT_EQ(output.status, 2) << output.out << output.err;
  EXPECT_THAT(first_line(output), StartsWith("undecided: time "));
  EXPECT_THAT(unwrapped(output.out), HasSubstr("1 round cannot decide"));
  EXPECT_THAT(output.out, Not(HasSubstr("against itself")));
}

TEST(Check, WhatWasNamedAndCannotBeCountedLeavesItUndecided) {
  // Nothing here tells an event of the simulator's alone where nothing is simulated.
  const Output output = check(by_page_faults("true", "true", {"-e", "coherence-misses", "--on", "coherence-misses"}));
  EXPECT_EQ(output.status, 2) << output.out << output.err;
  EXPECT_EQ(first_line(output), "undecided: coherence-misses (not counted)");
  EXPECT_THAT(unwrapped(output.out), HasSubstr("coherence-misses was to decide and was not counted: "));
}

TEST(Check, AFailingCommandIsNoAnswer) {
  const Output output = check(by_page_faults("true", "sh -c 'exit 7'"));
  EXPECT_EQ(output.status, 6);
  EXPECT_EQ(output.out, "");
  EXPECT_THAT(output.err, HasSubstr("failed with exit status 7"));
}

TEST(Check, SamplesAreKeptAndComparedAgain) {
  TemporaryFolder folder;
  const std::string before = folder / "before.json";
  const std::string after = folder / "after.json";
  for (const auto& [file, pages] : {std::pair{before, "2000"}, std::pair{after, "6000"}}) {
    ASSERT_EQ(countercheck_with({"stat", "-r", "8", "-e", "page-faults", "--source", "measured", "-q", "-o", file, "--",
                                 TOUCH_PAGES, "--before", pages})
                  .status,
              0);
  }
  const Output output = check({"check", "--baseline", before, "--candidate", after, "--on", "page-faults"});
  EXPECT_EQ(output.status, 1) << output.out << output.err;
  EXPECT_THAT(first_line(output), StartsWith("worse: page-faults 2."));
  EXPECT_THAT(unwrapped(output.out),
              HasSubstr("two separate runs: no round of one is paired with a round of the other"));
  EXPECT_EQ(check({"check", "--baseline", before, "--candidate", "file:" + before, "--on", "page-faults"}).status, 0);

  const Output mixed = check({"check", "--baseline", before, "--candidate", touching(2000), "--on", "page-faults", "-r",
                              "8", "-o", folder / "kept.json"});
  EXPECT_EQ(mixed.status, 0) << mixed.out << mixed.err;
  EXPECT_EQ(counted_samples(read_results(folder / "kept.json")), 8) << "a command against a file: it alone is measured";

  EXPECT_EQ(check({"check", "--baseline", before, "--candidate", after, "-o", folder / "x.json"}).status, 3);
  EXPECT_EQ(check({"check", "--baseline", before, "--candidate", folder / "none.json"}).status, 4);
}

TEST(Check, KeepsTheSamplesOfBothSidesAndOfTheBaselineAgain) {
  TemporaryFolder folder;
  const Output output = check(by_page_faults(touching(100), touching(100), {"-o", folder / "kept.json", "-q"}));
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(output.out, "");
  const Experiment kept = read_results(folder / "kept.json");
  ASSERT_EQ(kept.variants.size(), 3u);
  EXPECT_EQ(kept.variants[1].name, "candidate");
  EXPECT_EQ(kept.variants[2].again, 0u);
  EXPECT_EQ(counted_samples(kept), 36);
}

TEST(Check, ResultsOfTwoMachinesAreNotComparedOnTime) {
  TemporaryFolder folder;
  const std::string here = folder / "here.json";
  const std::string there = folder / "there.json";
  ASSERT_EQ(countercheck_with({"stat", "-r", "8", "-e", "page-faults", "--source", "measured", "-q", "-o", here, "--",
                               TOUCH_PAGES, "--before", "2000"})
                .status,
            0);
  auto results = nlohmann::json::parse(read_file(here));
  results["machine"]["cpu"] = "a 6502";
  write_file(there, results.dump());
  const Words words = {"check", "--baseline", here, "--candidate", there};
  const Output output = check(words);
  EXPECT_EQ(output.status, 2) << output.out << output.err;
  EXPECT_THAT(unwrapped(output.out),
              AllOf(HasSubstr("time is undecided: the two sides are not of one machine"), HasSubstr("a 6502"),
                    HasSubstr("times and hardware counts are not compared (--across-machines would)")));
  EXPECT_EQ(check({"check", "--baseline", here, "--candidate", there, "--on", "page-faults"}).status, 0);
  Words across = words;
  across.emplace_back("--across-machines");
  EXPECT_THAT(lines_with(check(across).out, " X"), Contains(StartsWith("time")));
}

TEST(Check, WritesWhatOthersRead) {
  TemporaryFolder folder;
  const auto workflow = [&] {
    setenv("GITHUB_ACTIONS", "true", 1);
    setenv("GITHUB_STEP_SUMMARY", (folder / "summary.md").c_str(), 1);
  };
  write_file(folder / "summary.md", "before\n");
  const Words words =
      by_page_faults(touching(2000), touching(6000), {"--junit", folder / "gate.xml", "--json", folder / "gate.json"});
  const Output output = check(words, workflow);
  EXPECT_EQ(output.status, 1) << output.err;
  EXPECT_THAT(read_file(folder / "gate.xml"),
              AllOf(StartsWith("<?xml"), HasSubstr("<failure message=\"page-faults is worse")));
  const auto json = nlohmann::json::parse(read_file(folder / "gate.json"));
  EXPECT_EQ(json.at("answer"), "worse");
  EXPECT_EQ(json.at("matches").at(0).at("events").at(0).at("verdict").is_string(), true);
  EXPECT_THAT(read_file(folder / "summary.md"), StartsWith("before\n### countercheck: worse: page-faults"));
  EXPECT_THAT(output.out, HasSubstr("\n::error title=countercheck%3A worse::worse: page-faults"));

  Words silent = words;
  silent.emplace_back("--no-github");
  EXPECT_THAT(check(silent, workflow).out, Not(HasSubstr("::error")));

  Words as_json = words;
  as_json.insert(as_json.end(), {"--form", "json"});
  const Output machine = check(as_json, workflow);
  EXPECT_EQ(nlohmann::json::parse(machine.out).at("answer"), "worse") << "nothing else on standard output";
  EXPECT_THAT(machine.err, HasSubstr("::error title="));

  EXPECT_EQ(check(by_page_faults("true", "true", {"--junit", "/proc/gate.xml"})).status, 4);
}

TEST(Check, SlipsAreToldBeforeAnythingRuns) {
  const auto complaint = [](const Words& words) {
    const Output output = check(words);
    EXPECT_EQ(output.status, 3) << output.err;
    return output.err;
  };
  EXPECT_EQ(complaint({"check", "--baseline", "true"}),
            "countercheck: --candidate is required; countercheck check --help shows what there is\n");
  EXPECT_EQ(complaint({"check", "--baseline", "true", "--candidate", "true", "--build", "make", "--run", "./app"}),
            "countercheck: --build and --run are for revisions, and neither side is one: leave them away, or put rev: "
            "before a revision\n");
  EXPECT_EQ(complaint({"check", "--baseline", "rev:HEAD", "--candidate", "true", "--build", "make"}),
            "countercheck: a revision is built and then run: --run COMMAND is missing\n");
  EXPECT_EQ(complaint(by_page_faults("true", "true | true")),
            "countercheck: the command \"true | true\" has a '|', which only a shell understands: quote it, or run a "
            "shell as the command, sh -c '…', which is then counted too\n");
  EXPECT_THAT(complaint({"check", "--baseline", "true", "--candidate", "true", "--", "true"}),
              HasSubstr("check takes its commands by --baseline and --candidate"));
}

// A repository with a program that touches pages: more of them from commit to commit.
class CheckRevisions : public testing::Test {
 protected:
  void SetUp() override {
    if (run_command({"git", "--version"}).status != 0 || run_command({"cc", "--version"}).status != 0) {
      GTEST_SKIP() << "git or cc is not installed";
    }
    fs::create_directory(folder_ / "user");
    fs::create_directory(folder_ / "tmp");
    git({"init", "-q", "-b", "main", "."});
    for (const char* pages : {"2000", "6000"}) {
      write_file(user() + "/app.c",
                 std::string("#include <stdlib.h>\nint main(void) {\n  volatile char* p = malloc(4096L "
                             "* ") +
                     pages + ");\n  for (long i = 0; i < " + pages + "; ++i) p[4096 * i] = 1;\n  return 0;\n}\n");
      git({"add", "app.c"});
      git({"-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "-m",
           std::string("Touch ") + pages + " pages"});
    }
    write_file(user() + "/app.c", "not committed");
    write_file(user() + "/untracked", "");
  }

  std::string user() const { return folder_ / "user"; }
  std::function<void()> there() const {
    return [this] {
      if (chdir(user().c_str()) != 0) _exit(126);
      setenv("TMPDIR", (folder_ / "tmp").c_str(), 1);
    };
  }
  Output git(Words words) const {
    words.insert(words.begin(), "git");
    return run_command(words, there());
  }
  Output check_revisions(const std::string& baseline, const std::string& candidate, const std::string& build,
                         const std::string& run = "./app") const {
    return check(by_page_faults(baseline, candidate, {"--build", build, "--run", run}), there());
  }
  // What there is of worktrees, of changes and of temporary files.
  std::string traces() const {
    std::string all = git({"worktree", "list"}).out + git({"status", "--porcelain"}).out + git({"branch", "-a"}).out;
    for (const auto& entry : fs::directory_iterator(folder_ / "tmp")) all += entry.path().filename().string() + "\n";
    return all;
  }
  std::string marker() const { return folder_ / "marker"; }

  // Interrupts a check as soon as its build or its command has made the marker.
  Output interrupted(const std::string& build, const std::string& run) const {
    Words words = by_page_faults("HEAD~1", "HEAD", {"--build", build, "--run", run});
    words.insert(words.begin(), COUNTERCHECK);
    Running running(words, there());
    for (int i = 0; i < 6000 && !fs::exists(marker()); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_TRUE(fs::exists(marker()));
    kill(running.pid(), SIGINT);
    return running.wait();
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(CheckRevisions, AreBuiltAndMeasuredInTurns) {
  const std::string before = traces();
  const Output output = check_revisions("HEAD~1", "HEAD", "cc -o app app.c");
  EXPECT_EQ(output.status, 1) << output.out << output.err;
  EXPECT_THAT(first_line(output), StartsWith("worse: page-faults 2."));
  EXPECT_THAT(unwrapped(output.out),
              AllOf(HasSubstr("baseline: HEAD~1 ("), HasSubstr(": Touch 2000 pages)"), HasSubstr(": Touch 6000 pages)"),
                    HasSubstr("each revision built with 'cc -o app app.c' and run as './app'")));
  EXPECT_EQ(traces(), before);
  EXPECT_EQ(check_revisions("main", "HEAD^", "cc -o app app.c").status, 0) << "the other way round it is better";
}

TEST_F(CheckRevisions, WhatASuiteHasBuiltInIsLeftOutForItIsTheSameInBoth) {
  const Words building = {"--build", "cc -o app app.c", "--suite", "suite.toml"};
  write_file(user() + "/suite.toml",
             "workload = 'diffusion'\nbaseline = 'contiguous'\nparameters.size = [16, 32]\n"
             "[[variant]]\nname = 'touching'\ncommand = './app'\n[[variant]]\nbuiltin = 'counters/unshared'\n");
  const Output output = check(by_page_faults("HEAD~1", "HEAD", building), there());
  EXPECT_EQ(output.status, 1) << output.out << output.err;
  EXPECT_THAT(unwrapped(output.out),
              HasSubstr("each revision built with 'cc -o app app.c' and run as suite.toml, without its built-in "
                        "variants, the same in both (those of diffusion, counters/unshared)"));
  write_file(user() + "/suite.toml", "workload = 'diffusion'\n");
  const Output nothing = check(by_page_faults("HEAD~1", "HEAD", building), there());
  EXPECT_EQ(nothing.status, 3);
  EXPECT_EQ(nothing.err,
            "countercheck: suite.toml: its variants are all built in, countercheck's own and so the same in both "
            "revisions: add a command, or compare two files that 'countercheck run suite.toml -o FILE' wrote, with "
            "--baseline FILE and --candidate FILE\n");
}

TEST_F(CheckRevisions, ASuiteIsComparedVariantByVariant) {
  write_file(
      user() + "/suite.toml",
      "[[variant]]\nname = \"touching\"\ncommand = \"./app\"\n[[variant]]\nname = \"idle\"\ncommand = \"true\"\n");
  const std::string before = traces();
  const Output output =
      check(by_page_faults("HEAD~1", "HEAD", {"--build", "cc -o app app.c", "--suite", "suite.toml"}), there());
  EXPECT_EQ(output.status, 1) << output.out << output.err;
  EXPECT_THAT(first_line(output), StartsWith("worse: variant touching: page-faults 2."));
  EXPECT_THAT(output.out, HasSubstr("\nvariant idle:\n"));
  EXPECT_EQ(traces(), before);
}

TEST_F(CheckRevisions, ABuildThatFailsIsOneSentence) {
  const std::string before = traces();
  const Output output = check_revisions("HEAD~1", "HEAD", "echo no compiler; exit 3");
  EXPECT_EQ(output.status, 6);
  EXPECT_THAT(output.err, AllOf(HasSubstr("HEAD~1 ("), HasSubstr("could not be built: "), HasSubstr("exit status 3"),
                                HasSubstr("the last lines are:\nno compiler\n")));
  std::smatch kept;
  ASSERT_TRUE(std::regex_search(output.err, kept, std::regex("its output is in ([^,]+),")));
  EXPECT_EQ(read_file(kept[1]), "no compiler\n");
  fs::remove(kept[1].str());
  EXPECT_EQ(traces(), before);
}

TEST_F(CheckRevisions, AnUnknownOneGetsTheNearestName) {
  git({"branch", "feature/read-ahead", "main"});
  const Output output = check_revisions("feature/read-ahaed", "HEAD", "true");
  EXPECT_EQ(output.status, 3);
  EXPECT_EQ(output.err,
            "countercheck: git knows no revision 'feature/read-ahaed' here (did you mean feature/read-ahead?): git log "
            "shows them\n");
  const Output unbuilt = check({"check", "--baseline", "HEAD~1", "--candidate", "HEAD"}, there());
  EXPECT_EQ(unbuilt.status, 3);
  EXPECT_EQ(unbuilt.err,
            "countercheck: 'HEAD~1' is a revision of this repository: say how it is built with --build and run with "
            "--run\n");
}

TEST_F(CheckRevisions, CtrlCWhileBuildingLeavesNothing) {
  const std::string before = traces();
  EXPECT_EQ(interrupted("touch " + marker() + "; sleep 100", "./app").status, 130);
  EXPECT_EQ(traces(), before);
}

TEST_F(CheckRevisions, CtrlCWhileMeasuringLeavesNothing) {
  const std::string before = traces();
  EXPECT_EQ(interrupted("true", "sh -c 'touch " + marker() + "; sleep 100'").status, 130);
  EXPECT_EQ(traces(), before);
}

// The lines of a command in YAML, up to the next step or key.
std::string command_in(const std::string& yaml, std::size_t begin) {
  std::istringstream lines(yaml.substr(begin));
  const std::regex other(R"( *(- |[a-z_]+:).*)");
  std::string command;
  for (std::string line; std::getline(lines, line) && !std::regex_match(line, other);) command += line + "\n";
  return command;
}

// docs/ci.md is copied into people's pipelines: every option of its commands must be one.
TEST(Check, TheCommandsOfTheDocumentedPipelinesExist) {
  const std::string text = read_file(CI_DOCUMENT);
  const std::string help = countercheck_with({"check", "--help"}).out;
  const std::regex block("```yaml\n([^`]*)```");
  const std::regex option(R"((?:^|\s)(--?[a-z][a-z-]*))");
  int commands = 0;
  int options = 0;
  for (std::sregex_iterator at(text.begin(), text.end(), block), end; at != end; ++at) {
    const std::string yaml = (*at)[1];
    const std::string name = "countercheck check ";
    for (auto begin = yaml.find(name); begin != std::string::npos; begin = yaml.find(name, begin + 1)) {
      ++commands;
      std::string command = command_in(yaml, begin);
      command = std::regex_replace(command, std::regex("'[^']*'"), "''");  // what is built and run is not ours
      for (std::sregex_iterator word(command.begin(), command.end(), option); word != end; ++word, ++options) {
        EXPECT_TRUE(std::regex_search(help, std::regex((*word)[1].str() + "[ ,]"))) << (*word)[1] << " of\n" << command;
      }
    }
  }
  EXPECT_EQ(commands, 3);
  EXPECT_GE(options, 20);
}

}  // namespace
}  // namespace countercheck
