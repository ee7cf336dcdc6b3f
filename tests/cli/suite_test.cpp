#include <gmock/gmock.h>
#include <sys/stat.h>

#include <map>

#include "experiment/results_file.hpp"
#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

std::uint64_t reading_of(const Experiment& results, std::size_t sample, const std::string& event) {
  for (const auto& reading : results.samples[sample].readings) {
    if (reading.event == event) return raw(reading).value_or(0);
  }
  ADD_FAILURE() << event;
  return 0;
}

// Of every variant, its name, its parameters and its command without the program.
std::vector<std::string> what_was_run(const Experiment& results) {
  std::vector<std::string> all;
  for (const Variant& variant : results.variants) {
    std::string line = variant.name;
    for (const Parameter& parameter : variant.parameters) line += " " + parameter.name + "=" + parameter.value;
    line += ":";
    for (std::size_t word = 1; word < variant.command.size(); ++word) line += " " + variant.command[word];
    all.push_back(line);
  }
  return all;
}

// How many page faults of a process depend on where its memory lies.
constexpr double kRandomisation = 25;

class SuiteRun : public testing::Test {
 protected:
  // Runs with these words after "run", and what the suite asks itself.
  Output run(Words words, const std::string& suite = "") {
    if (!suite.empty()) {
      write_file(folder_ / "suite.toml", suite);
      words.insert(words.begin(), folder_ / "suite.toml");
    }
    words.insert(words.begin(), "run");
    words.insert(words.end(), {"--source", "measured", "-o", folder_ / "results.json"});
    return countercheck_with(words, [] { setenv("COLUMNS", "100", 1); });
  }
  Experiment results() { return read_results(folder_ / "results.json"); }

  TemporaryFolder folder_;
};

