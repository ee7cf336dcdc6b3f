// The simulator's tool on programs whose counts are known beforehand.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "simulator/machines/machine_catalogue.hpp"
#include "simulator/machines/machine_text.hpp"
#include "tests/simulator/machine_texts.hpp"
#include "tests/simulator/tool_folder.hpp"

namespace countercheck {
namespace {

using nlohmann::json;

class Tool : public testing::Test {
 protected:
  void SetUp() override {
    if (!folder_.missing().empty()) GTEST_SKIP() << folder_.missing();
  }

  // The option for a machine of ours, or for the one of the text.
  std::string on(const std::string& machine) {
    const std::string file = folder_.path() + "/machine";
    std::ofstream(file) << (machine.find('\n') != std::string::npos
                                ? machine
                                : machine_text(find_machine(machine, SIMULATOR_MACHINES)));
    return "--machine-file=" + file;
  }

  // Runs `simulated WORDS…` on such a machine.
  std::vector<json> simulate(const std::string& machine, std::vector<std::string> words,
                             std::vector<std::string> options = {}, int expected = 0,
                             std::vector<std::string> environment = {}) {
    options.push_back(on(machine));
    Program program{.name = words.front(), .command = {SIMULATED_PROGRAM}};
    program.command.insert(program.command.end(), words.begin(), words.end());
    environment.emplace_back("COUNTERCHECK_REGION=1:0");
    return folder_.simulate(options, program, expected, environment);
  }

  json only(const std::string& machine, std::vector<std::string> words, std::vector<std::string> options = {}) {
    auto images = simulate(machine, std::move(words), std::move(options));
    EXPECT_EQ(images.size(), 1U);
    return images.empty() ? json() : images.front();
  }

  json in_region(const std::string& machine, std::vector<std::string> words) {
    return only(machine, std::move(words), {"--region=yes"});
  }

