// Takes every counter of the PMU for itself while a command runs, as another user of the machine may:
//   take_counters COMMAND...
// Its events are pinned to the CPU: the kernel gives them their counters before any event of a task.
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <vector>

namespace {

// -1: the PMU has no counter left for it. A pinned event without a counter is in error, and reads nothing.
int take(std::uint64_t event) {
  perf_event_attr attr{};
  attr.size = sizeof attr;
  attr.type = PERF_TYPE_HARDWARE;
  attr.config = event;
  attr.pinned = 1;
  const int counter = static_cast<int>(syscall(SYS_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC));
  std::uint64_t value = 0;
  if (counter >= 0 && read(counter, &value, sizeof value) == sizeof value) return counter;
  if (counter >= 0) close(counter);
  return -1;
}

}  // namespace

int main(int, char** argv) {
  int taken = 0;
  for (const std::uint64_t event : {PERF_COUNT_HW_CPU_CYCLES, PERF_COUNT_HW_INSTRUCTIONS}) {
    while (take(event) >= 0) ++taken;
  }
  std::fprintf(stderr, "take_counters: took %d\n", taken);
  const pid_t child = fork();
  if (child == 0) {
    execvp(argv[1], argv + 1);
    std::perror(argv[1]);
    _exit(127);
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child) return 125;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 125;
}
