#include "experiment/results_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "counters/user_error.hpp"
#include "experiment/results_json.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

Experiment an_experiment() {
  return {.tool_version = "1.2.3",
          .kind = Kind::comparison,
          .title = "diffusion",
          .problem = "4 x 4 doubles",
          .work_item = "cell update",
          .region = true,
          .rounds = 2,
          .began = "2026-11-20T19:00:00Z",
          .machine = {.cpu = "A CPU",
                      .cpu_id = "GenuineIntel-6-A7-1",
                      .architecture = "x86_64",
                      .kernel = "6.1",
                      .system = "Debian",
                      .hypervisor = "KVM",
                      .cpus = 2,
                      .cpus_allowed = 1,
                      .memory = 1ULL << 40,
                      .page = 4096,
                      .huge_pages = "madvise",
                      .perf_event_paranoid = -1,
                      .caches = {{.level = 1, .type = "data", .bytes = 49152, .ways = 12, .line = 64, .instances = 2}}},
          .simulation = Simulation{.engine = "Cachegrind 3.19.0",
                                   .machine = "tiny",
                                   .caches = "L1d 1 KiB 2-way",
                                   .notes = {"two levels"},
                                   .pinned = {"PYTHONHASHSEED=0"},
                                   .scaled = true},
          .variants = {{.name = "a", .scheme = "numpy", .stresses = "memory", .command = {"w", "a"}},
                       {.name = "b", .command = {"w"}, .simulated = ShortRun{{"w", "few"}, 3, 100}}},
          .baseline = 1,
          .events = {"cycles", "page-faults"},
          .meanings = {{"cache-misses", "L2", "all requests", "the L2, not the last level"}},
          .notes = {"a note"}};
}

Sample a_sample(std::size_t variant) {
  return {.variant = variant,
          .round = 1,
          .started = 12345678901234567,
          .ending = Ending::signalled,
          .status = 11,
          .region_entries = 3,
          .work_items = 1ULL << 60,
          .digest = {std::uint64_t{0xffffffffffffffff}, 0.1, -0.0},
          .readings = {{.event = "cycles",
                        .source = Source::pmu,
                        .privilege = Privilege::user,
                        .value = Absence{AbsenceReason::no_pmu, "no \"PMU\" here"}},
                       {.event = "page-faults",
                        .source = Source::kernel,
                        .value = std::uint64_t{18446744073709551615ULL},
                        .time_enabled = 20,
                        .time_running = 3}}};
}

Sample an_imported_sample() {
  Sample sample = a_sample(1);
  sample.readings[1].summary = Summary{.runs = 5, .relative_error = 0.0125};
  sample.readings[0] = {.event = "cycles", .source = Source::import, .value = std::uint64_t{7}, .summary = Summary{}};
  return sample;
}

Sample a_simulated_sample() {
  Sample sample = a_sample(0);
  sample.pass = Pass::simulated;
  sample.lasted = 98765432109876543;
  sample.processes = {{.pid = 4194304, .image = 2, .program = "/bin/w", .threads = {{1, 1ULL << 60, 7}, {2, 3, 0}}}};
  return sample;
}

class ResultsFileTest : public testing::Test {
 protected:
  void TearDown() override { fs::remove(path_); }
  std::string complaint(const std::string& text) const {
    std::ofstream(path_) << text;
    try {
      read_results(path_);
    } catch (const UserError& error) {
      EXPECT_EQ(error.trouble(), Trouble::file);
      return error.what();
    }
    return "(none)";
  }

  std::string path_ = fs::temp_directory_path() / ("countercheck-results-" + std::to_string(getpid()) + ".json");
};

TEST_F(ResultsFileTest, IsWholeAfterEverySampleAndReadsBackTheSame) {
  Experiment experiment = an_experiment();
  ResultsFile file(path_, experiment);
  EXPECT_EQ(read_results(path_), experiment) << "before the first sample";
  for (const std::size_t variant : {0U, 1U, 0U}) {
    experiment.samples.push_back(a_sample(variant));
    file.append_last_sample(experiment);
    EXPECT_EQ(read_results(path_), experiment);
  }
  experiment.notes.emplace_back("a note that came with the last sample, longer than the one before");
  experiment.load = Load{.before = 2.75, .after = 0.1, .cpus = 2};
  experiment.samples.push_back(an_imported_sample());
  file.append_last_sample(experiment);
  experiment.samples.push_back(a_simulated_sample());
  file.append_last_sample(experiment);
  EXPECT_EQ(read_results(path_), experiment);
}