TEST_F(SuiteRun, AScanOfABuiltInWorkloadHasATableForEachPoint) {
  const Output output = run({"diffusion", "--variants", "fused,roll-add", "--size", "16,24", "--iterations", "3", "-r",
                             "2", "--warm-up", "0"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(lines_with(output.out, "==="),
              ElementsAre("=== size 16 ===", "=== size 24 ===", "=== all points: time ==="));
  EXPECT_THAT(output.out, HasSubstr("diffusion, size 24, 3 iterations, 1 thread: 2 rounds\n"));
  EXPECT_THAT(output.out, HasSubstr("entered once; 768 cell updates in each sample\n"));
  EXPECT_THAT(output.out, HasSubstr("entered once; 1,728 cell updates in each sample\n"));
  const Experiment results = this->results();
  EXPECT_THAT(what_was_run(results), ElementsAre("fused size=16: diffusion/fused --size 16 --iterations 3",
                                                 "roll-add size=16: diffusion/roll-add --size 16 --iterations 3",
                                                 "fused size=24: diffusion/fused --size 24 --iterations 3",
                                                 "roll-add size=24: diffusion/roll-add --size 24 --iterations 3"));
  std::map<std::pair<std::size_t, unsigned>, int> samples;
  for (const Sample& sample : results.samples) ++samples[{sample.variant, sample.round}];
  EXPECT_EQ(samples.size(), 8u) << "each variant of each point once in each round";
}

TEST_F(SuiteRun, TheCsvOfAScanHasItsParameters) {
  const Output output = run({"diffusion", "--variants", "fused", "--size", "16,24", "--iterations", "3", "-r", "1",
                             "--form", "csv", "-e", "page-faults"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(lines_with(output.out, "variant,").front().substr(0, 26), "variant,size,event,source,");
  EXPECT_EQ(lines_with(output.out, "fused,16,page-faults,").size(), 1u);
  EXPECT_EQ(lines_with(output.out, "fused,24,page-faults,").size(), 1u);
}

TEST_F(SuiteRun, AFileIsRunAsItSays) {
  const Output output = run({}, R"(
title = "pages"
rounds = 2
warm_up = 0
events = ["page-faults"]
baseline = "more"

[parameters]
pages = [100, 200]

[[variant]]
name = "few"
command = ")" TOUCH_PAGES R"( --before {pages}"

[[variant]]
name = "more"
command = [")" TOUCH_PAGES R"(", "--before", "{pages}0"]
)");
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("pages, pages 100: 2 rounds\ncounted: the whole process\n"));
  const Experiment results = this->results();
  EXPECT_THAT(what_was_run(results), ElementsAre("few pages=100: --before 100", "more pages=100: --before 1000",
                                                 "few pages=200: --before 200", "more pages=200: --before 2000"));
  EXPECT_EQ(results.baseline, 1u);
  EXPECT_EQ(results.rounds, 2u);
  std::map<std::size_t, std::uint64_t> faults;
  for (std::size_t at = 0; at < results.samples.size(); ++at) {
    faults[results.samples[at].variant] = reading_of(results, at, "page-faults");
  }
  EXPECT_NEAR(static_cast<double>(faults[1] - faults[0]), 900, kRandomisation);
  EXPECT_NEAR(static_cast<double>(faults[3] - faults[2]), 1800, kRandomisation);
}

TEST_F(SuiteRun, TheLineWinsOverTheFile) {
  const char* const suite = R"(
rounds = 3
events = "page-faults"
[parameters]
kind = ["a", "b"]
[[variant]]
command = "echo {kind}"
[[variant]]
command = "printf {kind}"
)";
  ASSERT_EQ(run({"-r", "1", "--warm-up", "0", "-e", "context-switches", "-p", "kind=c", "--baseline", "printf"}, suite)
                .status,
            0);
  const Experiment results = this->results();
  EXPECT_EQ(results.rounds, 1u);
  EXPECT_EQ(results.events.front(), "context-switches");
  EXPECT_THAT(what_was_run(results), ElementsAre("echo: c", "printf: c"));
  EXPECT_EQ(results.baseline, 1u);
}

TEST_F(SuiteRun, ABuiltInWorkloadIsTheSuiteThatItPrints) {
  const Words small = {"run", "diffusion",  "--size",       "16,24",     "--iterations",
                       "3",   "--variants", "fused,openmp", "--threads", "2"};
  Words printing = small;
  printing.push_back("--print-suite");
  const Output printed = countercheck_with(printing);
  ASSERT_EQ(printed.status, 0) << printed.err;
  ASSERT_EQ(run({"-r", "1", "-q"}, printed.out).status, 0) << printed.out;
  const Experiment from_file = results();
  Words rest(small.begin() + 1, small.end());
  rest.insert(rest.end(), {"-r", "1", "-q"});
  ASSERT_EQ(run(rest).status, 0);
  const Experiment from_line = results();
  EXPECT_EQ(from_file.variants, from_line.variants);
  EXPECT_EQ(from_file.title, from_line.title);
  EXPECT_EQ(from_file.problem, from_line.problem);
  EXPECT_EQ(from_file.work_item, from_line.work_item);
  EXPECT_EQ(from_file.region, from_line.region);
  EXPECT_EQ(from_file.baseline, from_line.baseline);
}

TEST_F(SuiteRun, EveryBuiltInWorkloadPrintsASuiteThatReadsAsItself) {
  for (const char* workload : {"diffusion", "counters"}) {
    const Output printed = countercheck_with({"run", workload, "--print-suite"});
    ASSERT_EQ(printed.status, 0) << printed.err;
    write_file(folder_ / "suite.toml", printed.out);
    const Output again = countercheck_with({"run", folder_ / "suite.toml", "--print-suite"});
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(again.out, printed.out);
  }
}

// What is tried out on the line becomes a file.
TEST_F(SuiteRun, WhatTheLineSaysIsInTheSuiteThatIsPrinted) {
  write_file(folder_ / "suite.toml",
             "rounds = 3\nseed = 7\naslr = \"on\"\ninput = \"data\"\n[[variant]]\nname = \"a\"\ncommand = \"true\"\n");
  const Words line = {"run",
                      folder_ / "suite.toml",
                      "--repeat",
                      "9",
                      "--layouts",
                      "4",
                      "--aslr",
                      "off",
                      "--warm-up",
                      "2",
                      "--early",
                      "--split",
                      "--multiplex",
                      "--ignore-failure",
                      "--order",
                      "balanced",
                      "--duration",
                      "2.5",
                      "--cpus",
                      "0",
                      "--backend",
                      "perf",
                      "--timeout",
                      "30",
                      "--input",
                      "/dev/zero",
                      "--events",
                      "page-faults,instructions",
                      "--machine",
                      "book",
                      "--source",
                      "auto",
                      "--scale",
                      "--interleave",
                      "50",
                      "--tolerance",
                      "0",
                      "--confidence",
                      "90",
                      "--aa",
                      "--expect",
                      "a.time < 1",
                      "--baseline",
                      "a",
                      "--print-suite"};
  const Output printed = countercheck_with(line);
  ASSERT_EQ(printed.status, 0) << printed.err;
  EXPECT_EQ(printed.out, R"(events = "page-faults,instructions"
rounds = 9
duration = 2.5
warm_up = 2
order = "balanced"
seed = 7
layouts = 4
early = true
cpus = "0"
aslr = "off"
backend = "perf"
split = true
multiplex = true
input = "/dev/zero"
timeout = 30
ignore_failure = true
baseline = "a"
aa = true
tolerance = 0
confidence = 0.9
expectations = ["a.time < 1"]

[simulation]
machine = "book"
source = "auto"
interleave = 50
scale = true

[[variant]]
name = "a"
command = ["true"]
)");
  write_file(folder_ / "printed.toml", printed.out);
  const Output again = countercheck_with({"run", folder_ / "printed.toml", "--print-suite"});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(again.out, printed.out);
}

TEST_F(SuiteRun, WhatASuiteSaysOfItsSamplesHolds) {
  write_file(folder_ / "data", "from the suite\n");
  const std::string suite =
      "rounds = 1\nwarm_up = 0\nevents = 'page-faults'\naslr = 'off'\ninput = 'data'\n"
      "ignore_failure = true\n[[variant]]\ncommand = [\"sh\", \"-c\", \"cat > " +
      folder_ / "log" + "; cat /proc/self/personality >> " + folder_ / "log" + "; exit 3\"]\n";
  ASSERT_EQ(run({}, suite).status, 0);
  EXPECT_FALSE(results().plan.randomised);
  EXPECT_EQ(read_file(folder_ / "log"), "from the suite\n00040000\n");
  EXPECT_EQ(run({"--input", "/dev/null", "--aslr", "on"}, suite).status, 0);
  EXPECT_EQ(read_file(folder_ / "log"), "00000000\n");
  const Output late = run({}, "timeout = 0.05\nrounds = 1\n[[variant]]\ncommand = 'sleep 60'");
  EXPECT_EQ(late.status, 7) << late.err;
}

struct Refusal {
  const char* suite;
  const char* sentence;
};

TEST_F(SuiteRun, SlipsAreToldWithTheirPlaceAndNothingIsRun) {
  const Refusal refusals[] = {
      {"[[variant]]\ncomand = 'a'", ":2: variant[0].comand: there is no such key; did you mean 'command'?"},
      {"[[variant]]\nbuiltin = 'diffusion/rol-add'",
       ":1: variant[0].builtin: there is no variant 'rol-add' (did you mean roll-add?): countercheck list workloads "
       "shows "
       "them all"},
      {"workload = 'difusion'",
       ":1: workload: there is no workload 'difusion' (did you mean diffusion?): countercheck list workloads shows "
       "them "
       "all"},
      {"workload = 'diffusion'\nparameters.size = [16, 2]",
       ":2: parameters.size: '2' is no whole number from 3 to 16777216"},
      {"workload = 'diffusion'\nparameters.initial = 'blok'",
       ":2: parameters.initial: 'blok' is none of block, edge-block, random"},
      {"workload = 'counters'\nparameters.initial = 'block'",
       ":2: parameters.initial: counters begins with zeros: leave it away"},
      {"baseline = 'new'\n[[variant]]\nname = 'news'\ncommand = 'true'",
       ":1: baseline: there is no variant 'new' (did you mean news?) among those that are run"}};
  for (const auto& [suite, sentence] : refusals) {
    const Output output = run({}, suite);
    EXPECT_EQ(output.status, 3) << suite;
    EXPECT_EQ(output.err, "countercheck: " + folder_ / "suite.toml" + sentence + "\n");
    EXPECT_EQ(output.out, "");
  }
}

TEST_F(SuiteRun, SlipsOnTheLineAreTold) {
  const char* const suite = "[[variant]]\ncommand = 'true {kind}'\n[parameters]\nkind = 'a'";
  const auto complaint = [&](const Words& words) { return run(words, suite).err; };
  EXPECT_THAT(complaint({"-p", "kid=b"}), EndsWith("suite.toml has no parameter 'kid' (did you mean kind?)\n"));
  EXPECT_THAT(complaint({"--size", "16"}), EndsWith("suite.toml has no parameter 'size'\n"));
  EXPECT_EQ(complaint({"-p", "kind"}), "countercheck: --parameter takes NAME=VALUE, not 'kind'\n");
  EXPECT_EQ(complaint({"--variants", "fals"}), "countercheck: there is no variant 'fals': there are true\n");
  const Output missing = countercheck_with({"run", folder_ / "none.toml"});
  EXPECT_EQ(missing.status, 4);
  EXPECT_EQ(missing.err,
            "countercheck: the suite '" + folder_ / "none.toml" + "' cannot be read: No such file or directory\n");
}

class CompareRun : public SuiteRun {
 protected:
  Output compare(Words words) {
    words.insert(words.begin(), "compare");
    words.insert(words.end(), {"--source", "measured", "-o", folder_ / "results.json"});
    return countercheck_with(words, [] { setenv("COLUMNS", "100", 1); });
  }
};

TEST_F(CompareRun, TwoCommandsAreNamedByWhatDiffers) {
  const Output output =
      compare({TOUCH_PAGES " --before 100", TOUCH_PAGES " --before 1000", "-r", "2", "-e", "page-faults"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("100 and 1000: 2 rounds\ncounted: the whole process\n"));
  const Experiment results = this->results();
  EXPECT_THAT(what_was_run(results), ElementsAre("100: --before 100", "1000: --before 1000"));
  std::map<std::size_t, std::uint64_t> faults;
  for (std::size_t at = 0; at < results.samples.size(); ++at) {
    faults[results.samples[at].variant] = reading_of(results, at, "page-faults");
  }
  EXPECT_NEAR(static_cast<double>(faults[1] - faults[0]), 900, kRandomisation);
}

TEST_F(CompareRun, QuotesPartWordsAndBracesStay) {
  ASSERT_EQ(compare({"sh -c 'test \"$0\" = \"{x}\"' {x}", "true", "--name", "old,new", "-r", "1"}).status, 0);
  const Experiment results = this->results();
  EXPECT_THAT(results.variants[0].command, ElementsAre("sh", "-c", "test \"$0\" = \"{x}\"", "{x}"));
  EXPECT_EQ(results.variants[0].name, "old");
  EXPECT_EQ(results.variants[1].name, "new");
  EXPECT_EQ(results.baseline, 0u);
}

TEST_F(CompareRun, TheRegionAloneIsCountedWhereAsked) {
  ASSERT_EQ(compare({TOUCH_PAGES " --before 500 --region 64", TOUCH_PAGES " --before 900 --region 64", "--region", "-r",
                     "1", "--warm-up", "0", "-e", "page-faults"})
                .status,
            0);
  const Experiment results = this->results();
  ASSERT_EQ(results.samples.size(), 2u);
  EXPECT_EQ(reading_of(results, 0, "page-faults"), 64u);
  EXPECT_EQ(reading_of(results, 1, "page-faults"), 64u);
}

TEST_F(CompareRun, SlipsAreAnsweredInASentence) {
  const auto complaint = [&](const Words& words) {
    const Output output = compare(words);
    EXPECT_EQ(output.status, 3);
    return output.err;
  };
  EXPECT_EQ(complaint({"true"}),
            "countercheck: compare needs two commands or more, each as one word: countercheck compare './old data.bin' "
            "'./new data.bin'\n");
  EXPECT_EQ(
      complaint({"true", "sort data | uniq"}),
      "countercheck: the command \"sort data | uniq\" has a '|', which only a shell understands: quote it, or run a "
      "shell as the command, sh -c '…', which is then counted too\n");
  EXPECT_EQ(complaint({"true", "false", "--name", "old"}),
            "countercheck: --name gives 1 name for 2 commands: give one for each\n");
  EXPECT_EQ(complaint({"true", "false", "--name", "old,old"}), "countercheck: --name: 'old' is there twice\n");
}

// What its setup would have prepared is not there for a simulation either.
TEST_F(SuiteRun, AVariantWhoseSetupFailsIsNeitherMeasuredNorSimulated) {
  write_file(folder_ / "suite.toml",
             "[[variant]]\nname = \"a\"\ncommand = \"true\"\nsetup = \"echo no disk; exit 3\"\n"
             "[[variant]]\nname = \"b\"\ncommand = \"true\"\n");
  const Output output = countercheck_with({"run", folder_ / "suite.toml", "-r", "2", "-e", "page-faults,instructions",
                                           "--machine", "tiny", "-q", "-o", folder_ / "results.json"});
  EXPECT_EQ(output.status, 6);
  EXPECT_THAT(output.err,
              testing::StartsWith("countercheck: the setup of a: sh -c 'echo no disk; exit 3' failed with exit "
                                  "status 3; its output is in /tmp/"));
  EXPECT_THAT(output.err, EndsWith(", the last lines are:\nno disk\n"));
  const Experiment results = read_results(folder_ / "results.json");
  EXPECT_FALSE(results.samples.empty());
  for (const Sample& sample : results.samples) EXPECT_EQ(sample.variant, 1u);
}

}  // namespace
}  // namespace countercheck
