#include "experiment/process_end.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace countercheck {
namespace {

using std::chrono::nanoseconds;

std::uint64_t now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(time.tv_nsec);
}

// Asks the whole group to end, and after a second of grace ends it.
void stop_group(pid_t group, int signal, const Signals& signals, ProcessEnd& end) {
  kill(-group, signal);
  const std::uint64_t deadline = now() + 1'000'000'000;
  for (std::uint64_t time = now(); time < deadline; time = now()) {
    signals.wait(nanoseconds(deadline - time));
    if (wait4(group, &end.status, WNOHANG, &end.usage) == group) return;
  }
  kill(-group, SIGKILL);
  wait4(group, &end.status, 0, &end.usage);
}

// Whether a process of the group still runs; those that ended and wait to be reaped do not count.
bool still_runs(pid_t group) {
  std::error_code error;
  for (std::filesystem::directory_iterator entry("/proc", error), last; !error && entry != last;
       entry.increment(error)) {
    std::ifstream stream(entry->path() / "stat");
    std::string text;
    if (!std::getline(stream, text)) continue;
    // pid (name) state ppid pgrp …; the name may hold anything (proc(5)).
    std::istringstream rest(text.substr(std::min(text.size(), text.rfind(')') + 1)));
    char state = 'Z';
    pid_t parent = 0, process_group = 0;
    if (rest >> state >> parent >> process_group && process_group == group && state != 'Z' && state != 'X') return true;
  }
  return false;
}

}  // namespace

ProcessEnd wait_for(pid_t child, std::optional<nanoseconds> limit, const Signals& signals) {
  ProcessEnd end;
  const std::uint64_t begun = now();
  while (true) {
    std::optional<nanoseconds> left;
    if (limit) left = *limit - nanoseconds(now() - begun);
    const auto signal = signals.wait(left);
    end.when = now();
    if (!signal || (*signal != SIGCHLD)) {
      end.timed_out = !signal;
      end.interrupted_by = signal.value_or(0);
      stop_group(child, signal.value_or(SIGTERM), signals, end);
      return end;
    }
    // A stopped child, or an adopted one that we do not know, raises SIGCHLD as well.
    if (wait4(child, &end.status, WNOHANG, &end.usage) == child) return end;
  }
}

bool sweep_group(pid_t group) {
  if (kill(-group, 0) != 0 || !still_runs(group)) return false;
  kill(-group, SIGKILL);
  return true;
}

}  // namespace countercheck
