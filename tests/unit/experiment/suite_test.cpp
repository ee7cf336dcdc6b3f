#include "experiment/suite.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "counters/user_error.hpp"
#include "experiment/suite_text.hpp"
#include "experiment/toml_depth.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kWhole = R"(
title = "sums of rows"
workload = "diffusion"
work_item = "element"
region = true
events = ["instructions", "page-faults:u"]
rounds = 12
duration = 2.5
warm_up = 2
order = "sequential"
seed = 4711
layouts = 3
early = false
cpus = "2-3,8"
aslr = "off"
backend = "papi"
split = true
multiplex = true
input = "data.txt"
timeout = 7.5
ignore_failure = true
baseline = "old"
aa = true
tolerance = 0.02
confidence = 0.9
expectations = ["new.instructions < 0.5 * old.instructions", "a < b"]
environment = { OMP_NUM_THREADS = "{threads}", LANG = "C" }
folder = "data"
setup = "make {name}"
prepare = "sync"
cleanup = "make clean"
threads = "{threads}"

[simulation]
machine = "book"
source = "sim"
interleave = 40
scale = true

[parameters]
size = [256, 512, "1e3"]
kind = "wide"
threads = { from = 1, to = 16, step = 6 }
power = { from = 3, to = 50, times = 4 }
fast = true

[[variant]]
name = "old"
command = "./old 'data file' {size}"
environment = { LANG = "de", DEPTH = 3 }
folder = "other"
setup = "true"
prepare = ""
cleanup = "false"
threads = 12

[[variant]]
name = "new"
command = ["./new", "{size}"]

[[variant]]
builtin = "diffusion/roll-add"
)";

TEST(Suite, EveryKeyIsRead) {
  const Suite suite = parse_suite(kWhole, "suite.toml");
  EXPECT_EQ(suite.title, "sums of rows");
  EXPECT_EQ(suite.workload, "diffusion");
  EXPECT_EQ(suite.work_item, "element");
  EXPECT_EQ(suite.region, true);
  EXPECT_EQ(suite.events, "instructions,page-faults:u");
  EXPECT_EQ(suite.plan, (PlanRequest{.rounds = 12,
                                     .seconds = 2.5,
                                     .warm_up = 2,
                                     .order = Order::sequential,
                                     .seed = 4711,
                                     .layouts = 3,
                                     .stops_early = false,
                                     .cpus = "2-3,8",
                                     .randomised = false}));
  EXPECT_EQ(suite.baseline, "old");
  EXPECT_EQ(suite.again, true);
  EXPECT_EQ(suite.tolerance, 0.02);
  EXPECT_EQ(suite.confidence, 0.9);
  EXPECT_THAT(suite.expectations, ElementsAre("new.instructions < 0.5 * old.instructions", "a < b"));
  EXPECT_EQ(suite.surroundings, (SuiteSurroundings{.environment = {"OMP_NUM_THREADS={threads}", "LANG=C"},
                                                   .folder = "data",
                                                   .setup = "make {name}",
                                                   .prepare = "sync",
                                                   .cleanup = "make clean",
                                                   .threads = "{threads}"}));
  EXPECT_EQ(suite.machine, "book");
  EXPECT_EQ(suite.source, "sim");
  EXPECT_EQ(suite.interleave, 40u);
  EXPECT_EQ(suite.scale, true);
  EXPECT_EQ(suite.backend, "papi");
  EXPECT_EQ(suite.split, true);
  EXPECT_EQ(suite.multiplex, true);
  EXPECT_EQ(suite.input, "data.txt");
  EXPECT_EQ(suite.timeout, 7.5);
  EXPECT_EQ(suite.ignore_failure, true);
}

