#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using nlohmann::json;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr int kRows = 8192;  // of known_misses.c

Output misses(Words words) {
  words.insert(words.begin(), "misses");
  return countercheck_with(std::move(words));
}

class Misses : public ::testing::Test {
 protected:
  void SetUp() override {
    const Output output = misses({"--machine", "tiny", "--form", "csv", "--", "true"});
    if (output.status == 5) GTEST_SKIP() << output.err;
    ASSERT_EQ(output.status, 0) << output.err;
  }
};

TEST_F(Misses, TheAnswerComesFirstThenTheTablesAndTheSource) {
  const Output output = misses({"--machine", "book", "--region", "--annotate", "read_lines", "--", KNOWN_MISSES});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(output.err, "") << "no progress in a pipe";
  const std::string text = unwrapped(output.out);
  EXPECT_THAT(text, StartsWith("27 % of the L1d misses come from the array field, and 53 % happen in write_lines "
                               "(known_misses.c:"));
  for (const char* words :
       {"counted: the marked region only, entered once", "simulated: machine book (L1d 32 KiB 8-way",
        "the counts are exact", "L1d misses by array", "L1d misses by function", "L1d misses by line",
        "known_misses.c: instructions, misses of each level", "sum += lines[row"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
}

TEST_F(Misses, JsonHoldsTheCountsThatAreKnownOnPaper) {
  const Output output = misses({"--machine", "book", "--level", "last", "--form", "json", "--", KNOWN_MISSES});
  ASSERT_EQ(output.status, 0) << output.err;
  const json report = json::parse(output.out);
  EXPECT_EQ(report.at("level"), "L3");
  EXPECT_EQ(report.at("region"), false);
  bool found = false;
  for (const auto& row : report.at("arrays").at("rows")) {
    if (row.at("name") != "field") continue;
    found = true;
    EXPECT_EQ(row.at("misses").at(0).at("loads"), kRows);
    EXPECT_EQ(row.at("misses").at(2).at("loads"), 0);
    EXPECT_EQ(row.at("misses").at(2).at("stores"), kRows);
    EXPECT_EQ(row.at("bytes"), kRows * 64);
  }
  EXPECT_TRUE(found);
}

TEST_F(Misses, EveryProcessIsSummedAndTheSumSaysSo) {
  const Output output = misses({"--machine", "book", "--", KNOWN_MISSES, "fork"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(unwrapped(output.out),
              HasSubstr("counted: the whole process; 2 program images were run, and are summed"));
}

TEST_F(Misses, ABuiltInVariantIsNamedByItsJob) {
  if (std::string(SANITIZED) != "") GTEST_SKIP() << "the sanitizers' runtime cannot be simulated";
  const Output output = misses({"--machine", "book", "-n", "2", "diffusion/roll-add", "--size", "64"});
  ASSERT_EQ(output.status, 0) << output.err;
  const std::string text = unwrapped(output.out);
  EXPECT_THAT(text,
              HasSubstr("Where the misses of 'diffusion/roll-add --size 64' are counted: the marked region only"));
  EXPECT_THAT(text, HasSubstr("; 3 of 100 steps"));
  EXPECT_THAT(text, HasSubstr("next grid"));
  const Output whole =
      misses({"--machine", "book", "--whole", "diffusion/roll-add", "--size", "64", "--iterations", "1"});
  EXPECT_THAT(unwrapped(whole.out), HasSubstr("counted: the whole process"));
  EXPECT_THAT(whole.out, Not(HasSubstr("of 100 steps")));
}

TEST_F(Misses, SourceThatMovedIsFoundBelowAFolder) {
  TemporaryFolder folder;
  const auto compile = [&](const Words& options) {
    Words words = {"cc", "-gdwarf-4", "-O1", "-o", folder / "moved", folder / "moved.c"};
    words.insert(words.end(), options.begin(), options.end());
    return run_command(words).status;
  };
  write_file(folder / "moved.c",
             "static char table[1 << 20];\nint main(void) {\n  for (int i = 0; i < 1 << 20; i += 64)\n"
             "    ((volatile char*)table)[i] = 1;\n  return table[64] - 1;\n}\n");
  if (compile({}) != 0) GTEST_SKIP() << "there is no C compiler here";
  ASSERT_EQ(run_command({"mkdir", folder / "sources"}).status, 0);
  ASSERT_EQ(run_command({"mv", folder / "moved.c", folder / "sources/moved.c"}).status, 0);
  const Words words = {"--machine", "book", "--annotate", "main", "--", folder / "moved"};
  const Output without = misses(words);
  ASSERT_EQ(without.status, 0) << without.err;
  EXPECT_THAT(unwrapped(without.out),
              HasSubstr(folder / "moved.c is not here: name the folder that holds it with --sources FOLDER"));
  Words with = {"--sources", folder / "sources"};
  with.insert(with.end(), words.begin(), words.end());
  EXPECT_THAT(misses(with).out, HasSubstr("    ((volatile char*)table)[i] = 1;"));
}

TEST_F(Misses, WithoutDebugInformationTheCompilersFlagIsNamed) {
  const Output unknown = misses({"--machine", "book", "--annotate", "main", "--", STRIPPED, "touch", "4096"});
  EXPECT_EQ(unknown.status, 3);
  EXPECT_THAT(unknown.err, StartsWith("countercheck: no function and no source file 'main' ran"));
  // More pages than all that the loader and the libraries touch, each a miss.
  const Output output = misses({"--machine", "book", "--", STRIPPED, "touch", "268435456"});
  EXPECT_THAT(unwrapped(output.out),
              HasSubstr("misses shown are in code without debug information: compile it with -g"));
}

TEST_F(Misses, EveryTroubleHasItsSentenceAndStatus) {
  struct Case {
    Words words;
    int status;
    std::string sentence;
  };
  for (const auto& [words, status, sentence] : {
           Case{{"--region", "--", "true"},
                3,
                "the program marked no region: put countercheck_region_begin() and _end() "
                "around the work, or leave --region away"},
           Case{{"--machine", "book", "--level", "L4", "--", "true"},
                3,
                "the machine book has no cache 'L4': give one of L1d, L2 and L3, or last"},
           Case{{"--annotate", "read_linse", "--", KNOWN_MISSES},
                3,
                "no function and no source file 'read_linse' ran (did you mean read_lines?): give a name from the "
                "tables"},
           Case{{"--", "/nowhere/x"}, 5, "there is no program '/nowhere/x': check its name, or give its path"},
           Case{{"diffusion/roll-ad"},
                3,
                "diffusion has no variant 'roll-ad' (did you mean roll-add?): countercheck list workloads shows them "
                "all"},
           Case{{"--", MISBEHAVE, "segfault"},
                6,
                "under the simulator, " MISBEHAVE " segfault was killed by signal 11 (Segmentation fault)"},
           Case{{"--timeout", "1", "--", MISBEHAVE, "hang"},
                7,
                "under the simulator, " MISBEHAVE " hang was ended after the time limit of 1 s"},
           Case{{}, 3, "misses needs a command to run: countercheck misses -- COMMAND…"},
       }) {
    const Output output = misses(words);
    EXPECT_EQ(output.status, status) << sentence;
    EXPECT_THAT(output.err, StartsWith("countercheck: " + sentence));
    EXPECT_EQ(output.out, "");
  }
  EXPECT_EQ(misses({"-i", "--machine", "tiny", "--", "false"}).status, 0);
  EXPECT_EQ(misses({"--machine", "tiny", "--", "false"}).status, 6);
}

TEST(MissesWithoutEngine, SaysWhatToInstall) {
  const Output output = run_command({"env", "PATH=/nowhere", COUNTERCHECK, "misses", "--", "/bin/true"});
  EXPECT_EQ(output.status, 5);
  EXPECT_THAT(output.err, HasSubstr("sudo apt-get install valgrind"));
  EXPECT_THAT(output.err, EndsWith("\n"));
}

// A copy of the binary has not our tool beside it.
TEST_F(Misses, CachegrindAloneTellsNoArrays) {
  TemporaryFolder folder;
  ASSERT_EQ(run_command({"mkdir", folder / "bin"}).status, 0);
  ASSERT_EQ(run_command({"cp", COUNTERCHECK, folder / "bin/countercheck"}).status, 0);
  const Output output = run_command({folder / "bin/countercheck", "misses", "--", "true"});
  EXPECT_EQ(output.status, 5);
  EXPECT_THAT(output.err,
              StartsWith("countercheck: Cachegrind, the simulator here, does not tell whose misses they are: "
                         "our own tool countercheck-"));
  EXPECT_THAT(output.err, EndsWith("install countercheck with it\n"));
}

}  // namespace
}  // namespace countercheck