TEST_F(ResultsFileTest, KeepsThePassesTheGroupsAndTheTypesOfCores) {
  Experiment experiment = an_experiment();
  experiment.event_passes = {{"cycles"}, {"cycles", "page-faults"}};
  experiment.anchor = "cycles";
  Sample sample = a_sample(1);
  sample.event_pass = 1;
  sample.readings[0] = {.event = "cycles",
                        .value = std::uint64_t{9},
                        .time_enabled = 30,
                        .time_running = 20,
                        .group = 2,
                        .cores = {{"cpu_atom", std::nullopt, 10, 0}, {"cpu_core", 9, 20, 20}}};
  sample.readings[1].value = Absence{AbsenceReason::other_pass, "in another pass"};
  ResultsFile file(path_, experiment);
  experiment.samples.push_back(sample);
  file.append_last_sample(experiment);
  EXPECT_EQ(read_results(path_), experiment);
  EXPECT_EQ(
      to_json(sample).at("readings").at(0),
      nlohmann::json::parse(R"({"event":"cycles","source":"pmu","unit":"count","privilege":"user+kernel","value":9,)"
                            R"("enabled_ns":30,"running_ns":20,"group":2,"cores":[)"
                            R"({"pmu":"cpu_atom","value":null,"there_ns":10,"running_ns":0},)"
                            R"({"pmu":"cpu_core","value":9,"there_ns":20,"running_ns":20}]})"));

  auto json = to_json(experiment);
  json["notes"] = nlohmann::json::array();
  json["samples"] = nlohmann::json::array({to_json(sample)});
  json["samples"][0]["event_pass"] = 2;
  EXPECT_EQ(complaint(json.dump()), "'" + path_ +
                                        "' is not a results file that this countercheck can read: "
                                        "samples[0].event_pass: names no pass of the file");
}

TEST_F(ResultsFileTest, KeepsThePlanTheTermsAndWhatEachVariantRunsUnder) {
  Experiment experiment = an_experiment();
  experiment.plan = {.order = Order::sequential,
                     .seed = 1ULL << 63,
                     .warm_up = 2,
                     .layouts = 3,
                     .seconds = 1.5,
                     .stops_early = true,
                     .cpus = "2-3,8",
                     .randomised = false};
  experiment.terms = {.tolerance = 0.025, .confidence = 0.99, .expectations = {"b.cycles < a.cycles"}};
  Variant& variant = experiment.variants[1];
  variant.parameters = {{"size", "512"}, {"kind", "wide"}};
  variant.again = 0;
  variant.environment = {"A=b=c"};
  variant.folder = "/tmp";
  variant.revision = "0123abc";
  variant.setup = "make data";
  variant.prepare = "sync";
  variant.cleanup = "rm data";
  variant.threads = 12;
  Sample sample = a_sample(1);
  sample.warm_up = true;
  sample.layout = 2;
  ResultsFile file(path_, experiment);
  experiment.samples.push_back(sample);
  file.append_last_sample(experiment);
  EXPECT_EQ(read_results(path_), experiment);

  auto json = to_json(experiment);
  json["notes"] = nlohmann::json::array();
  json["samples"] = nlohmann::json::array({to_json(sample)});
  const auto changed = [&](auto change) {
    auto copy = json;
    change(copy);
    return complaint(copy.dump());
  };
  const std::string begin = "'" + path_ + "' is not a results file that this countercheck can read: ";
  EXPECT_EQ(changed([](auto& j) { j["samples"][0]["layout"] = 3; }),
            begin + "samples[0].layout: names no layout of the file");
  EXPECT_EQ(changed([](auto& j) { j["plan"]["layouts"] = 0; }), begin + "plan.layouts: is 0");
  EXPECT_EQ(changed([](auto& j) { j["plan"]["order"] = "odd"; }), begin + "plan.order: 'odd' is not a known word here");
  EXPECT_EQ(changed([](auto& j) { j["terms"]["tolerance"] = -1; }), begin + "terms.tolerance: is below 0");
  EXPECT_EQ(changed([](auto& j) { j["terms"]["confidence"] = 1; }), begin + "terms.confidence: is not between 0 and 1");
  EXPECT_EQ(changed([](auto& j) { j["variants"][1]["again"] = 1; }),
            begin + "variants[1].again: names no other variant of the file");
}

// As version 1 wrote it: it knew no passes, and all of its samples were measured.
TEST_F(ResultsFileTest, AnOlderFileIsStillRead) {
  Experiment experiment = an_experiment();
  experiment.simulation.reset();
  experiment.variants[1].simulated.reset();
  auto json = to_json(experiment);
  json["schema"] = 1;
  json["notes"] = experiment.notes;
  json["samples"] = nlohmann::json::array({to_json(a_sample(0))});
  for (const char* key : {"pass", "lasted_ns"}) json["samples"][0].erase(key);
  for (const char* key : {"plan", "terms"}) json.erase(key);
  std::ofstream(path_) << json;
  experiment.samples = {a_sample(0)};
  EXPECT_EQ(read_results(path_), experiment);
}