TEST(Suite, ParametersKeepTheirOrderAndRangesBecomeTheirValues) {
  const Suite suite = parse_suite(kWhole, "suite.toml");
  ASSERT_EQ(suite.parameters.size(), 5u);
  const auto is = [&](std::size_t at, const char* name, bool scanned) {
    EXPECT_EQ(suite.parameters[at].name, name);
    EXPECT_EQ(suite.parameters[at].scanned, scanned);
    return suite.parameters[at].values;
  };
  EXPECT_THAT(is(0, "size", true), ElementsAre("256", "512", "1e3"));
  EXPECT_THAT(is(1, "kind", false), ElementsAre("wide"));
  EXPECT_THAT(is(2, "threads", true), ElementsAre("1", "7", "13"));
  EXPECT_THAT(is(3, "power", true), ElementsAre("3", "12", "48"));
  EXPECT_THAT(is(4, "fast", false), ElementsAre("true"));
  EXPECT_EQ(suite.parameters[2].place, "suite.toml:43: parameters.threads");
}

TEST(Suite, ARangeReachesItsEndAndNoFurther) {
  const auto values = [](const std::string& range) {
    return parse_suite(fmt::format("workload = 'w'\n[parameters]\nsize = {{ {} }}", range), "s").parameters[0].values;
  };
  EXPECT_THAT(values("from = 1, to = 64, times = 2"), ElementsAre("1", "2", "4", "8", "16", "32", "64"));
  EXPECT_THAT(values("from = 1, to = 63, times = 8"), ElementsAre("1", "8"));
  EXPECT_THAT(values("from = -4, to = 2, step = 3"), ElementsAre("-4", "-1", "2"));
  EXPECT_THAT(values("from = 7, to = 7, step = 1"), ElementsAre("7"));
  EXPECT_THAT(values("from = 999999999999999, to = 1000000000000000, times = 1000000000000000"),
              ElementsAre("999999999999999"));
}

TEST(Suite, VariantsHaveWhatTheyState) {
  const Suite suite = parse_suite(kWhole, "suite.toml");
  ASSERT_EQ(suite.variants.size(), 3u);
  EXPECT_EQ(suite.variants[0].name, "old");
  EXPECT_THAT(suite.variants[0].command, ElementsAre("./old", "data file", "{size}"));
  EXPECT_EQ(suite.variants[0].surroundings, (SuiteSurroundings{.environment = {"LANG=de", "DEPTH=3"},
                                                               .folder = "other",
                                                               .setup = "true",
                                                               .cleanup = "false",
                                                               .threads = "12"}));
  EXPECT_THAT(suite.variants[1].command, ElementsAre("./new", "{size}"));
  EXPECT_EQ(suite.variants[2].builtin, "diffusion/roll-add");
  EXPECT_THAT(suite.variants[2].command, IsEmpty());
  EXPECT_EQ(suite.variants[2].place, "suite.toml:61: variant[2]");
}

TEST(Suite, WhatIsNotSaidIsEmpty) {
  const Suite suite = parse_suite("[[variant]]\ncommand = 'true'", "suite.toml");
  EXPECT_EQ(suite.plan, PlanRequest{});
  EXPECT_EQ(suite.surroundings, SuiteSurroundings{});
  EXPECT_FALSE(suite.region || suite.events || suite.baseline || suite.again || suite.tolerance || suite.confidence ||
               suite.machine || suite.source || suite.interleave || suite.scale || suite.backend || suite.split ||
               suite.multiplex || suite.input || suite.timeout || suite.ignore_failure);
}

// What a suite is complained about.
std::string complaint(const std::string& text) {
  try {
    parse_suite(text, "suite.toml");
  } catch (const UserError& error) {
    EXPECT_EQ(error.trouble(), Trouble::usage);
    return error.what();
  }
  return "none";
}

struct Slip {
  const char* text;
  const char* complaint;
};

class SuiteSlips : public ::testing::TestWithParam<Slip> {};

TEST_P(SuiteSlips, AreToldWithLineAndKey) {
  EXPECT_EQ(complaint(GetParam().text), std::string("suite.toml") + GetParam().complaint);
}

