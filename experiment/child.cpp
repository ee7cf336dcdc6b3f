#include "experiment/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "counters/perf_event.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

// The kernel's limit for one message (SCM_MAX_FD, include/net/scm.h).
constexpr std::size_t kMostCounters = 253;

[[noreturn]] void give_up(const char* what) {
  throw UserError(Trouble::not_started,
                  fmt::format("no process could be started ({}): {}", what, std::generic_category().message(errno)));
}

// The child's stack, made once. As large as execve's own needs are small; with a guard page below.
class Stack {
 public:
  Stack() {
    base_ = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (base_ == MAP_FAILED) give_up("mmap");
    mprotect(base_, 4096, PROT_NONE);
  }
  ~Stack() { munmap(base_, kSize); }
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;
  void* top() const { return static_cast<char*>(base_) + kSize; }

 private:
  static constexpr std::size_t kSize = std::size_t{256} * 1024;
  void* base_;
};

struct Message {
  alignas(cmsghdr) std::array<char, CMSG_SPACE(kMostCounters * sizeof(int))> control{};
  char byte = 0;
  iovec data{&byte, 1};
  msghdr header{};

  explicit Message(std::size_t descriptors) {
    header.msg_iov = &data;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = CMSG_SPACE(descriptors * sizeof(int));
  }
};

struct Start {
  ChildPlan* plan;
  int socket;  // -1: there is nothing to hand over
};

// Async-signal-safe, and the sanitizers keep out: this runs on a foreign stack in shared memory.
#define COUNTERCHECK_NO_SANITIZE __attribute__((no_sanitize("address", "undefined")))

