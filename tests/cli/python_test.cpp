// Marks set by Python programs with the module of workloads/python.
#include <gmock/gmock.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

class Python : public testing::Test {
 protected:
  void SetUp() override {
    if (std::string(PYTHON).empty()) GTEST_SKIP() << "there is no python3 on this machine";
    const Output modules = run_command({PYTHON, "-c", "import ctypes, mmap, resource"});
    if (modules.status != 0) GTEST_SKIP() << "this Python lacks parts of its library: " << modules.err;
  }

  static Words in_python(const Words& words, const std::string& module = PYTHON_MODULE) {
    Words command = {"/usr/bin/env", "PYTHONPATH=" + module, PYTHON};
    command.insert(command.end(), words.begin(), words.end());
    return command;
  }

  static Output counted(const Words& options, const Words& python) {
    Words words = {"stat", "--region", "--source", "measured"};
    words.insert(words.end(), options.begin(), options.end());
    words.emplace_back("--");
    words.insert(words.end(), python.begin(), python.end());
    return countercheck_with(words);
  }

  static double faults(const Words& python) {
    const Output output = counted({"-e", "minor-faults"}, python);
    EXPECT_EQ(output.status, 0) << output.err;
    const auto lines = lines_with(output.out, "minor-faults");
    return lines.empty() ? -1 : first_number(lines.front());
  }

  // A place with the module alone, as where its library was not installed.
  static std::string without_library(const TemporaryFolder& folder) {
    std::filesystem::create_directory(folder / "countercheck");
    std::filesystem::copy_file(PYTHON_MODULE "/countercheck/__init__.py", folder / "countercheck/__init__.py");
    return folder.path();
  }
};

constexpr const char* kTouchPages = PROGRAMS "/touch_pages.py";

