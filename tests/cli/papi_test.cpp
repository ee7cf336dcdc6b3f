#include <gmock/gmock.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;
using testing::Not;

// libpfm4 then sees no PMU of a processor, and PAPI disables its component, on every machine.
void without_component() {
  setenv("LIBPFM_FORCE_PMU", "perf", 1);
}

// See tests/programs/pretend_pmu.c.
void with_pretended_pmu() {
  setenv("LD_PRELOAD", PRETEND_PMU, 1);
}

class Papi : public testing::Test {
 protected:
  static Output pretending(const Words& words) {
    const Output output = countercheck_with(words, with_pretended_pmu);
    EXPECT_EQ(output.status, 0) << output.err;
    return output;
  }
  static bool sanitized() { return !std::string_view(SANITIZED).empty(); }
};

constexpr const char* kDisabled =
    "PAPI's component perf_event is disabled here, in its own words: \"Error libpfm4 no default PMU found\"";

TEST_F(Papi, CountsTheRegionExactlyAndIsTaggedInTablesAndResults) {
  if (sanitized()) GTEST_SKIP() << "nothing can be preloaded into a sanitized program";
  const TemporaryFolder folder;
  const std::string file = folder / "results.json";
  const Output output = pretending({"stat", "--backend", "papi", "--region", "-e", "page-faults", "-o", file, "--",
                                    TOUCH_PAGES, "--before", "1000", "--region", "4829"});
  const auto lines = lines_with(output.out, "page-faults");
  ASSERT_FALSE(lines.empty());
  if (lines.front().find("[a]") == std::string::npos) GTEST_SKIP() << "PAPI may not count here: " << output.out;
  EXPECT_EQ(first_number(lines.front()), 4829);
  EXPECT_THAT(output.out, HasSubstr("\n [a] counted through PAPI\n"));
  const auto reading = nlohmann::json::parse(read_file(file)).at("samples").at(0).at("readings").at(0);
  EXPECT_EQ(reading.at("source"), "papi");
  EXPECT_EQ(reading.at("value"), 4829);
}

TEST_F(Papi, ComparesVariants) {
  if (sanitized()) GTEST_SKIP() << "nothing can be preloaded into a sanitized program";
  const Output output = pretending({"run", "diffusion", "--variants", "contiguous,roll-add", "--size", "64",
                                    "--iterations", "3", "-r", "2", "--backend", "papi", "-e", "page-faults"});
  const auto lines = lines_with(output.out, "page-faults");
  ASSERT_FALSE(lines.empty());
  if (output.out.find("k counted by the kernel") != std::string::npos) {
    GTEST_SKIP() << "PAPI may not count here: " << output.out;
  }
  EXPECT_THAT(lines.front(), testing::ContainsRegex("^page-faults +a +"));
  EXPECT_THAT(output.out, HasSubstr("a counted through PAPI"));
}

TEST_F(Papi, WithoutItsComponentAPresetSaysWhyInPapisWords) {
  const Output output =
      countercheck_with({"stat", "--source", "measured", "-e", "PAPI_L1_DCM", "--", "true"}, without_component);
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_THAT(
      unwrapped(output.out),
      HasSubstr(std::string("PAPI cannot count PAPI_L1_DCM nor say which native events it would need: ") + kDisabled));
  EXPECT_THAT(lines_with(output.out, "PAPI_L1_DCM").front(), HasSubstr("<not supported>"));
}

TEST_F(Papi, WhatItCannotCountIsCountedWithoutItAndSaidSo) {
  const Output output = countercheck_with(
      {"stat", "--source", "measured", "--backend", "papi", "-e", "page-faults,minor-faults", "--", "true"},
      without_component);
  EXPECT_EQ(output.status, 0) << output.err;
  EXPECT_GT(first_number(lines_with(output.out, "page-faults").front()), 10);
  EXPECT_THAT(output.out, Not(HasSubstr("[a]")));
  EXPECT_THAT(unwrapped(output.out),
              HasSubstr(std::string("PAPI does not count page-faults, minor-faults: ") + kDisabled));
}

TEST_F(Papi, WithBackendPerfItsNamesAreRefused) {
  const Output output = countercheck_with({"stat", "--backend", "perf", "-e", "PAPI_TOT_INS", "--", "true"});
  EXPECT_EQ(output.status, 3);
  EXPECT_EQ(output.err,
            "countercheck: only PAPI knows the event 'PAPI_TOT_INS': leave --backend perf away, or ask for one of "
            "countercheck list events\n");
}

TEST_F(Papi, AnUnknownPresetIsAnsweredWithTheNearest) {
  const Output output = countercheck_with({"stat", "-e", "PAPI_TOT_INX", "--", "true"});
  EXPECT_EQ(output.status, 3);
  EXPECT_EQ(
      output.err,
      "countercheck: there is no event 'PAPI_TOT_INX' (did you mean PAPI_TOT_INS?): countercheck list events shows "
      "them all\n");
}

TEST_F(Papi, AnUnknownBackendIsRefused) {
  const Output output = countercheck_with({"stat", "--backend", "oprofile", "--", "true"});
  EXPECT_EQ(output.status, 3);
  EXPECT_THAT(output.err, HasSubstr("--backend"));
}

TEST_F(Papi, ListAndDoctorKnowItsState) {
  const auto wide_without = [] {
    setenv("COLUMNS", "300", 1);
    without_component();
  };
  EXPECT_THAT(unwrapped(countercheck_with({"list", "events"}, wide_without).out),
              HasSubstr(std::string("PAPI's presets none: ") + kDisabled));
  EXPECT_THAT(lines_with(countercheck_with({"doctor"}, wide_without).out, "PAPI ").front(),
              testing::AllOf(testing::ContainsRegex("^PAPI +no "), HasSubstr(kDisabled)));
  if (sanitized()) return;
  const auto wide = [] {
    setenv("COLUMNS", "400", 1);
    with_pretended_pmu();
  };
  const auto line = lines_with(countercheck_with({"doctor"}, wide).out, "PAPI ").front();
  if (line.find("PAPI_EPERM") != std::string::npos) GTEST_SKIP() << "PAPI may not count here: " << line;
  EXPECT_THAT(line, testing::AnyOf(HasSubstr("PAGE-FAULTS was started and read"),
                                   HasSubstr("PAPI_TOT_INS was started and read")));
}

}  // namespace
}  // namespace countercheck