INSTANTIATE_TEST_SUITE_P(
    OfKeys, SuiteSlips,
    ::testing::Values(Slip{"[[variant]]\ncommand = 'a'\n\n[[variant]]\nname = 'b'\ncomand = 'b'",
                           ":6: variant[1].comand: there is no such key; did you mean 'command'?"},
                      Slip{"tittle = 'a'", ":1: tittle: there is no such key; did you mean 'title'?"},
                      Slip{"asrl = 'off'", ":1: asrl: there is no such key; did you mean 'aslr'?"},
                      Slip{"\nwibble = 1", ":2: wibble: there is no such key"},
                      Slip{"workload = 'w'\n[simulation]\nmashine = 'book'",
                           ":3: simulation.mashine: there is no such key; did you mean 'machine'?"},
                      Slip{"workload = 'w'\nparameters.size = { form = 1, to = 2, step = 1 }",
                           ":2: parameters.size.form: there is no such key; did you mean 'from'?"},
                      Slip{"workload = 'w'\nrounds = 1\nrounds = 2",
                           ":3: this is no TOML: Error while parsing key-value pair: cannot redefine existing integer "
                           "'rounds'"},
                      Slip{"workload = ",
                           ":1: this is no TOML: Error while parsing key-value pair: encountered end-of-file"},
                      Slip{"", ": there is nothing to run: add a [[variant]] with a command"}));

INSTANTIATE_TEST_SUITE_P(
    OfValues, SuiteSlips,
    ::testing::Values(
        Slip{"title = 3", ":1: title: is no text: write it in quotes"},
        Slip{"title = \"a\\u0000b\"", ":1: title: holds a NUL, which ends every text of a command line"},
        Slip{"workload = ''", ":1: workload: is empty"}, Slip{"region = 1", ":1: region: is neither true nor false"},
        Slip{"rounds = 0", ":1: rounds: is no whole number from 1 to 1000000"},
        Slip{"rounds = 1.5", ":1: rounds: is no whole number from 1 to 1000000"},
        Slip{"warm_up = -1", ":1: warm_up: is no whole number from 0 to 1000000"},
        Slip{"duration = 0", ":1: duration: is no number between 0 and 1e+09"},
        Slip{"duration = nan", ":1: duration: is no number between 0 and 1e+09"},
        Slip{"tolerance = '1 %'", ":1: tolerance: is no number from 0 to 1"},
        Slip{"confidence = 0.4", ":1: confidence: is no number from 0.5 to 0.999999"},
        Slip{"aslr = true", ":1: aslr: is no text: write it in quotes"},
        Slip{"aslr = 'of'", ":1: aslr: 'of' is none of on, off"},
        Slip{"backend = 'linux'", ":1: backend: 'linux' is none of auto, perf, papi"},
        Slip{"timeout = 0", ":1: timeout: is no number between 0 and 1e+09"}, Slip{"input = ''", ":1: input: is empty"},
        Slip{"simulation.interleave = 0", ":1: simulation.interleave: is no whole number from 1 to 100000"},
        Slip{"order = 'random'", ":1: order: 'random' is none of balanced, sequential"},
        Slip{"simulation.source = 'pmu'", ":1: simulation.source: 'pmu' is none of auto, sim, measured"},
        Slip{"seed = 0", ":1: seed: is no whole number from 1 to 9007199254740991"},
        Slip{"events = []", ":1: events: is empty: name an event, or leave the key away"},
        Slip{"expectations = 'a < b'", ":1: expectations: is no list: write it in [ ]"},
        Slip{"environment = ['A=1']", ":1: environment: is no table"},
        Slip{"environment = { 'A=B' = 1 }", ":1: environment.A=B: cannot be the name of a variable"},
        Slip{"environment = { A = 0.5 }",
             ":1: environment.A: is neither a text nor a whole number, true or false: write it in quotes"},
        Slip{"simulation = 'book'", ":1: simulation: is no table"}));

