// Counts the instructions of each thread of a program with a counter of the thread's own, none inherited, and prints
// their sum for each process on standard error:
//   thread_counts PROGRAM COMMAND...
// runs the command and follows all it starts (ptrace(2)); what execs PROGRAM, the last part of its path, is counted
// from there to its end. A thread is stopped before its first instruction, when its counter is opened, and after its
// last.
#include <linux/perf_event.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>

namespace {

int open_counter(pid_t thread) {
  perf_event_attr attr{};
  attr.size = sizeof attr;
  attr.type = PERF_TYPE_HARDWARE;
  attr.config = PERF_COUNT_HW_INSTRUCTIONS;
  attr.exclude_kernel = 1;
  attr.exclude_hv = 1;
  const int counter = static_cast<int>(syscall(SYS_perf_event_open, &attr, thread, -1, -1, PERF_FLAG_FD_CLOEXEC));
  if (counter < 0) {
    std::perror("perf_event_open");
    _exit(125);
  }
  return counter;
}

std::string program_of(pid_t task) {
  char path[4096];
  const ssize_t length = readlink(("/proc/" + std::to_string(task) + "/exe").c_str(), path, sizeof path);
  const std::string whole(path, length > 0 ? static_cast<std::size_t>(length) : 0);
  return whole.substr(whole.rfind('/') + 1);
}

pid_t process_of(pid_t thread) {
  std::ifstream status("/proc/" + std::to_string(thread) + "/status");
  for (std::string word; status >> word;) {
    if (word == "Tgid:" && status >> word) return std::stoi(word);
  }
  return 0;
}

struct Process {
  std::uint64_t instructions = 0;
  int threads = 0;
};

class Tracer {
 public:
  Tracer(std::string program, pid_t first) : program_(std::move(program)), first_(first) {}

  // The exit status of the command.
  int follow() {
    int status = 0;
    int ended_with = 125;
    for (pid_t task = 0; (task = waitpid(-1, &status, __WALL)) > 0;) {
      if (!WIFSTOPPED(status)) {
        if (task == first_) ended_with = WIFEXITED(status) ? WEXITSTATUS(status) : 125;
        continue;
      }
      ptrace(PTRACE_CONT, task, nullptr, on_stop(task, status));
    }
    for (const auto& [process, counted] : counted_) {
      std::fprintf(stderr, "thread_counts: %d threads, %llu instructions\n", counted.threads,
                   static_cast<unsigned long long>(counted.instructions));
    }
    return ended_with;
  }

 private:
  // The signal that the task goes on with.
  long on_stop(pid_t task, int status) {
    switch (status >> 16) {
      case PTRACE_EVENT_EXEC:
        if (program_of(task) == program_) count(task);
        return 0;
      case PTRACE_EVENT_EXIT:
        read_out(task);
        return 0;
      case PTRACE_EVENT_STOP:  // a new task, before its first instruction
        if (!counters_.contains(task) && counted_.contains(process_of(task))) count(task);
        return 0;
      case 0:
        return WSTOPSIG(status);
      default:  // who made a new task
        return 0;
    }
  }

  void count(pid_t thread) {
    counters_[thread] = open_counter(thread);
    ++counted_[process_of(thread)].threads;
  }

  void read_out(pid_t thread) {
    const auto counter = counters_.find(thread);
    if (counter == counters_.end()) return;
    std::uint64_t value = 0;
    if (read(counter->second, &value, sizeof value) != sizeof value) _exit(125);
    close(counter->second);
    counters_.erase(counter);
    counted_[process_of(thread)].instructions += value;
  }

  std::string program_;
  pid_t first_;
  std::map<pid_t, int> counters_;     // by thread
  std::map<pid_t, Process> counted_;  // by process
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 125;
  const pid_t child = fork();
  if (child == 0) {
    raise(SIGSTOP);
    execvp(argv[2], argv + 2);
    std::perror(argv[2]);
    _exit(127);
  }
  int status = 0;
  constexpr long kOptions = PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC |
                            PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL;
  if (waitpid(child, &status, WUNTRACED) != child || ptrace(PTRACE_SEIZE, child, nullptr, kOptions) != 0) {
    std::perror("ptrace");
    return 125;
  }
  kill(child, SIGCONT);
  return Tracer(argv[1], child).follow();
}
