#include "workloads/passive_wait.hpp"

#include <fmt/format.h>
#include <strings.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "workloads/failure.hpp"

namespace countercheck::workloads {

void wait_passively(char** argv) {
  const char* policy = std::getenv("OMP_WAIT_POLICY");
  if (policy != nullptr && strcasecmp(policy, "passive") == 0) return;
  setenv("OMP_WAIT_POLICY", "passive", 1);
  // The name behind the link, not the link: under Valgrind, only reading the link gives this program and not Valgrind.
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    execv(self.c_str(), argv);
    error = std::error_code(errno, std::generic_category());
  }
  throw Failure(fmt::format(
      "--passive-wait could not start the program again ({}); set OMP_WAIT_POLICY=passive in the environment instead",
      error.message()));
}

}  // namespace countercheck::workloads
