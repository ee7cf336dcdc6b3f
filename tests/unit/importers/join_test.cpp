#include "importers/join.hpp"

#include <gmock/gmock.h>

#include "importers/formats.hpp"
#include "tests/unit/importers/importing.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using testing::imported_file;

ImportedFile imported(const std::string& name) {
  const std::string text = imported_file(name);
  return {"results/" + name, recognise(text)->read(text)};
}

std::vector<std::string> names(const Experiment& experiment) {
  std::vector<std::string> all;
  for (const Variant& variant : experiment.variants) all.push_back(variant.name);
  return all;
}

TEST(Join, FilesAreKnownByTheirContent) {
  const std::pair<const char*, const char*> kFiles[] = {
      {"perf-6.1-de_DE.txt", "perf"},           {"perf-6.1.csv", "perf-csv"},
      {"perf-6.1-de_DE-comma.csv", "perf-csv"}, {"perf-6.1.json", "perf-json"},
      {"hyperfine-1.15.json", "hyperfine"},     {"google-benchmark-1.7.1.json", "google-benchmark"},
      {"invented-likwid.csv", "likwid"},        {"invented-papi-6.json", "papi"},
      {"invented-papi-7.json", "papi"}};
  for (const auto& [name, format] : kFiles) {
    const ImportFormat* const found = recognise(imported_file(name));
    ASSERT_TRUE(found) << name;
    EXPECT_EQ(found->name, format) << name;
  }
  for (const char* text : {"", "hello", "{}", "[1,2]", "1,2,3\n", "5,apples\n"}) EXPECT_FALSE(recognise(text)) << text;
  EXPECT_EQ(list_of_import_formats(),
            "what perf stat prints, perf stat -j, hyperfine's JSON, Google Benchmark's JSON, PAPI's high-level JSON, "
            "likwid-perfctr's CSV and perf stat -x");
}

TEST(Join, OneVariantIsABlockSeveralAreAComparison) {
  const Experiment block = join({imported("perf-6.1-en_US.txt")});
  EXPECT_EQ(block.kind, Kind::stat);
  EXPECT_EQ(block.title, "./touch 50000");
  EXPECT_EQ(block.machine, Machine{});
  EXPECT_THAT(block.notes,
              ElementsAre("one part of perf-6.1-en_US.txt was left out: countercheck import tells which and why"));
  const Experiment comparison = join({imported("hyperfine-1.15.json")});
  EXPECT_EQ(comparison.kind, Kind::comparison);
  EXPECT_EQ(comparison.title, "imported from hyperfine");
  EXPECT_EQ(comparison.rounds, 4U);
  EXPECT_EQ(comparison.plan.order, Order::sequential);
  EXPECT_THAT(names(comparison), ElementsAre("./touch 1000", "./touch 20000", "false"));
  EXPECT_THAT(
      comparison.notes,
      ElementsAre("4 of 4 runs of 'false' ended with a status other than 0, which hyperfine was told to ignore"));
}

TEST(Join, EqualNamesGetTheirFilesAndUnnamedOnesAreTheirFiles) {
  const Experiment experiment = join({imported("perf-6.1-en_US.txt"), imported("perf-6.1-fr_FR.txt"),
                                      imported("perf-6.1.csv"), imported("perf-6.1.json")});
  EXPECT_THAT(names(experiment), ElementsAre("perf-6.1-en_US: ./touch 50000", "perf-6.1-fr_FR: ./touch 50000",
                                             "perf-6.1", "perf-6.1 (2)"));
}

TEST(Join, WhatAFileDoesNotTellIsAbsentThere) {
  const Experiment experiment = join({imported("perf-6.1-2-runs.csv"), imported("invented-hybrid.txt")});
  EXPECT_THAT(experiment.events,
              ElementsAre("page-faults", "task-clock", "cpu_atom/cycles/", "cpu_core/cycles/", "cpu_atom/branches:u/",
                          "page-faults:u", "wall-time", "user-time", "system-time"));
  const Reading& wall = experiment.samples[0].readings[6];
  EXPECT_EQ(testing::shown(wall), "wall-time count user+kernel <not told>");
  EXPECT_EQ(absence(wall)->sentence, "the imported file says nothing of it");
  EXPECT_THAT(
      experiment.notes,
      ElementsAre(
          "perf-6.1-2-runs: perf stat -x told the means of several runs, it does not say how many; without the "
          "runs one by one no verdict can be given",
          "perf-6.1-2-runs.csv and invented-hybrid.txt are from other machines or unknown ones: a difference in "
          "time may be one of the machines",
          "2 parts of invented-hybrid.txt were left out: countercheck import tells which and why"));
}

TEST(Join, AProcessorThatAllNameIsKept) {
  ImportedFile a = imported("invented-papi-7.json");
  ImportedFile b = a;
  b.path = "results/b.json";
  const Experiment same = join({a, b});
  EXPECT_EQ(same.machine.cpu, "A Processor of 2022");
  EXPECT_TRUE(same.region);
  EXPECT_EQ(same.notes[0],
            "invented-papi-7.json and b.json name the same processor, A Processor of 2022, but not whether it is "
            "the same machine: a difference in time may be one of the machines");
  b.imported.cpu = "another";
  EXPECT_EQ(join({a, b}).machine.cpu, "");
}

TEST(Join, MoreThanIsTakenIsRefused) {
  ImportedFile file{"many", {.tool = "x"}};
  for (std::size_t variant = 0; variant <= kMostImportedVariants; ++variant) {
    file.imported.variants.push_back(
        {"v", {ImportedSample{{Reading{.event = "e", .source = Source::import, .value = 1U}}}}});
  }
  try {
    join({file});
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "there are 1001 commands or benchmarks, and at most 1000 are read at a time");
  }
}

}  // namespace
}  // namespace countercheck
