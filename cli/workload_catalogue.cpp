#include "cli/workload_catalogue.hpp"

#include "cli/companion.hpp"

namespace countercheck {
namespace {

WorkloadFamily family_from(const nlohmann::json& json) {
  WorkloadFamily family{.name = json.at("name"),
                        .says = json.at("says"),
                        .work_item = json.at("work_item"),
                        .problem = json.at("problem"),
                        .steps_alike = json.at("steps_alike"),
                        .initial_states = json.at("initial_states"),
                        .size = json.at("defaults").at("size"),
                        .iterations = json.at("defaults").at("iterations"),
                        .threads = json.at("defaults").at("threads")};
  for (const auto& row : json.at("variants")) {
    family.variants.push_back({.name = row.at("name"),
                               .scheme = row.at("scheme"),
                               .stresses = row.at("stresses"),
                               .threads = row.at("threads"),
                               .schedule = row.at("schedule")});
  }
  return family;
}

}  // namespace

std::string workload_program() {
  return companion("countercheck-workload", "workloads", "which holds the built-in variants");
}

std::vector<WorkloadFamily> read_workload_catalogue() {
  return read_listing<WorkloadFamily>(workload_program(), "families", family_from);
}

}  // namespace countercheck