// The form is a promise to others: fields by name, absence as null with its reason.
TEST_F(ResultsFileTest, SaysAbsenceAsNullWithItsReason) {
  const auto json = to_json(a_sample(0));
  EXPECT_EQ(json.at("readings").at(0),
            nlohmann::json::parse(R"({"event":"cycles","source":"pmu","unit":"count","privilege":"user","value":null,)"
                                  R"("absent":"no_pmu","why":"no \"PMU\" here"})"));
  EXPECT_EQ(
      json.at("readings").at(1),
      nlohmann::json::parse(R"({"event":"page-faults","source":"kernel","unit":"count","privilege":"user+kernel",)"
                            R"("value":18446744073709551615,"enabled_ns":20,"running_ns":3})"));
  EXPECT_EQ(json.at("digest").at(1).at("real"), "3fb999999999999a");
}

TEST_F(ResultsFileTest, BytesThatAreNoUtf8LoseNoSample) {
  Experiment experiment = an_experiment();
  experiment.variants[0].command = {
      "bad\xff"
      "byte"};
  ResultsFile file(path_, experiment);
  experiment.samples.push_back(a_sample(0));
  file.append_last_sample(experiment);
  EXPECT_EQ(read_results(path_).samples.size(), 1u);
}

TEST_F(ResultsFileTest, BrokenFilesAreNamedWithThePlace) {
  const std::string begin = "'" + path_ + "' is not a results file that this countercheck can read: ";
  EXPECT_EQ(complaint(""), "the results file '" + path_ + "' is empty");
  EXPECT_EQ(complaint("{"), "'" + path_ + "' is not a results file: it is no whole JSON (at byte 2)");
  EXPECT_EQ(complaint("[]"), begin + "the file: holds no countercheck results");
  EXPECT_EQ(complaint("{\"format\":3}"), begin + "format: is no text");

  auto json = to_json(an_experiment());
  json["notes"] = nlohmann::json::array();
  json["samples"] = nlohmann::json::array({to_json(a_sample(0))});
  const auto changed = [&](auto change) {
    auto copy = json;
    change(copy);
    return complaint(copy.dump());
  };
  EXPECT_EQ(changed([](auto&) {}), "(none)");
  EXPECT_EQ(changed([](auto& j) { j["variants"][1]["simulated"]["steps"] = 0; }),
            begin + "variants[1].simulated.steps: is 0");
  EXPECT_EQ(changed([](auto& j) { j["schema"] = 99; }), begin + "schema: is not 1 to 5, which this countercheck reads");
  EXPECT_EQ(changed([](auto& j) { j.erase("samples"); }), begin + "samples: is missing");
  EXPECT_EQ(changed([](auto& j) {
              j["samples"][0]["readings"][1]["summary"] = {{"runs", 1}};
            }),
            begin + "samples[0].readings[1].summary.runs: is below 2");
  EXPECT_EQ(changed([](auto& j) { j["baseline"] = 2; }), begin + "baseline: names no variant of the file");
  EXPECT_EQ(changed([](auto& j) { j["baseline"] = -1; }), begin + "baseline: is out of range");
  EXPECT_EQ(changed([](auto& j) { j["samples"][0]["variant"] = 7; }),
            begin + "samples[0].variant: names no variant of the file");
  EXPECT_EQ(changed([](auto& j) { j["samples"][0]["readings"].erase(1); }),
            begin + "samples[0].readings: has 1 readings for 2 events");
  EXPECT_EQ(changed([](auto& j) { j["samples"][0]["readings"][1]["value"] = 1.5; }),
            begin + "samples[0].readings[1].value: is no whole number");
  EXPECT_EQ(changed([](auto& j) { j["samples"][0]["readings"][0]["absent"] = "gone"; }),
            begin + "samples[0].readings[0].absent: 'gone' is not a known word here");
}

TEST_F(ResultsFileTest, WhatCannotBeOpenedIsSaidSo) {
  const auto creation = [](const std::string& path) -> std::string {
    try {
      const ResultsFile file(path, an_experiment());
    } catch (const UserError& error) {
      return error.what();
    }
    return "(none)";
  };
  EXPECT_EQ(creation("/nowhere/results.json"),
            "the results file '/nowhere/results.json' cannot be written: No such file or directory");
  EXPECT_EQ(creation("/dev/null"),
            "the results file '/dev/null' is not a regular file: it is rewritten after every sample, which a pipe or a "
            "device "
            "cannot be");
  try {
    read_results("/nowhere/results.json");
    FAIL();
  } catch (const UserError& error) {
    EXPECT_STREQ(error.what(), "the results file '/nowhere/results.json' cannot be read: No such file or directory");
  }
}

}  // namespace
}  // namespace countercheck
