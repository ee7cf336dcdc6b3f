#include "experiment/exec_stop.hpp"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include <cerrno>

namespace countercheck {

std::optional<int> wait_for_stop(pid_t child) {
  while (true) {
    siginfo_t info{};
    if (waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WSTOPPED | WNOWAIT) != 0) {
      if (errno == EINTR) continue;
      return std::nullopt;
    }
    if (info.si_code != CLD_TRAPPED && info.si_code != CLD_STOPPED) return std::nullopt;
    waitid(P_PID, static_cast<id_t>(child), &info, WSTOPPED | WNOHANG);
    return info.si_status;
  }
}

bool wait_for_exec_stop(pid_t child) {
  while (true) {
    const auto signal = wait_for_stop(child);
    if (!signal || *signal == SIGTRAP) return signal.has_value();
    // Somebody's signal came first: it gets it, and then the stop.
    ptrace(PTRACE_CONT, child, nullptr, *signal);
  }
}

void let_go(pid_t child) {
  ptrace(PTRACE_DETACH, child, nullptr, nullptr);
}

}  // namespace countercheck
