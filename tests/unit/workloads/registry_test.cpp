#include "workloads/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "workloads/listing.hpp"

namespace countercheck::workloads {
namespace {

const Family& diffusion_family() {
  return families().front();
}

TEST(Registry, HoldsTheLadderInItsOrder) {
  std::vector<std::string_view> names;
  for (const Variant& variant : diffusion_family().variants) names.push_back(variant.name);
  EXPECT_THAT(
      names, testing::ElementsAre("boxed", "boxed-reuse", "rows", "contiguous", "contiguous-scalar", "in-place",
                                  "roll-add", "blocked", "generic", "fused", "column-order", "openmp", "fixed-border"));
}

TEST(Registry, EveryRowIsCompleteAndItsOwn) {
  std::set<std::string_view> sentences;
  std::set<std::variant<diffusion::Run, counters::Run>> functions;
  for (const Family& family : families()) {
    for (const Variant& variant : family.variants) {
      EXPECT_TRUE(sentences.insert(variant.stresses).second) << variant.name;
      EXPECT_TRUE(variant.stresses.ends_with('.')) << variant.name;
      EXPECT_TRUE(functions.insert(variant.run).second) << variant.name;
      EXPECT_TRUE(variant.threads || !variant.schedule) << variant.name;
    }
  }
  for (const Variant& variant : diffusion_family().variants) {
    EXPECT_GE(variant.bytes_per_cell, 2 * sizeof(double)) << variant.name;
    EXPECT_TRUE(variant.periodic) << variant.name;
  }
}

TEST(Registry, NamesTheSchemesOfTheBooksTable) {
  // table-6-1-runtimes.csv, in its order, and the scheme of its counter table 6-11.
  std::vector<std::string_view> schemes;
  for (const Variant& variant : diffusion_family().variants) {
    if (!variant.scheme.empty()) schemes.push_back(variant.scheme);
  }
  EXPECT_THAT(schemes, testing::ElementsAre("Python", "Python + memory", "numpy", "numpy without vectorisation",
                                            "numpy + memory", "numpy + memory + laplacian",
                                            "numpy + memory + laplacian + numexpr", "numpy + memory + scipy"));
}

TEST(Registry, CountsTheCellsThatAreWritten) {
  Problem problem;
  problem.size = 10;
  problem.iterations = 7;
  EXPECT_EQ(work_items(*find_variant("diffusion/fused"), problem), 700U);
  EXPECT_EQ(work_items(*find_variant("diffusion/fixed-border"), problem), 448U);
}

TEST(Registry, CountsTheIncrementsOfAllThreads) {
  Problem problem;
  problem.size = 10;
  problem.iterations = 7;
  problem.threads = 3;
  EXPECT_EQ(work_items(*find_variant("counters/unshared"), problem), 210U);
  EXPECT_EQ(work_items(*find_variant("counters/false-sharing"), problem), 210U);
}

TEST(Registry, CallsAProblemByItsFamilysWords) {
  Problem problem;
  problem.size = 12;
  EXPECT_EQ(problem_text(*find_family("diffusion/fused"), problem), "12 x 12 doubles");
  EXPECT_EQ(problem_text(*find_family("counters/unshared"), problem), "12 increments a thread");
  EXPECT_EQ(find_family("counters/fused"), nullptr);
}

TEST(Registry, FindsByTheFullNameOnly) {
  EXPECT_EQ(find_variant("diffusion/openmp")->name, "openmp");
  for (const char* wrong : {"openmp", "diffusion", "diffusion/", "diffusion/open", "other/openmp", ""}) {
    EXPECT_EQ(find_variant(wrong), nullptr) << wrong;
  }
}

TEST(Listing, TellsEveryRowAndTheDefaults) {
  const auto family = nlohmann::json::parse(listing()).at("families").at(0);
  EXPECT_EQ(family.at("name"), "diffusion");
  EXPECT_EQ(family.at("work_item"), "cell update");
  EXPECT_EQ(family.at("problem"), "{size} x {size} doubles");
  EXPECT_EQ(family.at("steps_alike"), true);
  EXPECT_EQ(family.at("initial_states"), true);
  EXPECT_EQ(family.at("defaults"), nlohmann::json::parse(R"({"size": 1024, "iterations": 100, "initial": "block",
                                                             "seed": 1, "threads": 1, "schedule": "static"})"));
  ASSERT_EQ(family.at("variants").size(), 13U);
  EXPECT_EQ(family.at("variants").at(11),
            nlohmann::json::parse(R"({"name": "openmp", "scheme": "", "periodic": true, "threads": true,
              "schedule": true, "stresses":
              "fused with its rows dealt to an OpenMP team, which meets at a barrier every step."})"));
  EXPECT_EQ(family.at("variants").at(12).at("periodic"), false);
}

TEST(Listing, LeavesOutWhatAFamilyDoesNotHave) {
  const auto family = nlohmann::json::parse(listing()).at("families").at(1);
  EXPECT_EQ(family.at("name"), "counters");
  EXPECT_EQ(family.at("work_item"), "increment");
  EXPECT_EQ(family.at("initial_states"), false);
  EXPECT_EQ(family.at("defaults").at("threads"), 2);
  EXPECT_FALSE(family.at("variants").at(1).contains("periodic"));
}

}  // namespace
}  // namespace countercheck::workloads