// In its group if that can be; else on its own, switched on and off as the leader would have been.
COUNTERCHECK_NO_SANITIZE int open_counter(ChildPlan& plan, std::size_t index,
                                          const std::array<int, kMostCounters>& fds) {
  perf_event_attr attr = plan.counters[index];
  const int leader = plan.leaders[index];
  if (leader >= 0) {
    const int group = fds[static_cast<std::size_t>(leader)];
    const int counter = group < 0 ? -1 : perf_event_open(&attr, 0, -1, group, PERF_FLAG_FD_CLOEXEC);
    if (counter >= 0) return counter;
    attr = plan.counters[index];
    attr.disabled = 1;
    attr.enable_on_exec = plan.counters[static_cast<std::size_t>(leader)].enable_on_exec;
    plan.alone[index] = 1;
  }
  return perf_event_open(&attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

COUNTERCHECK_NO_SANITIZE void open_counters(ChildPlan& plan, int socket) {
  std::array<int, kMostCounters> open_ones;
  std::array<int, kMostCounters> fds;  // of all, -1 where it did not open
  std::size_t opened = 0;
  for (std::size_t i = 0; i < plan.counters.size(); ++i) {
    fds[i] = open_counter(plan, i, fds);
    plan.open_errors[i] = fds[i] < 0 ? errno : 0;
    if (fds[i] >= 0) open_ones[opened++] = fds[i];
  }
  if (opened == 0) return;
  Message message(opened);
  cmsghdr* const control = CMSG_FIRSTHDR(&message.header);
  control->cmsg_level = SOL_SOCKET;
  control->cmsg_type = SCM_RIGHTS;
  control->cmsg_len = CMSG_LEN(opened * sizeof(int));
  std::memcpy(CMSG_DATA(control), open_ones.data(), opened * sizeof(int));
  if (sendmsg(socket, &message.header, 0) < 0) {
    for (auto& error : plan.open_errors) error = error ? error : EMFILE;
  }
}

// False: it would run elsewhere than asked.
COUNTERCHECK_NO_SANITIZE bool take_place(ChildPlan& plan) {
  if (plan.folder && chdir(plan.folder) != 0) return false;
  if (!plan.cpus.empty() && syscall(SYS_sched_setaffinity, 0, plan.cpus.size_bytes(), plan.cpus.data()) != 0) {
    return false;
  }
  if (plan.randomised) return true;
  const int now = personality(0xffff'ffff);  // asks
  return now >= 0 && personality(static_cast<unsigned long>(now) | ADDR_NO_RANDOMIZE) >= 0;
}

COUNTERCHECK_NO_SANITIZE int child_main(void* argument) {
  const auto& start = *static_cast<Start*>(argument);
  ChildPlan& plan = *start.plan;
  setpgid(0, 0);                     // one kill reaches all it will start
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // and nothing stays when countercheck itself is killed
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  sigaction(SIGPIPE, &standard, nullptr);  // ignored by countercheck; the program expects the usual
  if (!take_place(plan)) {
    plan.place_error = errno;
    _exit(127);
  }
  if (!plan.counters.empty()) open_counters(plan, start.socket);
  dup2(plan.input, STDIN_FILENO);
  if (plan.output >= 0) {
    dup2(plan.output, STDOUT_FILENO);
    dup2(plan.output, STDERR_FILENO);
  }
  if (plan.marks >= 0) {
    fcntl(plan.marks, F_SETFD, 0);
    auto task = static_cast<std::uint32_t>(getpid());
    for (int digit = 9; digit >= 0; --digit, task /= 10) plan.task_digits[digit] = static_cast<char>('0' + task % 10);
  }
  if (plan.handshake >= 0) fcntl(plan.handshake, F_SETFD, 0);
  sigset_t mask = *plan.mask;
  if (plan.stop_at_exec) {
    plan.trace_error = ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0 ? 0 : errno;
    sigdelset(&mask, SIGTRAP);  // the stop comes as that signal
  }
  sigprocmask(SIG_SETMASK, &mask, nullptr);
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  plan.started = static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
  execve(plan.program, plan.argv, plan.envp);
  plan.exec_error = errno;
  _exit(127);
}

std::vector<Descriptor> receive_counters(int socket, std::size_t expected) {
  std::vector<Descriptor> counters;
  if (expected == 0) return counters;
  Message message(expected);
  if (recvmsg(socket, &message.header, MSG_CMSG_CLOEXEC) < 0) return counters;
  const cmsghdr* const control = CMSG_FIRSTHDR(&message.header);
  if (!control || control->cmsg_type != SCM_RIGHTS) return counters;
  // Fewer than were sent come through when this process may open no more files.
  const std::size_t received = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
  std::array<int, kMostCounters> descriptors{};
  std::memcpy(descriptors.data(), CMSG_DATA(control), received * sizeof(int));
  for (std::size_t i = 0; i < received; ++i) counters.emplace_back(descriptors[i]);
  return counters;
}

}  // namespace

Child start_child(ChildPlan& plan) {
  static const Stack stack;
  if (plan.counters.size() > kMostCounters) {
    throw UserError(Trouble::usage, fmt::format("{} events are too many for one sample: ask for at most {}",
                                                plan.counters.size(), kMostCounters));
  }
  plan.open_errors.assign(plan.counters.size(), 0);
  plan.alone.assign(plan.counters.size(), 0);
  Start start{&plan, -1};
  Descriptor ours, theirs;
  if (!plan.counters.empty()) {
    std::array<int, 2> pair{};
    if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair.data()) != 0) give_up("socketpair");
    ours = Descriptor(pair[0]);
    theirs = Descriptor(pair[1]);
    start.socket = theirs.get();
  }
  Child child;
  child.pid = clone(child_main, stack.top(), CLONE_VM | CLONE_VFORK | SIGCHLD, &start);
  if (child.pid < 0) give_up("clone");
  if (plan.place_error != 0) {
    waitpid(child.pid, nullptr, 0);
    errno = plan.place_error;
    give_up("in its folder, on its CPUs, with its address space as asked");
  }
  if (plan.exec_error != 0) {
    waitpid(child.pid, nullptr, 0);
    return child;
  }
  std::size_t open_ones = 0;
  for (const int error : plan.open_errors) open_ones += error == 0 ? 1 : 0;
  child.counters = receive_counters(ours.get(), open_ones);
  if (child.counters.size() < open_ones) {
    std::size_t kept = 0;
    for (auto& error : plan.open_errors) {
      if (error == 0 && ++kept > child.counters.size()) error = EMFILE;
    }
  }
  return child;
}

}  // namespace countercheck
