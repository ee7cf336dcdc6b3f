// countercheck book, and the workloads in Python whose schemes the book names.
#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Book, TheWholeBookIsShown) {
  const Output output = countercheck_with({"book"});
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_EQ(output.err, "");
  EXPECT_THAT(output.out, StartsWith("High Performance Python, 1st edition (2014), chapter 6: its figures, read by\n"));
  EXPECT_THAT(output.out, HasSubstr("6-15  6-18   1.705"));
}

TEST(Book, OneTableIsShownAsPerfPrintedIt) {
  const Output output = countercheck_with({"book", "6-8"});
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("329,155,359,015 cycles                    #    3.477 GHz\n"));
  EXPECT_THAT(output.out, HasSubstr("30.191 % of all cache refs"));
}

TEST(Book, OtherFormsAreOffered) {
  EXPECT_THAT(countercheck_with({"book", "--form", "csv"}).out,
              HasSubstr("6-10,,numpy,,512,book,instructions,count,15165151844,\n"));
  EXPECT_THAT(countercheck_with({"book", "6-1", "--form", "markdown"}).out,
              HasSubstr("| 2.32 | 9.49 | 39.00 | 155.02 | 617.35 | Python |\n"));
}

TEST(Book, AnUnknownTableGetsTheNames) {
  const Output output = countercheck_with({"book", "6-81"});
  EXPECT_EQ(output.status, 3);
  EXPECT_EQ(output.err,
            "countercheck: the book has no table '6-81' (did you mean 6-1?); there are 6-1, 6-08, 6-10, 6-11, 6-15, "
            "6-18, 6-20, 6-22\n");
}

TEST(Book, ResultsOfThisMachineStandBesideIt) {
  TemporaryFolder folder;
  const std::string file = folder / "here.json";
  const Output measured =
      countercheck_with({"run", "diffusion", "--variants", "in-place,roll-add", "--size", "64", "--iterations", "20",
                         "-r", "1", "-q", "--source", "measured", "-e", "page-faults", "-o", file});
  ASSERT_EQ(measured.status, 0) << measured.err;
  for (const Words& words : {Words{"book", file}, Words{"book", "6-18", file}}) {
    const Output output = countercheck_with(words);
    EXPECT_EQ(output.status, 0) << output.err;
    EXPECT_THAT(output.out, HasSubstr("Here beside the book: time for a cell update, in ns\n"));
    EXPECT_THAT(unwrapped(output.out), HasSubstr("roll-add (numpy + memory + laplacian)"));
  }
  const Output none = countercheck_with({"book", "6-22", file});
  EXPECT_EQ(none.status, 3);
  EXPECT_EQ(none.err, "countercheck: " + file +
                          " has no variant that follows a scheme of the book's table 6-22; measure some: countercheck "
                          "run diffusion -o FILE\n");
}

TEST(Book, AFileThatIsNoneIsRefused) {
  TemporaryFolder folder;
  EXPECT_EQ(countercheck_with({"book", folder / "none.json"}).status, 4);
  write_file(folder / "broken.json", "{");
  EXPECT_EQ(countercheck_with({"book", folder / "broken.json"}).status, 4);
}

class PythonSchemes : public testing::Test {
 protected:
  void SetUp() override {
    if (std::string(PYTHON).empty()) GTEST_SKIP() << "there is no python3 on this machine";
    setenv("COUNTERCHECK_PYTHON", PYTHON, 1);
  }
  void TearDown() override { unsetenv("COUNTERCHECK_PYTHON"); }

  static void need(const char* module) {
    const Output output = run_command({PYTHON, "-c", std::string("import ") + module});
    if (output.status != 0) GTEST_SKIP() << "this Python has no " << module << " (python3-" << module << ")";
  }

  static nlohmann::json run(const TemporaryFolder& folder, Words words) {
    const std::string file = folder / "results.json";
    words.insert(words.begin(), "run");
    words.insert(words.end(), {"-r", "1", "-q", "--source", "measured", "-e", "page-faults", "-o", file});
    const Output output = countercheck_with(words);
    EXPECT_EQ(output.status, 0) << output.err;
    return output.status == 0 ? nlohmann::json::parse(read_file(file)) : nlohmann::json();
  }

  // The parts of a sample's digest.
  static std::vector<double> digest(const nlohmann::json& results, std::size_t sample) {
    std::vector<double> parts;
    for (const auto& part : results.at("samples").at(sample).at("digest")) {
      parts.push_back(std::stod(part.at("about").get<std::string>()));
    }
    return parts;
  }
};

