#include "cli/workload_catalogue.hpp"

#include <algorithm>
#include <utility>

#include "cli/companion.hpp"
#include "cli/python_workloads.hpp"
#include "counters/user_error.hpp"

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
                               .schedule = row.at("schedule"),
                               .missing = row.value("missing", "")});
  }
  return family;
}

std::vector<WorkloadFamily> families_of(const std::vector<std::string>& program) {
  auto families = read_listing<WorkloadFamily>(program, "families", family_from);
  for (auto& family : families) family.program = program;
  return families;
}

std::vector<WorkloadFamily> families_in_python() {
  try {
    return families_of(python_workloads());
  } catch (const UserError& error) {
    return {{.name = std::string(kPythonFamily), .missing = error.what()}};
  }
}

std::optional<WorkloadFamily> named(std::vector<WorkloadFamily> families, const std::string& name) {
  const auto same = [&](const WorkloadFamily& family) { return family.name == name; };
  const auto found = std::find_if(families.begin(), families.end(), same);
  return found == families.end() ? std::nullopt : std::optional(std::move(*found));
}

}  // namespace

std::string workload_program() {
  return companion("countercheck-workload", "workloads", "which holds the built-in variants");
}

std::vector<WorkloadFamily> read_workload_catalogue(const std::string& name) {
  auto families = families_of({workload_program()});
  if (!named(families, name)) {
    for (auto& family : families_in_python()) families.push_back(std::move(family));
  }
  return families;
}

std::optional<WorkloadFamily> find_workload(const std::string& name) {
  return named(read_workload_catalogue(name), name);
}

}  // namespace countercheck
