#include <gmock/gmock.h>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

void expect_refusal(const Words& words, const std::string& sentence) {
  const Output output = countercheck_with(words);
  EXPECT_EQ(output.status, 3);
  EXPECT_EQ(output.err, "countercheck: " + sentence + "\n");
  EXPECT_EQ(output.out, "") << "an error goes to standard error";
}

TEST(Usage, VersionAndHelp) {
  const Output version = countercheck_with({"--version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_EQ(version.out, "countercheck " COUNTERCHECK_VERSION "\n");
  for (const Words& words :
       {Words{"--help"}, Words{"run", "--help"}, Words{"compare", "--help"}, Words{"check", "--help"},
        Words{"stat", "--help"}, Words{"list", "--help"}, Words{"doctor", "--help"}, Words{"report", "--help"},
        Words{"history", "--help"}, Words{"history", "trend", "--help"}, Words{"verify", "--help"}}) {
    const Output help = countercheck_with(words);
    EXPECT_EQ(help.status, 0) << words.front();
    EXPECT_THAT(help.out, HasSubstr("Usage:")) << words.front();
    EXPECT_EQ(help.err, "") << words.front();
  }
}

TEST(Usage, SlipsAreAnsweredWithTheNearestWord) {
  expect_refusal({"sta", "--", "true"},
                 "there is no command 'sta' (did you mean stat?); countercheck --help shows what there is");
  expect_refusal(
      {"stat", "--regoin", "--", "true"},
      "there is no option '--regoin' (did you mean --region?); countercheck stat --help shows what there is");
  expect_refusal(
      {"run", "diffusion", "--varaints", "fused"},
      "there is no option '--varaints' (did you mean --variants?); countercheck run --help shows what there is");
  expect_refusal(
      {"run", "difusion"},
      "there is no workload 'difusion' (did you mean diffusion?): countercheck list workloads shows them all");
  expect_refusal({"run", "diffusion", "--variants", "fused,rol-add"},
                 "there is no variant 'rol-add' (did you mean roll-add?): countercheck list workloads shows them all");
  expect_refusal(
      {"stat", "-e", "page-fualts", "--", "true"},
      "there is no event 'page-fualts' (did you mean page-faults?): countercheck list events shows them all");
}

TEST(Usage, AWordThatIsNoneOfTheChoicesIsAnsweredWithAllOfThem) {
  expect_refusal({"stat", "--form", "txt", "--", "true"},
                 "--form: 'txt' is none of text, markdown and csv (did you mean text?); countercheck stat --help shows "
                 "what there is");
  expect_refusal({"stat", "--backend", "0", "--", "true"},
                 "--backend: '0' is none of auto, papi and perf; countercheck stat --help shows what there is");
  expect_refusal({"stat", "--source", "measure", "--", "true"},
                 "--source: 'measure' is none of auto, measured and sim (did you mean measured?); countercheck stat "
                 "--help shows what there is");
}

TEST(Usage, ANumberOutOfItsLimitsIsAnsweredWithThem) {
  expect_refusal({"stat", "-r", "0", "--", "true"},
                 "--repeat: '0' is no whole number from 1 to 1000000; countercheck stat --help shows what there is");
  expect_refusal({"stat", "-r", "1e99", "--", "true"},
                 "--repeat: '1e99' is no whole number from 1 to 1000000; countercheck stat --help shows what there is");
  expect_refusal({"compare", "true", "false", "--tolerance", "-1"},
                 "--tolerance: '-1' is no number from 0 to 100; countercheck compare --help shows what there is");
  for (const char* seconds : {"0", "-1", "soon", "inf", "nan"}) {
    expect_refusal(
        {"stat", "--timeout", seconds, "--", "true"},
        "--timeout: '" + std::string(seconds) + "' is no number above 0; countercheck stat --help shows what there is");
  }
}

TEST(Usage, AListIsOneWordAndWhatFollowsItIsAnother) {
  const Output output = countercheck_with(
      {"run", "--variants", "fused,rows", "diffusion", "--expect", "fused.time < 9 * rows.time", "--print-suite"});
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(lines_with(output.out, "name = ").size(), 2u) << output.out;
  expect_refusal({"compare", "--name", "a,b", "--expect", "a.time < b.time", "true"},
                 "compare needs two commands or more, each as one word: countercheck compare './old data.bin' './new "
                 "data.bin'");
  expect_refusal({"compare", "--name", "a,a", "true", "true x"}, "--name: 'a' is there twice");
}

TEST(Usage, WhatIsMissingIsNamed) {
  expect_refusal({},
                 "a command is missing: run, compare, check, stat, misses, events, certify, list, doctor, report, "
                 "import, history, "
                 "verify or book; countercheck "
                 "--help shows what there is");
  expect_refusal({"stat"}, "stat needs a command to run: countercheck stat -- COMMAND…");
  expect_refusal({"report"}, "FILE is required; countercheck report --help shows what there is");
}

TEST(Usage, BadValuesAreRefusedBeforeAnythingRuns) {
  for (const Words& words : {Words{"stat", "-r", "0", "--", "true"}, Words{"stat", "-r", "many", "--", "true"},
                             Words{"stat", "--timeout", "-1", "--", "true"},
                             Words{"stat", "--form", "html", "--", "true"}, Words{"run", "diffusion", "--size", "0"},
                             Words{"run", "diffusion", "--threads", "0"}, Words{"list", "nothing"}}) {
    const Output output = countercheck_with(words);
    EXPECT_EQ(output.status, 3) << words[1];
    EXPECT_THAT(output.err, StartsWith("countercheck: ")) << words[1];
    EXPECT_EQ(std::count(output.err.begin(), output.err.end(), '\n'), 1) << output.err;
  }
}

}  // namespace
}  // namespace countercheck
