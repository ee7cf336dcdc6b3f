#include "experiment/suite_variants.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A built-in that takes the size alone.
Variant built_in(const SuiteVariant& variant, const SuiteValues& values) {
  const std::string* const size = values.value("size");
  return {.scheme = "theirs", .command = {"workload", variant.builtin, size ? *size : "none"}};
}

std::vector<Variant> variants(const std::string& text, const std::string& folder = "") {
  Suite suite = parse_suite(text, "suite.toml");
  suite.folder = folder;
  name_variants(suite);
  return variants_of(suite, built_in);
}

std::vector<std::string> lines(const std::vector<Variant>& all) {
  std::vector<std::string> lines;
  for (const Variant& variant : all) {
    std::string line = variant.name + ":";
    for (const std::string& word : variant.command) line += " " + word;
    for (const Parameter& parameter : variant.parameters)
      line += fmt::format(" [{}={}]", parameter.name, parameter.value);
    lines.push_back(line);
  }
  return lines;
}

std::string complaint(const std::string& text) {
  try {
    variants(text);
  } catch (const UserError& error) {
    EXPECT_EQ(error.trouble(), Trouble::usage);
    return error.what();
  }
  return "none";
}

std::vector<unsigned> threads(const std::string& text) {
  std::vector<unsigned> all;
  for (const Variant& variant : variants(text)) all.push_back(variant.threads);
  return all;
}

TEST(SuiteVariants, ThreadsAreThoseThatAreSaid) {
  EXPECT_THAT(threads("[[variant]]\ncommand = 'a'\nthreads = 3\n[[variant]]\ncommand = 'b'"), ElementsAre(3, 0));
  EXPECT_THAT(threads("threads = '{n}'\nparameters.n = [2, 16]\n[[variant]]\ncommand = 'a {n}'\n"
                      "[[variant]]\ncommand = 'b'\nthreads = 1"),
              ElementsAre(2, 1, 16, 1));
  EXPECT_EQ(complaint("[[variant]]\ncommand = 'a'\nthreads = 0"),
            "suite.toml:1: variant[0]: threads: '0' is no whole number from 1 to 1000000");
  EXPECT_EQ(complaint("threads = '{n}'\nparameters.n = 'two'\n[[variant]]\ncommand = 'a'"),
            "suite.toml:3: variant[0]: threads: 'two' is no whole number from 1 to 1000000");
}

TEST(SuiteVariants, WhatATextMentionsIsFoundWhereverItStands) {
  for (const char* text : {"environment = { A = '{n}' }", "folder = 'x{n}'", "setup = '{n}'", "prepare = '{n}'",
                           "cleanup = '{n}'", "threads = '{n}'"}) {
    const std::string of_all = std::string(text) + "\n[[variant]]\ncommand = 'a'";
    const std::string of_one = "[[variant]]\ncommand = 'a'\n" + std::string(text);
    EXPECT_TRUE(mentions(parse_suite(of_all, "s"), "n")) << text;
    EXPECT_TRUE(mentions(parse_suite(of_one, "s"), "n")) << text;
    EXPECT_FALSE(mentions(parse_suite(of_all, "s"), "m")) << text;
  }
  EXPECT_TRUE(mentions(parse_suite("[[variant]]\ncommand = 'a {n}'", "s"), "n"));
  EXPECT_FALSE(mentions(parse_suite("[[variant]]\ncommand = 'a n {nn}'", "s"), "n"));
}

TEST(SuiteVariants, AParameterOfThatNameIsTheNumberOfThreadsWhereItCanBe) {
  EXPECT_THAT(threads("parameters.threads = [2, 4]\n[[variant]]\ncommand = 'a {threads}'"), ElementsAre(2, 4));
  EXPECT_THAT(threads("parameters.threads = 'many'\n[[variant]]\ncommand = 'a {threads}'"), ElementsAre(0));
  EXPECT_THAT(threads("parameters.threads = 8\n[[variant]]\ncommand = 'a {threads}'\nthreads = 9"), ElementsAre(9));
  EXPECT_EQ(complaint("parameters.threads = 2\n[[variant]]\ncommand = 'a'"),
            "suite.toml:1: parameters.threads: nothing uses it: write {threads} where its value goes");
}