  ToolFolder folder_{SIMULATOR_TOOLS};
};

const json& main_thread(const json& image) {
  return image.at("threads").at(0);
}

// What one more entry of a region adds to each count.
TEST_F(Tool, CountsEachEntryOfARegionAlike) {
  const json ten = in_region("zen4", {"regions", "10"});
  const json many = in_region("zen4", {"regions", "1010"});
  EXPECT_EQ(ten.at("entries"), 10);
  EXPECT_EQ(many.at("entries"), 1010);
  const auto more = [&](const char* key) {
    return main_thread(many).at(key).get<std::int64_t>() - main_thread(ten).at(key).get<std::int64_t>();
  };
  // 64 loads an entry, and what the marks themselves leave inside; the same in each.
  EXPECT_EQ(more("loads") % 1000, 0);
  EXPECT_GE(more("loads") / 1000, 64);
  EXPECT_LE(more("loads") / 1000, 72);
  EXPECT_EQ(more("instructions") % 1000, 0);
  EXPECT_EQ(more("conditional-branches") % 1000, 0);
}

// Attributed, every instruction is an event of its own, and all of a segment's events go to the model together.
TEST_F(Tool, CountsTheSameWhetherMissesAreAttributed) {
  const json plainly = only(small_last_level(), {"phases", "6"});
  const json attributed = only(small_last_level(), {"phases", "6"}, {"--attribution=lines"});
  const json& misses = main_thread(plainly).at("misses");
  EXPECT_GT(misses.at(0).at(0), 20'000);
  EXPECT_GT(misses.at(0).at(1), 100'000);
  EXPECT_EQ(main_thread(attributed).at("misses"), misses);
}

// Iterations of a solver make the same accesses: most are known before they are simulated, on a machine of any kind.
TEST_F(Tool, CountsWhatRepeatsItselfAsIfItWereSimulated) {
  if (!std::string(SANITIZED).empty()) GTEST_SKIP() << "Valgrind does not run programs with sanitizers";
  for (const std::string& machine : {std::string("book"), std::string("zen4"), three_levels(), small_last_level()}) {
    const std::string on_machine = on(machine);
    const auto counts = [&](const std::string& repeats) {
      const Program program{.name = "in-place",
                            .command = {WORKLOAD_PROGRAM, "diffusion/in-place", "--size", "64", "--iterations", "300"}};
      return folder_.simulate({on_machine, "--repeats=" + repeats}, program).at(0);
    };
    json recognised = counts("yes");
    json simulated = counts("no");
    EXPECT_GT(recognised.at("repeated-accesses"), 1'000'000);
    EXPECT_EQ(simulated.at("repeated-accesses"), 0);
    for (json* const image : {&recognised, &simulated}) {
      for (const char* key : {"repeated-accesses", "pid", "parent", "image"}) image->erase(key);
    }
    EXPECT_EQ(recognised, simulated);
  }
}

// counted_loop ends each turn with a conditional jump back. The translator leaves the block where such a jump falls
// through and goes on where it is taken, and unrolls the loop besides: neither is one more branch.
TEST_F(Tool, CountsAConditionalJumpOnce) {
  const auto turns = [&](const char* count) {
    const Program program{.name = "loop", .command = {COUNTED_LOOP, "--region", count}};
    return main_thread(folder_.simulate({on("zen4"), "--region=yes"}, program, 0, {"COUNTERCHECK_REGION=1:0"}).at(0));
  };
  const json few = turns("1000");
  const json many = turns("2000");
  const auto more = [&](const char* key) { return many.at(key).get<std::int64_t>() - few.at(key).get<std::int64_t>(); };
  EXPECT_EQ(more("instructions"), 2000);
  EXPECT_EQ(more("conditional-branches"), 1000);
  EXPECT_EQ(more("direct-branches"), 0);
}

// The region's first entry finds the lines cold; the later ones find them as the first left them, whatever lies
// between: the caches are simulated outside too, and only the counting stops.
TEST_F(Tool, KeepsTheCachesWarmBetweenEntries) {
  const json once = in_region("zen4", {"regions", "1"});
  const json often = in_region("zen4", {"regions", "200"});
  const auto data_misses = [](const json& image) { return main_thread(image).at("misses").at(0).at(1).get<int>(); };
  EXPECT_GE(data_misses(once), 64);
  EXPECT_LE(data_misses(often), data_misses(once) + 8);
}

TEST_F(Tool, CountsNothingWhereTheRegionIsNeverEntered) {
  const json image = in_region("zen4", {"touch", "65536"});
  EXPECT_EQ(image.at("entries"), 0);
  EXPECT_EQ(main_thread(image).at("instructions"), 0);
  EXPECT_EQ(main_thread(image).at("misses"), json::parse("[[0,0,0],[0,0,0],[0,0,0]]"));
}

std::uint64_t coherence_misses(const json& image) {
  std::uint64_t sum = 0;
  for (const auto& thread : image.at("threads")) {
    for (const auto& count : thread.at("coherence-misses")) sum += count.get<std::uint64_t>();
  }
  return sum;
}

// Two threads that take turns of one addition each: every addition finds the line taken by the other's.
TEST_F(Tool, ShowsFalseSharing) {
  constexpr std::uint64_t kAdditions = 20000;
  const std::vector<std::string> turns = {"--interleave=1", "--fair-sched=try"};
  const json together = only("zen4", {"threads", std::to_string(kAdditions), "8"}, turns);
  const json apart = only("zen4", {"threads", std::to_string(kAdditions), "128"}, turns);
  ASSERT_EQ(together.at("threads").size(), 3U);
  // The threads' start and end alternate with nobody.
  EXPECT_GT(coherence_misses(together), 2 * kAdditions * 9 / 10);
  EXPECT_LE(coherence_misses(together), 2 * kAdditions + 200);
  EXPECT_LT(coherence_misses(apart), 200U);
}

TEST_F(Tool, ListsThreadsApart) {
  const json image = only("zen4", {"threads", "50000", "128"});
  ASSERT_EQ(image.at("threads").size(), 3U);
  for (const std::size_t worker : {1U, 2U}) {
    const json& thread = image.at("threads").at(worker);
    EXPECT_EQ(thread.at("thread"), worker + 1);
    EXPECT_EQ(thread.at("core"), worker);
    // One load and one store an addition, and the thread's start.
    EXPECT_GE(thread.at("stores"), 50000);
    EXPECT_LE(thread.at("stores"), 50000 + 1000);
  }
}

TEST_F(Tool, FollowsForksAndExecs) {
  const auto images = simulate("zen4", {"fork", "20000"}, {"--trace-children=yes"});
  ASSERT_EQ(images.size(), 3U);
  const json& parent = images[0];
  const json& child = images[1];
  const json& execed = images[2];
  EXPECT_EQ(parent.at("end"), "exit");
  EXPECT_EQ(child.at("end"), "exec");
  EXPECT_EQ(child.at("parent"), parent.at("pid"));
  EXPECT_EQ(execed.at("pid"), child.at("pid"));
  EXPECT_EQ(execed.at("image"), 1);
  EXPECT_THAT(execed.at("program").get<std::string>(), testing::EndsWith("/true"));
  // A child counts from its fork on: an exec and no more, not its parent's past.
  EXPECT_LT(main_thread(child).at("instructions"), main_thread(parent).at("instructions").get<int>() / 10);
  EXPECT_GT(parent.at("repeated-accesses"), 100'000);
  EXPECT_EQ(child.at("repeated-accesses"), 0);
}

TEST_F(Tool, GoesOnAfterAnExecThatFailed) {
  const json image = in_region("zen4", {"bad-exec"});
  EXPECT_EQ(image.at("end"), "exit");
  EXPECT_EQ(image.at("entries"), 1);
  EXPECT_GE(main_thread(image).at("loads"), 64);
}

// Of a process that was killed there is nothing but the sign that it was there; the others' counts are whole.
TEST_F(Tool, LeavesNoCountsOfAProcessThatWasKilled) {
  const auto images = simulate("zen4", {"kill"}, {"--trace-children=yes"});
  ASSERT_EQ(images.size(), 2U);
  EXPECT_EQ(images[0].at("end"), "exit");
  EXPECT_TRUE(images[1].is_null());
}

// Cachegrind's machines count an instruction that reads and writes one place as one load; real ones as one of each.
TEST_F(Tool, CountsAReadModifyWriteAsTheMachineDoes) {
#if defined(__x86_64__)
  const auto more = [](const json& many, const json& few, const char* key) {
    return main_thread(many).at(key).get<int>() - main_thread(few).at(key).get<int>();
  };
  const json few = in_region(two_levels(), {"modify", "10"});
  const json many = in_region(two_levels(), {"modify", "1010"});
  EXPECT_EQ(more(many, few, "loads"), 1000);
  EXPECT_EQ(more(many, few, "stores"), 0);
  const json few_today = in_region("zen4", {"modify", "10"});
  const json many_today = in_region("zen4", {"modify", "1010"});
  EXPECT_EQ(more(many_today, few_today, "loads"), 1000);
  EXPECT_EQ(more(many_today, few_today, "stores"), 1000);
#else
  GTEST_SKIP() << "an instruction of x86-64";
#endif
}

// Valgrind runs a repeated instruction once for each byte, and so it is counted.
TEST_F(Tool, CountsARepeatedInstructionByItsRepetitions) {
#if defined(__x86_64__)
  const json few = in_region("zen4", {"bytes", "100"});
  const json many = in_region("zen4", {"bytes", "1100"});
  for (const char* key : {"loads", "stores"})
    EXPECT_EQ(main_thread(many).at(key).get<int>() - main_thread(few).at(key).get<int>(), 1000) << key;
#else
  GTEST_SKIP() << "an instruction of x86-64";
#endif
}

TEST_F(Tool, SurvivesTheProgramsOwnSignalHandlers) {
  const json few = only("zen4", {"signals", "10"});
  const json many = only("zen4", {"signals", "110"});
  EXPECT_GT(main_thread(many).at("instructions"), main_thread(few).at("instructions"));
}

// A stream over pages touches one line of each, and each but the first few needs a walk.
TEST_F(Tool, WalksThePageTablesOnceAPage) {
  const json image = only("zen4", {"touch", "16777216"});
  const json& thread = main_thread(image);
  EXPECT_GE(thread.at("page-walks").at(1), 4096);
  EXPECT_LE(thread.at("page-walks").at(1), 4096 + 400);
  EXPECT_GE(thread.at("misses").at(2).at(2), 4096);
  EXPECT_LE(thread.at("misses").at(2).at(2), 4096 + 4000);
}

// However the code is cut into blocks.
TEST_F(Tool, CountsEachInstructionHoweverItIsTranslated) {
  const auto counts = [&](const std::string& instructions) {
    const json thread = main_thread(only("book", {"touch", "65536"}, {"--vex-guest-max-insns=" + instructions}));
    return json{thread.at("instructions"), thread.at("loads"), thread.at("conditional-branches")};
  };
  EXPECT_EQ(counts("50"), counts("5"));
}

// Runs a program one instruction at a time. Returns how many there were, or 0 where that is not allowed.
std::uint64_t single_steps(const char* program) {
  const pid_t child = fork();
  if (child == 0) {
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0) execl(program, program, nullptr);
    _exit(127);
  }
  int status = 0;
  std::uint64_t steps = 0;
  waitpid(child, &status, 0);
  for (; WIFSTOPPED(status); ++steps) {
    if (ptrace(PTRACE_SINGLESTEP, child, nullptr, nullptr) != 0) break;
    waitpid(child, &status, 0);
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? steps : 0;
}

TEST_F(Tool, CountsTheInstructionsThatTheProcessorSteps) {
  const std::uint64_t steps = single_steps(BARE_PROGRAM);
  if (steps == 0) GTEST_SKIP() << "no process may be traced here";
  EXPECT_GT(steps, 20'000U);
  const auto images = folder_.simulate({on("book")}, Program{.name = "bare", .command = {BARE_PROGRAM}});
  ASSERT_EQ(images.size(), 1U);
  EXPECT_EQ(main_thread(images.front()).at("instructions"), steps);
}

TEST_F(Tool, RefusesAMachineThatIsNone) {
  std::ofstream(folder_.path() + "/machine") << "cores 0\n";
  const Program program{.name = "touch", .command = {SIMULATED_PROGRAM, "touch", "1"}};
  EXPECT_EQ(folder_.run("countercheck", {"-q", "--machine-file=" + folder_.path() + "/machine"}, program, 256), 256);
  EXPECT_THAT(text_of(folder_.path() + "/log"), testing::HasSubstr("cannot be simulated"));
}

}  // namespace
}  // namespace countercheck
