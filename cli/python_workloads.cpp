#include "cli/python_workloads.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <variant>

#include "counters/shipped_folder.hpp"
#include "counters/user_error.hpp"
#include "experiment/program.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

constexpr const char* kVariable = "COUNTERCHECK_PYTHON";
constexpr const char* kDebians = "/usr/bin/python3";

std::string interpreter() {
  const char* const asked = std::getenv(kVariable);
  std::error_code error;
  const std::string name = asked && *asked ? asked : fs::exists(kDebians, error) ? kDebians : "python3";
  const auto found = find_program(name);
  if (const auto* path = std::get_if<std::string>(&found)) return *path;
  throw UserError(Trouble::not_started, fmt::format("{}; {} names another Python",
                                                    explain_not_started(name, std::get<int>(found)), kVariable));
}

}  // namespace

std::vector<std::string> python_workloads() {
  const fs::path program = "countercheck/diffusion/__main__.py";
  const fs::path folder =
      shipped_folder("the workloads in Python", COUNTERCHECK_PYTHON_INSTALLED, "workloads/python", program);
  return {interpreter(), folder / program};
}

}  // namespace countercheck