TEST(SuiteVariants, EveryPointHasAllOfThemAndTheLastParameterChangesFastest) {
  EXPECT_THAT(lines(variants(R"(
[parameters]
size = [16, 32]
kind = "wide"
mode = ["x", "y"]
[[variant]]
name = "old"
command = "./old {size} {kind}"
[[variant]]
name = "new"
command = "./new-{mode}"
)")),
              ElementsAre("old: ./old 16 wide [size=16] [mode=x]", "new: ./new-x [size=16] [mode=x]",
                          "old: ./old 16 wide [size=16] [mode=y]", "new: ./new-y [size=16] [mode=y]",
                          "old: ./old 32 wide [size=32] [mode=x]", "new: ./new-x [size=32] [mode=x]",
                          "old: ./old 32 wide [size=32] [mode=y]", "new: ./new-y [size=32] [mode=y]"));
}

TEST(SuiteVariants, OneValueIsAPointOnlyWhenWrittenAsAList) {
  EXPECT_THAT(lines(variants("parameters.size = [16]\n[[variant]]\ncommand = './a {size}'")),
              ElementsAre("a: ./a 16 [size=16]"));
  EXPECT_THAT(lines(variants("parameters.size = 16\n[[variant]]\ncommand = './a {size}'")), ElementsAre("a: ./a 16"));
}

TEST(SuiteVariants, ValuesAndTheNameGoEverywhere) {
  const auto all = variants(R"(
environment = { A = "all {size}", B = "{name}" }
folder = "runs/{size}"
setup = "make SIZE={size} {name}"
prepare = "echo {{{size}}}"
cleanup = "rm -r {name}"
parameters.size = 16
[[variant]]
name = "old"
command = ["./{name}", "{size}{size}", "{{}}", "a value of {size}"]
environment = { A = "own {size}" }
prepare = "sync"
[[variant]]
name = "new"
command = "./new"
)",
                            "/home/lab");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0], (Variant{.name = "old",
                             .command = {"./old", "1616", "{}", "a value of 16"},
                             .environment = {"B=old", "A=own 16"},
                             .folder = "/home/lab/runs/16",
                             .setup = "make SIZE=16 old",
                             .prepare = "sync",
                             .cleanup = "rm -r old"}));
  EXPECT_THAT(all[1].environment, ElementsAre("A=all 16", "B=new"));
  EXPECT_EQ(all[1].prepare, "echo {16}");
}

TEST(SuiteVariants, FoldersAreRelativeToTheFile) {
  const auto folder = [](const std::string& stated, const std::string& of_file) {
    return variants(fmt::format("{}\n[[variant]]\ncommand = 'a'", stated), of_file)[0].folder;
  };
  EXPECT_EQ(folder("", "labs"), "") << "where countercheck was started";
  EXPECT_EQ(folder("folder = '.'", "labs"), "labs/");
  EXPECT_EQ(folder("folder = '../data'", "labs"), "data");
  EXPECT_EQ(folder("folder = '/tmp'", "labs"), "/tmp");
  EXPECT_EQ(folder("folder = 'data'", ""), "data");
}

TEST(SuiteVariants, ABuiltInGetsItsValues) {
  const auto all = variants(R"(
parameters.size = [16, 32]
[[variant]]
builtin = "sums/rows"
environment = { A = 1 }
[[variant]]
command = "./sums {size}"
)");
  EXPECT_THAT(lines(all), ElementsAre("rows: workload sums/rows 16 [size=16]", "sums: ./sums 16 [size=16]",
                                      "rows: workload sums/rows 32 [size=32]", "sums: ./sums 32 [size=32]"));
  EXPECT_EQ(all[0].scheme, "theirs");
  EXPECT_THAT(all[0].environment, ElementsAre("A=1"));
}