INSTANTIATE_TEST_SUITE_P(
    OfVariants, SuiteSlips,
    ::testing::Values(
        Slip{"[variant]\ncommand = 'a'", ":1: variant: is no list of tables: begin each variant with [[variant]]"},
        Slip{"variant = [1]", ":1: variant[0]: is no table: begin each variant with [[variant]]"},
        Slip{"[[variant]]\nname = 'a'", ":1: variant[0]: needs a command, or the builtin that it is"},
        Slip{"[[variant]]\ncommand = 'a'\nbuiltin = 'b'",
             ":1: variant[0]: has a command and a builtin: it can be one of them only"},
        Slip{"[[variant]]\nbuiltin = 'a/b'\nthreads = 2",
             ":1: variant[0]: is built in, and has so many threads as the parameter 'threads' says: set that"},
        Slip{"[[variant]]\ncommand = []", ":2: variant[0].command: is empty: give a program and its arguments"},
        Slip{"[[variant]]\nname = 'a'\ncommand = 'a'\n[[variant]]\nname = 'a'\ncommand = 'b'",
             ":4: variant[1]: the name 'a' is another variant's"},
        Slip{
            "[[variant]]\ncommand = 'a | b'",
            ":2: variant[0].command: the command \"a | b\" has a '|', which only a shell understands: quote it, or run "
            "a shell as the command, sh -c '…', which is then counted too"},
        Slip{"[[variant]]\ncommand = \"a 'b\"",
             ":2: variant[0].command: the command \"a 'b\" has a quote (') at character 3 that is not closed"}));

INSTANTIATE_TEST_SUITE_P(
    OfParameters, SuiteSlips,
    ::testing::Values(
        Slip{"parameters = 1", ":1: parameters: is no table"},
        Slip{"parameters.size = []", ":1: parameters.size: is empty: a scan needs one value at least"},
        Slip{"parameters.size = [1, 2, 1]", ":1: parameters.size[2]: the value '1' is there twice"},
        Slip{"parameters.size = [[1]]",
             ":1: parameters.size[0]: is neither a text nor a whole number, true or false: write it in quotes"},
        Slip{"parameters.name = 1",
             ":1: parameters.name: cannot be the name of a parameter: use letters, digits, - and _, and not 'name', "
             "which is the variant's"},
        Slip{"parameters.'a b' = 1",
             ":1: parameters.a b: cannot be the name of a parameter: use letters, digits, - and _, and not 'name', "
             "which is the variant's"},
        Slip{"parameters.size = { from = 1, to = 2 }",
             ":1: parameters.size: is no range: write { from = 1, to = 16, step = 3 }, or times = 2 in place of the "
             "step"},
        Slip{"parameters.size = { from = 1, to = 9, step = 1, times = 2 }",
             ":1: parameters.size: is no range: write { from = 1, to = 16, step = 3 }, or times = 2 in place of the "
             "step"},
        Slip{"parameters.size = { from = 2, to = 1, step = 1 }",
             ":1: parameters.size: begins after its end: from is greater than to"},
        Slip{"parameters.size = { from = 0, to = 1, times = 2 }",
             ":1: parameters.size: begins below 1: a range by times would not come to its end"},
        Slip{"parameters.size = { from = 1, to = 9, step = 0 }",
             ":1: parameters.size.step: is no whole number from 1 to 1000000000000000"},
        Slip{"parameters.size = { from = 1, to = 1000000000000000, step = 1 }",
             ":1: parameters.size: has more than 10000 values"}));