TEST_F(Python, TheRegionIsExact) {
  for (const int pages : {0, 1, 17, 2048, 48'829})
    EXPECT_EQ(faults(in_python({kTouchPages, "--before", "777", "--region", std::to_string(pages), "--after", "555"})),
              pages);
}

TEST_F(Python, ARegionEnteredManyTimesAddsUp) {
  EXPECT_EQ(faults(in_python({kTouchPages, "--region", "100", "--entries", "17"})), 1700);
}

TEST_F(Python, ARegionLeftByAnExceptionEnds) {
  EXPECT_EQ(faults(in_python({kTouchPages, "--region", "30", "--fail", "--after", "500"})), 30);
}

TEST_F(Python, TheLibraryIsFound) {
  const Output output = run_command(in_python({"-c", "import countercheck; print(countercheck.lacking)"}));
  EXPECT_EQ(output.out, "None\n");
  EXPECT_EQ(output.err, "");
}

TEST_F(Python, WorkItemsAndDigestAreReported) {
  TemporaryFolder folder;
  const std::string bare = without_library(folder);
  for (const std::string& module : {std::string(PYTHON_MODULE), bare}) {
    for (const char* when : {"--entries=2", "--known-afterwards"}) {
      const std::string file = folder / "results.json";
      const Output output =
          counted({"-q", "-o", file, "-e", "minor-faults"}, in_python({kTouchPages, "--region", "300", when}, module));
      ASSERT_EQ(output.status, 0) << output.err;
      const auto sample = nlohmann::json::parse(read_file(file)).at("samples").at(0);
      const int entries = std::string(when) == "--entries=2" ? 2 : 1;
      EXPECT_EQ(sample.at("region_entries"), entries) << module;
      EXPECT_EQ(sample.at("work_items"), 300 * entries) << module << " " << when;
      EXPECT_EQ(sample.at("digest").at(0).at("exact"), "000000000000012c");
      EXPECT_EQ(sample.at("digest").at(1).at("real"), "4059000000000000") << "300 / 3";
    }
  }
}

TEST_F(Python, WithoutTheLibraryTheCountersFollowAllTheSame) {
  TemporaryFolder folder;
  const std::string bare = without_library(folder);
  for (const int pages : {0, 1, 2048})
    EXPECT_EQ(faults(in_python({kTouchPages, "--before", "777", "--region", std::to_string(pages)}, bare)), pages);
  EXPECT_EQ(faults(in_python({kTouchPages, "--region", "100", "--entries", "17"}, bare)), 1700);
}

TEST_F(Python, WithoutTheLibraryItSaysWhatIsMissing) {
  TemporaryFolder folder;
  const std::string bare = without_library(folder);
  const std::string sentence =
      "countercheck's marks do without their library (" + bare +
      "/countercheck/libcountercheck-region.so: cannot open shared object file: No such file or directory): counters "
      "follow them, but the simulator sees neither the region nor the names of arrays; install countercheck again, "
      "built for this machine";
  const Output asked = run_command(in_python({"-c", "import countercheck; print(countercheck.lacking)"}, bare));
  EXPECT_EQ(asked.out, sentence + "\n");
  EXPECT_EQ(asked.err, "") << "nobody counts, so nobody needs to be told";
  const Output told = counted({"--show-output", "-e", "minor-faults"}, in_python({kTouchPages}, bare));
  EXPECT_THAT(told.out + told.err, HasSubstr("RuntimeWarning: " + sentence + "\n"));
}

TEST_F(Python, RunWithoutCountercheckTheMarksDoNothing) {
  TemporaryFolder folder;
  for (const std::string& module : {std::string(PYTHON_MODULE), without_library(folder)}) {
    const Output output = run_command(in_python({kTouchPages, "--region", "10"}, module));
    EXPECT_EQ(output.status, 0);
    EXPECT_EQ(output.out + output.err, "");
  }
}

TEST_F(Python, MarksFromAThreadAreToldNotCountedAsZero) {
  const std::string program =
      "import countercheck, threading\n"
      "def work():\n"
      "    with countercheck.region(): pass\n"
      "thread = threading.Thread(target=work)\n"
      "thread.start()\n"
      "thread.join()\n";
  TemporaryFolder folder;
  for (const std::string& module : {std::string(PYTHON_MODULE), without_library(folder)}) {
    const Output output = counted({"-e", "task-clock"}, in_python({"-c", program}, module));
    ASSERT_EQ(output.status, 0) << output.err;
    if (output.out.find("told by rusage") != std::string::npos)
      GTEST_SKIP() << "the kernel's counters may not be opened here";
    EXPECT_THAT(lines_with(output.out, "task-clock").front(), HasSubstr("<not marked>"));
  }
}

TEST_F(Python, MistakesAreNamed) {
  struct Case {
    std::string program, sentence;
  };
  for (const auto& [program, sentence] : {
           Case{"countercheck.begin(); countercheck.begin()",
                "RuntimeError: the region has begun already: regions do not nest, end() it first"},
           Case{"countercheck.end()", "RuntimeError: there is no region to end: begin() it first"},
           Case{"countercheck.region(items=-1)", "ValueError: items wants a number from 0 to 2**64 - 1, got -1"},
           Case{"countercheck.digest_exact(1 << 64)",
                "ValueError: digest_exact wants a number from 0 to 2**64 - 1, got 18446744073709551616"},
           Case{"countercheck.region(items=0.5)", "TypeError: 'float' object cannot be interpreted as an integer"},
       }) {
    const Output output = run_command(in_python({"-c", "import countercheck\n" + program}));
    EXPECT_EQ(output.status, 1) << program;
    EXPECT_THAT(output.err, EndsWith(sentence + "\n"));
  }
}

// A grid of 2 MiB is an allocation of its own, with the allocator's 16 bytes on a page more: 513 faults for each new
// one.
TEST_F(Python, NumpysTemporariesAreSeenInTheMarkedLoop) {
  const Output numpy = run_command(in_python({"-c", "import numpy"}));
  if (numpy.status != 0) GTEST_SKIP() << "this Python has no numpy (python3-numpy)";
  const auto loop = [](const char* how) {
    Words words = in_python({PROGRAMS "/numpy_marks.py", how, "40"});
    words.insert(words.begin() + 1, "MALLOC_MMAP_THRESHOLD_=65536");  // else the first free raises it
    return words;
  };
  EXPECT_EQ(faults(loop("in-place")), 0);
  EXPECT_EQ(faults(loop("temporaries")), 40 * 513);
  TemporaryFolder folder;
  const std::string file = folder / "results.json";
  ASSERT_EQ(counted({"-q", "-o", file, "-e", "minor-faults"}, loop("temporaries")).status, 0);
  const auto sample = nlohmann::json::parse(read_file(file)).at("samples").at(0);
  EXPECT_EQ(sample.at("work_items"), 40 * 512 * 512);
  EXPECT_EQ(sample.at("digest").at(0).at("about"), "10747904") << "41 in each of 512 x 512";
}

TEST_F(Python, TheSimulatorSeesTheRegionWithTheLibraryOnly) {
  const auto simulated = [](const std::string& program, const std::string& module) {
    const Words python = in_python({"-c", program}, module);
    Words words = {"stat", "--region", "--source", "sim", "-e", "instructions", "--"};
    words.insert(words.end(), python.begin(), python.end());
    return countercheck_with(words);
  };
  const std::string once = "import countercheck\nwith countercheck.region(): sum(range(1000))\n";
  const std::string twice = "import countercheck\nwith countercheck.region(): sum(range(101000))\n";
  const Output shorter = simulated(once, PYTHON_MODULE);
  const auto line = lines_with(shorter.out, "instructions");
  if (line.empty() || first_number(line.front()) < 0) GTEST_SKIP() << "nothing is simulated here: " << shorter.out;
  const double growth = first_number(lines_with(simulated(twice, PYTHON_MODULE).out, "instructions").front()) -
                        first_number(line.front());
  EXPECT_GT(growth, 100'000 * 10.0) << "a hundred thousand more numbers, some dozen instructions each";
  EXPECT_LT(growth, 100'000 * 200.0);
  TemporaryFolder folder;
  EXPECT_THAT(unwrapped(simulated(once, without_library(folder)).out),
              HasSubstr("the program's marks do not reach the simulator: build it again with this "
                        "countercheck/region.h, or install the Python module with its library"));
}

}  // namespace
}  // namespace countercheck