// Every scheme computes what the built-in variants compute: from each initial state, over every border.
TEST_F(PythonSchemes, TheirDigestsAreThoseOfTheBuiltInVariants) {
  for (const char* module : {"numpy", "numexpr", "scipy"}) need(module);
  if (IsSkipped()) return;
  for (const std::string initial : {"block", "edge-block", "random"}) {
    TemporaryFolder folder;
    const Words problem = {"--size", "21", "--iterations", "9", "--initial", initial};
    Words built_in = {"diffusion", "--variants", "fused"};
    Words in_python = {"python"};
    for (Words* words : {&built_in, &in_python}) words->insert(words->end(), problem.begin(), problem.end());
    const auto expected = digest(run(folder, built_in), 0);
    ASSERT_EQ(expected.size(), 3U);
    const auto results = run(folder, in_python);
    ASSERT_EQ(results.at("variants").size(), 7U);
    for (std::size_t sample = 0; sample < results.at("samples").size(); ++sample) {
      const auto parts = digest(results, sample);
      ASSERT_EQ(parts.size(), 3U);
      for (std::size_t part = 0; part < 3; ++part) {
        EXPECT_NEAR(parts[part] / expected[part], 1, 1e-9) << initial << ", variant " << sample << ", part " << part;
      }
      EXPECT_EQ(results.at("samples").at(sample).at("work_items"), 21 * 21 * 9);
      EXPECT_EQ(results.at("samples").at(sample).at("region_entries"), 1);
    }
  }
}

TEST_F(PythonSchemes, TheyFollowTheSchemesOfTheBook) {
  need("numpy");
  if (IsSkipped()) return;
  TemporaryFolder folder;
  const std::string file = folder / "results.json";
  run(folder, {"python", "--variants", "lists-reuse,numpy", "--size", "16", "--iterations", "2"});
  const Output output = countercheck_with({"book", file});
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(unwrapped(output.out), HasSubstr("lists-reuse (Python + memory)"));
  EXPECT_THAT(unwrapped(output.out), HasSubstr("numpy (numpy)"));
}

// A Python that finds no package of Debian's.
TEST_F(PythonSchemes, WithoutAModuleItsVariantsAreLeftOutWithTheReason) {
  TemporaryFolder folder;
  const std::string bare = folder / "python3";
  write_file(bare, std::string("#!/bin/sh\nexec ") + PYTHON + " -S \"$@\"\n", 0755);
  setenv("COUNTERCHECK_PYTHON", bare.c_str(), 1);
  const Output output =
      countercheck_with({"run", "python", "--variants", "lists,numexpr", "--size", "16", "--iterations", "2", "-r", "1",
                         "--source", "measured", "-e", "page-faults"});
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(unwrapped(output.out),
              HasSubstr("numexpr was left out: this Python has no numpy (Debian: python3-numpy)"));
  const Output none = countercheck_with({"run", "python", "--variants", "scipy", "-r", "1", "--source", "measured"});
  EXPECT_EQ(none.status, 5);
  EXPECT_EQ(none.err, "countercheck: scipy was left out: this Python has no numpy (Debian: python3-numpy)\n");
  EXPECT_THAT(unwrapped(countercheck_with({"list", "workloads"}).out),
              HasSubstr("Not here: this Python has no numpy (Debian: python3-numpy)."));
}

TEST_F(PythonSchemes, WithoutPythonThatIsTheReason) {
  setenv("COUNTERCHECK_PYTHON", "/nonexistent/python3", 1);
  const Output output = countercheck_with({"run", "python"});
  EXPECT_EQ(output.status, 5);
  EXPECT_THAT(output.err, HasSubstr("/nonexistent/python3"));
  EXPECT_THAT(output.err, HasSubstr("COUNTERCHECK_PYTHON names another Python\n"));
  const Output listed = countercheck_with({"list", "workloads"});
  EXPECT_EQ(listed.status, 0) << "the built-in ones are there";
  EXPECT_THAT(listed.out, HasSubstr("python: cannot be run here: "));
}

TEST_F(PythonSchemes, TheirProgramNamesMistakes) {
  const std::string program = PYTHON_MODULE "/countercheck/diffusion/__main__.py";
  const Output unknown = run_command({PYTHON, program, "list"});
  EXPECT_EQ(unknown.status, 3);
  EXPECT_THAT(unknown.err, StartsWith("countercheck.diffusion: there is no variant 'list'; there are lists, "));
  const Output size = run_command({PYTHON, program, "lists", "--size", "2"});
  EXPECT_EQ(size.status, 3);
  EXPECT_EQ(size.err, "countercheck.diffusion: argument --size: '2' is no whole number from 3 on\n");
}

}  // namespace
}  // namespace countercheck
