#include "workloads/certify/scheduling.hpp"

#include <sched.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <vector>

#include "workloads/failure.hpp"
#include "workloads/region.h"

namespace countercheck::certify {
namespace {

std::vector<std::size_t> usable_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<std::size_t> cpus;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return cpus;
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &set)) cpus.push_back(cpu);
  }
  return cpus;
}

void move_to(std::size_t cpu) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(cpu, &one);
  if (sched_setaffinity(0, sizeof one, &one) != 0) throw workloads::Failure("the process may not choose its CPU");
}

std::uint64_t thread_time() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

struct Pipe {
  std::array<int, 2> ends{};
  Pipe() {
    if (pipe(ends.data()) != 0) throw workloads::Failure("no pipe can be made");
  }
};

}  // namespace

// On one CPU a process that reads from an empty pipe must give way to the one that will write to it, and that one the
// same on the way back: two switches an item, whichever of the two the scheduler prefers at the wake-up.
void ping_pong(const Work& work) {
  const auto cpus = usable_cpus();
  if (cpus.empty()) throw workloads::Failure("the CPUs that this process may use cannot be read");
  move_to(cpus.front());
  const Pipe there;
  const Pipe back;
  char ball = 'o';
  const pid_t partner = fork();
  if (partner < 0) throw workloads::Failure("no second process can be started");
  if (partner == 0) {
    close(there.ends[1]);
    while (read(there.ends[0], &ball, 1) == 1 && write(back.ends[1], &ball, 1) == 1) {
    }
    _exit(0);
  }
  const auto round = [&] {
    if (write(there.ends[1], &ball, 1) != 1 || read(back.ends[0], &ball, 1) != 1) {
      throw workloads::Failure("the second process is gone");
    }
  };
  round();  // it is there, and waits
  countercheck_region_begin();
  for (std::uint64_t i = 0; i < work.items; ++i) round();
  // In the region, because getrusage(2) adds the partner's switches when it has been waited for.
  close(there.ends[1]);
  waitpid(partner, nullptr, 0);
  countercheck_region_end(work.items);
}

void nap(const Work& work) {
  const timespec pause{.tv_sec = 0, .tv_nsec = 20'000};
  nanosleep(&pause, nullptr);
  countercheck_region_begin();
  for (std::uint64_t i = 0; i < work.items; ++i) nanosleep(&pause, nullptr);
  countercheck_region_end(work.items);
}

void migrate(const Work& work) {
  const auto cpus = usable_cpus();
  if (cpus.size() < 2) throw workloads::Failure("there is only one CPU that this process may use");
  move_to(cpus[0]);
  countercheck_region_begin();
  for (std::uint64_t i = 1; i <= work.items; ++i) move_to(cpus[i % 2]);
  countercheck_region_end(work.items);
}

void spin(const Work& work) {
  const std::uint64_t begin = thread_time();
  countercheck_region_begin();
  const std::uint64_t inside = thread_time();
  while (thread_time() - begin < work.items) {
  }
  const std::uint64_t end = thread_time();
  countercheck_region_end(end - inside);
}

}  // namespace countercheck::certify