TEST(SuiteVariants, ANameThatIsStatedStays) {
  EXPECT_THAT(lines(variants("[[variant]]\ncommand = 'bin/old 1'\n[[variant]]\nname = 'old'\ncommand = 'bin/new 1'")),
              ElementsAre("old-2: bin/old 1", "old: bin/new 1"));
}

TEST(SuiteVariants, SlipsAreToldWithTheirPlace) {
  EXPECT_EQ(complaint("parameters.size = 1\n[[variant]]\ncommand = 'a {siz} {size}'"),
            "suite.toml:2: variant[0]: there is no parameter 'siz'; did you mean 'size'? ({{ and }} stand for braces)");
  EXPECT_EQ(complaint("[[variant]]\ncommand = 'a {'"),
            "suite.toml:1: variant[0]: there is a { without its }: write {{ for a brace");
  EXPECT_EQ(complaint("[[variant]]\ncommand = 'a }'"),
            "suite.toml:1: variant[0]: there is a } without its {: write }} for a brace");
  EXPECT_EQ(complaint("[parameters]\nkind = 'wide'\n[[variant]]\ncommand = 'a'"),
            "suite.toml:2: parameters.kind: nothing uses it: write {kind} where its value goes");
}

TEST(SuiteVariants, WhatWouldFillTheMemoryIsRefused) {
  EXPECT_EQ(complaint("[parameters]\na = { from = 1, to = 200, step = 1 }\nb = { from = 1, to = 51, step = 1 }\n"
                      "[[variant]]\ncommand = 'a {a} {b}'"),
            "suite.toml:3: parameters.b: with all of its values there are more than 10000 variants to run: leave some "
            "values away");
  const std::string large(10'000, 'x');
  EXPECT_EQ(
      complaint("[parameters]\na = { from = 1, to = 5000, step = 1 }\n[[variant]]\ncommand = 'a {a} " + large + "'"),
      "suite.toml:3: variant[0]: what is to be run is more than 16 MiB of commands and parameters");
  EXPECT_EQ(complaint("[parameters]\na = { from = 1, to = 5000, step = 1 }\nb = ['" + large +
                      "']\n[[variant]]\ncommand = 'a {a}'"),
            "suite.toml:4: variant[0]: what is to be run is more than 16 MiB of commands and parameters");
  std::string many = "[parameters]\n";
  for (int i = 0; i < 100; ++i) many += fmt::format("p{} = [1, 2]\n", i);
  EXPECT_EQ(complaint(many + "[[variant]]\ncommand = 'a'"),
            "suite.toml:15: parameters.p13: with all of its values there are more than 10000 variants to run: leave "
            "some values away");
}

// The blocks of TOML in the documentation.
std::vector<std::string> documented_suites() {
  std::ifstream file(SUITES_MD);
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line == "```toml") {
      blocks.emplace_back();
      inside = true;
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

TEST(SuiteVariants, EveryDocumentedSuiteCanBeRun) {
  const auto suites = documented_suites();
  ASSERT_EQ(suites.size(), 5u);
  for (const std::string& text : suites) {
    Suite suite = parse_suite(text, "docs/suites.md");
    if (!suite.workload.empty()) suite.variants.push_back({.name = "contiguous", .builtin = "diffusion/contiguous"});
    name_variants(suite);
    EXPECT_FALSE(variants_of(suite,
                             [](const SuiteVariant&, const SuiteValues& values) {
                               values.value("size");
                               values.value("iterations");
                               return Variant{};
                             })
                     .empty())
        << text;
  }
}

TEST(SuiteVariants, ATextWithoutPlaceholdersStaysAsItIs) {
  EXPECT_EQ(without_placeholders("awk '{print}'"), "awk '{{print}}'");
}

}  // namespace
}  // namespace countercheck
