#include "cli/companion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "counters/user_error.hpp"
#include "experiment/ending.hpp"
#include "experiment/launch.hpp"

namespace countercheck {

namespace fs = std::filesystem;

std::string companion(std::string_view name, std::string_view room, std::string_view what_for) {
  std::error_code error;
  const fs::path own = fs::read_symlink("/proc/self/exe", error);
  for (const auto& candidate : {own.parent_path() / name, own.parent_path().parent_path() / room / name}) {
    if (fs::exists(candidate, error)) return candidate;
  }
  throw UserError(Trouble::not_started,
                  fmt::format("{}, {}, is not beside {}: install both", name, what_for, own.string()));
}

void read_listing(std::vector<std::string> command, const std::function<void(const nlohmann::json&)>& read) {
  Launcher launcher(LaunchSettings{});
  const std::string program = command.front();
  const std::string shown = fmt::format("{}", fmt::join(command, " "));
  command.emplace_back("--list");
  const Sample sample = launcher.launch(program, command);
  if (sample.ending != Ending::completed) {
    throw UserError(Trouble::failed, explain_ending(sample, Variant{.command = command}));
  }
  try {
    read(nlohmann::json::parse(launcher.output().text()));
  } catch (const nlohmann::json::exception& error) {
    throw UserError(Trouble::failed,
                    fmt::format("{} --list does not answer as this countercheck expects ({}): install both from "
                                "one build",
                                shown, error.what()));
  }
}

}  // namespace countercheck
