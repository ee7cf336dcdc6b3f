#include "workloads/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workloads/failure.hpp"

namespace countercheck::workloads {
namespace {

Request parsed(std::vector<std::string> words) {
  words.insert(words.begin(), "countercheck-workload");
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  return parse(static_cast<int>(words.size()), argv.data());
}

std::string complaint(const std::vector<std::string>& words) {
  try {
    parsed(words);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no complaint";
}

TEST(CommandLine, TakesTheDefaults) {
  const Request request = parsed({"diffusion/roll-add"});
  EXPECT_EQ(request.action, Request::Action::run);
  EXPECT_EQ(request.variant, find_variant("diffusion/roll-add"));
  EXPECT_EQ(request.name, "diffusion/roll-add");
  EXPECT_EQ(request.problem.size, 1024U);
  EXPECT_EQ(request.problem.iterations, 100U);
  EXPECT_EQ(request.problem.initial, Initial::block);
  EXPECT_EQ(request.problem.seed, 1U);
  EXPECT_EQ(request.problem.threads, 1U);
  EXPECT_EQ(request.problem.schedule, Schedule::fixed);
  EXPECT_FALSE(request.passive_wait);
}

TEST(CommandLine, TakesTheDefaultsOfTheFamilyForWhatIsNotGiven) {
  const Request request = parsed({"--iterations", "3", "counters/unshared"});
  EXPECT_EQ(request.family->name, "counters");
  EXPECT_EQ(request.problem.size, 1'000'000U);
  EXPECT_EQ(request.problem.iterations, 3U);
  EXPECT_EQ(request.problem.threads, 2U);
  EXPECT_EQ(parsed({"counters/unshared", "--threads", "1"}).problem.threads, 1U);
}

TEST(CommandLine, TakesEveryOptionInAnyOrder) {
  const Request request =
      parsed({"--size=65", "--threads", "3", "diffusion/openmp", "--iterations", "0", "--initial", "edge-block",
              "--seed", "18446744073709551615", "--schedule", "guided", "--passive-wait"});
  EXPECT_EQ(request.variant, find_variant("diffusion/openmp"));
  EXPECT_EQ(request.problem.size, 65U);
  EXPECT_EQ(request.problem.iterations, 0U);
  EXPECT_EQ(request.problem.initial, Initial::edge_block);
  EXPECT_EQ(request.problem.seed, 18446744073709551615U);
  EXPECT_EQ(request.problem.threads, 3U);
  EXPECT_EQ(request.problem.schedule, Schedule::guided);
  EXPECT_TRUE(request.passive_wait);
}

TEST(CommandLine, ListsAndHelps) {
  EXPECT_EQ(parsed({"--list"}).action, Request::Action::list);
  EXPECT_EQ(parsed({"--help"}).action, Request::Action::help);
  EXPECT_EQ(parsed({"diffusion/fused", "-h"}).action, Request::Action::help);
  for (const char* option : {"--size", "--iterations", "--initial", "--seed", "--threads", "--schedule",
                             "--passive-wait", "--list", "--help"}) {
    EXPECT_THAT(usage(), testing::HasSubstr(option));
  }
}

TEST(CommandLine, NamesTheNearestVariant) {
  EXPECT_EQ(complaint({"diffusion/rolladd"}),
            "there is no variant 'diffusion/rolladd': the nearest is diffusion/roll-add, and --list tells all of them");
  EXPECT_EQ(complaint({"fussed"}),
            "there is no variant 'fussed': the nearest is diffusion/fused, and --list tells all of them");
  EXPECT_EQ(complaint({"difusion/openpm"}),
            "there is no variant 'difusion/openpm': the nearest is diffusion/openmp, and --list tells all of them");
}

TEST(Nearest, CountsInsertionsDeletionsReplacementsAndSwapsOfNeighbours) {
  const std::vector<std::string> words = {"zzzzzz", "ab", "long-one", "gh"};
  EXPECT_EQ(nearest("ba", words), "ab");  // a swap is one edit, two replacements would be as far as from "gh"
  EXPECT_EQ(nearest("hg", std::vector<std::string>{"xy", "gh"}), "gh");
  EXPECT_EQ(nearest("longone", words), "long-one");
  EXPECT_EQ(nearest("long--one", words), "long-one");
  EXPECT_EQ(nearest("lonG-one", words), "long-one");
}

TEST(CommandLine, NamesTheNearestOption) {
  EXPECT_EQ(complaint({"diffusion/fused", "--sise", "3"}), "there is no option '--sise': the nearest is --size");
  EXPECT_EQ(complaint({"diffusion/fused", "--thread=3", "--iteratoins=5"}),
            "there is no option '--iteratoins=5': the nearest is --iterations");
  EXPECT_EQ(complaint({"--list=all"}), "--list takes no value");
  EXPECT_EQ(complaint({"diffusion/fused", "--size"}), "--size needs a value");
  EXPECT_THAT(complaint({"diffusion/fused", "-x"}), testing::StartsWith("there is no option '-x'"));
}

TEST(CommandLine, SaysWhatANumberMayBe) {
  for (const char* wrong : {"2", "0", "-5", "+5", "12x", "1e3", "", " 7", "0x20", "99999999999999999999"}) {
    EXPECT_EQ(complaint({"diffusion/fused", "--size", wrong}),
              std::string("--size takes a whole number of at least 3, not '") + wrong + "'");
  }
  EXPECT_EQ(complaint({"diffusion/openmp", "--threads", "0"}),
            "--threads takes a whole number from 1 to 1024, not '0'");
  EXPECT_EQ(complaint({"diffusion/openmp", "--threads", "1025"}),
            "--threads takes a whole number from 1 to 1024, not '1025'");
  EXPECT_EQ(complaint({"diffusion/fused", "--iterations", "many"}),
            "--iterations takes a whole number of at least 0, not 'many'");
}

TEST(CommandLine, SaysWhichWordsThereAre) {
  EXPECT_EQ(complaint({"diffusion/fused", "--initial", "blok"}),
            "--initial takes block, edge-block or random, not 'blok'");
  EXPECT_EQ(complaint({"diffusion/openmp", "--schedule", "auto"}),
            "--schedule takes static, dynamic or guided, not 'auto'");
}

TEST(CommandLine, RefusesWhatAVariantDoesNotTake) {
  EXPECT_EQ(complaint({"diffusion/fused", "--threads", "2"}),
            "diffusion/fused runs in one thread and takes no --threads");
  EXPECT_EQ(complaint({"diffusion/fused", "--threads", "1"}), "no complaint");
  EXPECT_EQ(complaint({"diffusion/blocked", "--schedule", "static"}),
            "diffusion/blocked is no OpenMP loop and takes no --schedule");
  EXPECT_EQ(complaint({"counters/unshared", "--initial", "random"}),
            "counters/unshared begins with zeros and takes no --initial");
  EXPECT_EQ(complaint({"counters/unshared", "--seed", "1"}), "counters/unshared begins with zeros and takes no --seed");
}

TEST(CommandLine, RefusesWordsTooManyAndTooFew) {
  EXPECT_EQ(complaint({}), "name the variant to run, such as diffusion/roll-add: --list tells all of them");
  EXPECT_EQ(complaint({"diffusion/fused", "junk"}), "one variant is run at a time: 'junk' is a word too many");
  EXPECT_EQ(complaint({"diffusion/fused", "--", "--size"}),
            "one variant is run at a time: '--size' is a word too many");
  EXPECT_EQ(complaint({"--list", "diffusion"}), "--list tells all variants and takes no 'diffusion'");
}

}  // namespace
}  // namespace countercheck::workloads
