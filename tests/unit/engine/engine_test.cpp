#include "simulator/engine.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/unit/engine/folder.hpp"

namespace countercheck {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::Folder;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

#if defined(__aarch64__)
constexpr const char* kTool = "countercheck-arm64-linux";
#else
constexpr const char* kTool = "countercheck-amd64-linux";
#endif
constexpr const char* kAnswers = "#!/bin/sh\necho valgrind-3.19.0\n";

Engine engine_in(const Folder& folder, const std::string& valgrind) {
  auto found = find_engine(valgrind, folder.path() / "bin" / "countercheck");
  EXPECT_TRUE(std::holds_alternative<Engine>(found));
  return std::holds_alternative<Engine>(found) ? std::get<Engine>(found) : Engine{};
}

std::string lack(const std::string& valgrind) {
  auto found = find_engine(valgrind, "/nowhere/bin/countercheck");
  return std::holds_alternative<std::string>(found) ? std::get<std::string>(found) : "(none)";
}

SimulatedMachine two_levels() {
  SimulatedMachine machine{.name = "two", .level_names = {"L1", "L2"}};
  machine.model.line_bytes = 64;
  machine.model.cores = 1;
  machine.model.level_count = 2;
  machine.model.levels[0].data = {.sets = 64, .ways = 8, .policy = SIM_LRU};
  machine.model.levels[1].data = {.sets = 1024, .ways = 4, .policy = SIM_LRU};
  return machine;
}

TEST(Engine, OurToolIsFoundInstalledAndInABuildTree) {
  const Folder folder;
  const std::string valgrind = folder.write("valgrind", kAnswers, 0755);
  folder.write(std::string("simulator/tool/") + kTool, "", 0755);
  Engine engine = engine_in(folder, valgrind);
  EXPECT_EQ(engine.kind, EngineKind::countercheck);
  EXPECT_EQ(engine_name(engine), "countercheck's tool on Valgrind 3.19.0");
  EXPECT_THAT(engine_variables(engine), ElementsAre("VALGRIND_LIB=" + (folder.path() / "simulator/tool").string()));
  folder.write(std::string(COUNTERCHECK_TOOL_INSTALLED "/") + kTool, "", 0755);
  EXPECT_EQ(engine_in(folder, valgrind).tool_folder, folder.path() / COUNTERCHECK_TOOL_INSTALLED);
}

TEST(Engine, WithoutOurToolCachegrindStandsInAndSaysWhy) {
  const Folder folder;
  const Engine engine = engine_in(folder, folder.write("valgrind", kAnswers, 0755));
  EXPECT_EQ(engine.kind, EngineKind::cachegrind);
  EXPECT_EQ(engine_name(engine), "Cachegrind 3.19.0");
  EXPECT_THAT(engine.why_not_ours, HasSubstr("is not in " + (folder.path() / COUNTERCHECK_TOOL_INSTALLED).string()));
  EXPECT_TRUE(engine_variables(engine).empty());
}

TEST(Engine, TheWrapperOfDebianIsPassedBy) {
  const Folder folder;
  const std::string wrapper = folder.write("valgrind", "#!/bin/sh\nexec $0.bin \"$@\"\n", 0755);
  const std::string binary = folder.write("valgrind.bin", kAnswers, 0755);
  EXPECT_EQ(engine_in(folder, wrapper).valgrind, binary);
}

TEST(Engine, NoValgrindIsAReasonWithTheRemedy) {
  EXPECT_EQ(lack(""),
            "there is no valgrind on PATH, with which cache misses are simulated: sudo apt-get install "
            "valgrind");
  const Folder folder;
  const std::string other = folder.write("it's valgrind", "#!/bin/sh\necho hello\n", 0755);
  EXPECT_EQ(lack(other), "'" + other + "' does not tell its version as Valgrind does: put Valgrind first on PATH");
  const std::string right = folder.write("it's right", kAnswers, 0755);
  EXPECT_EQ(engine_in(folder, right).version, "3.19.0") << "a quote in the path";
}

TEST(Engine, TheCommandComesLastAndUntouched) {
  const Folder folder;
  const Engine engine{.kind = EngineKind::countercheck, .valgrind = "/v", .version = "3", .tool_folder = "/t"};
  const auto words = simulated_words(engine, two_levels(), {.region = true}, folder.path(), {"./a", "--tool=x", "--"});
  EXPECT_EQ(words.front(), "/v");
  EXPECT_THAT(words, IsSupersetOf({std::string("--tool=countercheck"), std::string("--region=yes"),
                                   "--output-folder=" + folder.path().string()}));
  EXPECT_EQ(std::vector<std::string>(words.end() - 4, words.end()),
            (std::vector<std::string>{"--", "./a", "--tool=x", "--"}));
  std::ifstream machine(folder.path() / "machine.txt");
  std::string first;
  EXPECT_TRUE(std::getline(machine, first)) << "the machine is beside it";
}

// What is inlined is told by the core's option alone.
TEST(Engine, WhereTheMissesAreIsToldWhenAsked) {
  const Folder folder;
  const Engine engine{.kind = EngineKind::countercheck, .valgrind = "/v", .version = "3", .tool_folder = "/t"};
  const std::vector<std::string> asked = {"--attribution=arrays", "--read-inline-info=yes", "--fullpath-after="};
  EXPECT_THAT(simulated_words(engine, two_levels(), {.region = true, .attribution = true}, folder.path(), {"a"}),
              IsSupersetOf(asked));
  EXPECT_THAT(simulated_words(engine, two_levels(), {.region = true}, folder.path(), {"a"}),
              Not(Contains(asked.front())));
}

TEST(Engine, CachegrindGetsTheCachesAndItsOwnFileForEachProcess) {
  const Folder folder;
  const Engine engine{.kind = EngineKind::cachegrind, .valgrind = "/v", .version = "3"};
  const auto words = simulated_words(engine, two_levels(), {}, folder.path(), {"a"});
  EXPECT_THAT(words, IsSupersetOf({std::string("--tool=cachegrind"), std::string("--D1=32768,8,64"),
                                   "--cachegrind-out-file=" + folder.path().string() + "/%p.cachegrind"}));
}

TEST(Complaint, NamesTheFlagForAvx512AndElseTheFirstLine) {
  const Folder folder;
  EXPECT_EQ(complaint_in(folder.path()), "");
  folder.write("1.log", "### unhandled dwarf2 abbrev form code 0x25\n");
  EXPECT_EQ(complaint_in(folder.path()), "") << "it is passed over";
  folder.write("1.log", "\n==1== \n==1== Warning: set address range perms\n==1== more\n");
  EXPECT_EQ(complaint_in(folder.path()), "Valgrind says: Warning: set address range perms");
  folder.write("2.log", "vex amd64->IR: unhandled instruction bytes: 0x62 0xF1 0xFD 0x48\n==2== Process terminating\n");
  EXPECT_EQ(complaint_in(folder.path()),
            "it ran an AVX-512 instruction, which Valgrind does not know: build it with -march=x86-64-v3 or "
            "-mno-avx512f");
  folder.write("2.log", "Valgrind: debuginfo reader: I can't recover.  Giving up.  Sorry.\n");
  EXPECT_EQ(complaint_in(folder.path()),
            "Valgrind cannot read the debug information of it or of a library: build with -gdwarf-4, or strip it");
  folder.write("2.log", "vex amd64->IR: unhandled instruction bytes: 0xF 0xAE\n");
  EXPECT_EQ(complaint_in(folder.path()), "it ran an instruction that Valgrind does not know (0xF 0xAE)");
}

}  // namespace
}  // namespace countercheck
