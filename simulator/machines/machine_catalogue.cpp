#include "simulator/machines/machine_catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "counters/nearest.hpp"
#include "counters/shipped_folder.hpp"
#include "counters/user_error.hpp"
#include "simulator/machines/host_machine.hpp"
#include "simulator/machines/machine_file.hpp"

namespace countercheck {

namespace fs = std::filesystem;

fs::path machines_folder() {
  return shipped_folder("the simulator's machines", COUNTERCHECK_MACHINES_INSTALLED, "simulator/machines", "",
                        ", or name a machine file of your own by its path");
}

std::vector<std::string> machine_names(const fs::path& folder) {
  const fs::path where = folder.empty() ? machines_folder() : folder;
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(where, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == ".json") names.push_back(entry->path().stem());
  }
  std::sort(names.begin(), names.end());
  names.insert(names.begin(), std::string(kHostMachine));
  return names;
}

SimulatedMachine find_machine(const std::string& name, const fs::path& folder) {
  if (name.find('/') != std::string::npos || name.ends_with(".json")) return read_machine_file(name);
  if (name == kHostMachine) return host_machine();
  const fs::path where = folder.empty() ? machines_folder() : folder;
  const auto names = machine_names(where);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw UserError(Trouble::usage,
                    fmt::format("there is no machine '{}'{}; there are {}, and files of your own (./mine.json)", name,
                                did_you_mean(name, names), fmt::join(names, ", ")));
  }
  return read_machine_file(where / (name + ".json"));
}

}  // namespace countercheck
