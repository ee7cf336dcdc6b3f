// What was installed into a prefix, as its users meet it.
#include <gmock/gmock.h>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

const std::string kConsumer = CONSUMER;

TEST(Installed, TheExampleCountsALambda) {
  const Output output = run_command({kConsumer + "/count_a_lambda"});
  ASSERT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(output.err, "");
  EXPECT_THAT(output.out, MatchesRegex("instructions: .+\npage-faults: [0-9]+\ntask-clock: [0-9]+\n"));
  EXPECT_THAT(output.out, Not(HasSubstr("instructions: 0\n")));
  const double faults = first_number(lines_with(output.out, "page-faults").front());
  if (lines_with(read_file("/sys/kernel/mm/transparent_hugepage/enabled"), "[always]").empty()) {
    EXPECT_GE(faults, 1024) << "four MiB";
    EXPECT_LE(faults, 1536) << "and what a sanitizer keeps about them, half as much at the most";
  } else {
    EXPECT_GE(faults, 2) << "four MiB, in huge pages";
  }
}

TEST(Installed, TheManualShowsTheExampleAsItIs) {
  const std::string example = read_file(SOURCES "/tests/install/consumer/count_a_lambda.cpp");
  EXPECT_THAT(read_file(SOURCES "/docs/library.md"), HasSubstr("```cpp\n" + example + "```\n"));
}

TEST(Installed, MarksInStrictCAreCounted) {
  for (const std::string& program : {kConsumer + "/marked_c11", kConsumer + "/marked_c17"}) {
    const Output output =
        run_command({COUNTERCHECK, "stat", "--region", "--source", "measured", "-e", "minor-faults", "--", program});
    ASSERT_EQ(output.status, 0) << output.err;
    // 65,536 doubles of 8 bytes are 128 pages; where the array begins decides over one more.
    const double faults = first_number(lines_with(output.out, "minor-faults").front());
    EXPECT_GE(faults, 128) << program;
    EXPECT_LE(faults, 129) << program;
  }
}

TEST(Installed, MarksInStrictCReportThemselves) {
  TemporaryFolder folder;
  const std::string file = folder / "results.json";
  const Output output = run_command({COUNTERCHECK, "stat", "--region", "-q", "-o", file, "--source", "measured", "-e",
                                     "minor-faults", "--", kConsumer + "/marked_c11"});
  ASSERT_EQ(output.status, 0) << output.err;
  const std::string results = read_file(file);
  EXPECT_THAT(results, HasSubstr("65536")) << "work items";
  EXPECT_THAT(results, HasSubstr("2147450880")) << "the sum of 0 to 65,535";
}

TEST(Installed, PythonFindsTheModuleAndItsLibrary) {
  if (std::string(PYTHON).empty()) GTEST_SKIP() << "there is no python3 on this machine";
  const Output output = run_command({"/usr/bin/env", std::string("PYTHONPATH=") + PYTHON_FOLDER, PYTHON, "-c",
                                     "import countercheck; print(countercheck.__file__, countercheck.lacking)"});
  EXPECT_EQ(output.out, PYTHON_FOLDER "/countercheck/__init__.py None\n");
  EXPECT_EQ(output.err, "");
}

TEST(Installed, TheBooksTablesAreFound) {
  const Output output = run_command({COUNTERCHECK, "book", "6-1"});
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("0.07   0.28   1.61   11.28   45.47  numpy\n"));
}

TEST(Installed, TheWorkloadsInPythonAreFound) {
  if (std::string(PYTHON).empty()) GTEST_SKIP() << "there is no python3 on this machine";
  const Output output = run_command({"/usr/bin/env", std::string("COUNTERCHECK_PYTHON=") + PYTHON, COUNTERCHECK, "run",
                                     "python", "--variants", "lists", "--size", "8", "--iterations", "1", "-r", "1",
                                     "--source", "measured", "-e", "page-faults"});
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("counted: the marked region, entered once; 64 cell updates in each sample"));
}

}  // namespace
}  // namespace countercheck