// A megabyte of keys in keys: the parser alone would overflow the stack when it gives them back.
TEST(Suite, HostileDepthIsRefused) {
  std::string deep = "a";
  for (int i = 0; i < 500'000; ++i) deep += ".a";
  EXPECT_EQ(complaint("\n" + deep + " = 1"), "suite.toml:2: a key has more than 16 parts: no suite needs that");
  EXPECT_EQ(complaint("[" + deep + "]"), "suite.toml:1: a key has more than 16 parts: no suite needs that");
  EXPECT_THAT(complaint("title = " + std::string(500'000, '[')), HasSubstr("this is no TOML: "));
  EXPECT_EQ(complaint(std::string(kGreatestSuite + 1, '#')), "suite.toml: is larger than 1 MiB: no suite needs that");
}

TEST(Suite, DepthIsThatOfKeysOnly) {
  EXPECT_EQ(line_of_deep_key("a.b.c = 1\n'x.y'.\"z\\\".w\".v = 1", 3), 0u);
  EXPECT_EQ(line_of_deep_key("a.b.c = 1\na.b.c.d = 1", 3), 2u);
  EXPECT_EQ(line_of_deep_key("a = [0.1, 0.2, 0.3, 0.4] # 1.2.3.4.5\n[a.b.c]", 3), 0u);
  EXPECT_EQ(line_of_deep_key("a = \"\"\"1.2.3.4\n\"5.6.7.8\"\"\"\nb.'c'.\"d\".e = 1", 3), 3u);
  EXPECT_EQ(line_of_deep_key("a = '''1.2.3.4\n'5.6.7.8'''\nb = { c.d.e.f = 1 }", 3), 3u);
}

std::string written(const Suite& suite) {
  std::ostringstream out;
  put_suite(out, suite);
  return out.str();
}

TEST(Suite, WhatIsWrittenReadsAsTheSame) {
  Suite suite = parse_suite(kWhole, "suite.toml");
  suite.variants[1].command = {"./new", "a \"b\" \\ c\n\t\x7f é", ""};
  suite.variants[1].surroundings.environment = {"a b=x=y", "N=010", "M=10", "F=true", "E="};
  suite.parameters[0].values = {"0", "-0", "007", "-7", "true", "1234567890123456"};
  const Suite again = parse_suite(written(suite), "again");
  EXPECT_EQ(written(again), written(suite));
  EXPECT_EQ(again.title, suite.title);
  EXPECT_EQ(again.plan, suite.plan);
  EXPECT_EQ(again.surroundings, suite.surroundings);
  EXPECT_EQ(again.expectations, suite.expectations);
  ASSERT_EQ(again.variants.size(), suite.variants.size());
  for (std::size_t at = 0; at < suite.variants.size(); ++at) {
    EXPECT_EQ(again.variants[at].name, suite.variants[at].name);
    EXPECT_EQ(again.variants[at].builtin, suite.variants[at].builtin);
    EXPECT_EQ(again.variants[at].command, suite.variants[at].command);
    EXPECT_EQ(again.variants[at].surroundings, suite.variants[at].surroundings);
  }
  ASSERT_EQ(again.parameters.size(), suite.parameters.size());
  for (std::size_t at = 0; at < suite.parameters.size(); ++at) {
    EXPECT_EQ(again.parameters[at].name, suite.parameters[at].name);
    EXPECT_EQ(again.parameters[at].values, suite.parameters[at].values);
    EXPECT_EQ(again.parameters[at].scanned, suite.parameters[at].scanned);
  }
}

TEST(Suite, AFileThatCannotBeReadIsTold) {
  const auto reading = [](const std::string& path) {
    try {
      read_suite(path);
    } catch (const UserError& error) {
      EXPECT_EQ(error.trouble(), Trouble::file);
      return std::string(error.what());
    }
    return std::string("none");
  };
  EXPECT_EQ(reading("/nowhere/suite.toml"),
            "the suite '/nowhere/suite.toml' cannot be read: No such file or directory");
  EXPECT_EQ(reading("/dev/zero"),
            "the suite '/dev/zero' is larger than 1 MiB, which is the most that one may be: is it another file?");
  EXPECT_EQ(reading("/"), "the suite '/' is a folder: name a file");
}

}  // namespace
}  // namespace countercheck
