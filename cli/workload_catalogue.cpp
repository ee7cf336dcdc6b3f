#include "cli/workload_catalogue.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "counters/user_error.hpp"
#include "experiment/ending.hpp"
#include "experiment/launch.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

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
  std::error_code error;
  const fs::path own = fs::read_symlink("/proc/self/exe", error);
  // Installed side by side; in a build tree each room has its own folder.
  for (const auto& candidate : {own.parent_path() / "countercheck-workload",
                                own.parent_path().parent_path() / "workloads" / "countercheck-workload"}) {
    if (fs::exists(candidate, error)) return candidate;
  }
  throw UserError(Trouble::not_started,
                  fmt::format("countercheck-workload, which holds the built-in variants, is not beside {}: "
                              "install both",
                              own.string()));
}

std::vector<WorkloadFamily> read_workload_catalogue() {
  const std::string program = workload_program();
  Launcher launcher(LaunchSettings{});
  const std::vector<std::string> command = {program, "--list"};
  const Sample sample = launcher.launch(program, command);
  if (sample.ending != Ending::completed) {
    throw UserError(Trouble::failed, explain_ending(sample, Variant{.command = command}));
  }
  std::vector<WorkloadFamily> families;
  try {
    const auto listing = nlohmann::json::parse(launcher.output().text());
    for (const auto& family : listing.at("families")) families.push_back(family_from(family));
  } catch (const nlohmann::json::exception& error) {
    throw UserError(Trouble::failed,
                    fmt::format("{} --list does not answer as this countercheck expects ({}): install both from "
                                "one build",
                                program, error.what()));
  }
  return families;
}

}  // namespace countercheck
