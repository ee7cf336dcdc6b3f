#pragma once

#include <linux/perf_event.h>
#include <signal.h>
#include <sys/types.h>

#include <cstdint>
#include <span>
#include <vector>

#include "counters/descriptor.hpp"

namespace countercheck {

// Everything the child does between its birth and exec, laid out by the parent beforehand: the two share memory, so
// the child allocates nothing, takes no lock, and its answers are simply read here.
struct ChildPlan {
  const char* program = nullptr;
  char* const* argv = nullptr;
  char* const* envp = nullptr;
  const sigset_t* mask = nullptr;
  std::span<const perf_event_attr> counters;
  std::span<const int> leaders;  // one for each counter: the index of its group's first, before it; -1: itself
  int input = -1;
  int output = -1;                      // -1: keep the parent's standard output and error
  int marks = -1;                       // -1: no region
  int handshake = -1;                   // -1: no mark waits for an answer
  bool stop_at_exec = false;            // ask to be stopped there by the parent (PTRACE_TRACEME)
  const char* folder = nullptr;         // to be in; null: ours
  std::span<const unsigned long> cpus;  // a mask of the CPUs to be bound to; empty: as we are
  bool randomised = true;               // let the kernel choose where its memory lies
  char* task_digits = nullptr;          // ten digits within the environment that take the child's task number

  // Answers.
  int exec_error = 0;            // 0: it runs
  std::vector<int> open_errors;  // one for each counter, 0 when it is open
  std::vector<char> alone;       // one for each counter, 1 where it was opened outside its group
  int trace_error = 0;           // errno of the request to be stopped
  int place_error = 0;           // errno of what put it on its CPUs, in its folder or out of randomisation
  std::uint64_t started = 0;     // ns of CLOCK_MONOTONIC, just before exec
};

struct Child {
  pid_t pid = -1;
  std::vector<Descriptor> counters;  // one for each that is open, in order
};

// Starts the child and returns once it has exec'd or failed to (plan.exec_error; it is then reaped already). The
// signals of `plan.mask` must be blocked more widely here than there. Throws UserError when no child can be made.
Child start_child(ChildPlan& plan);

}  // namespace countercheck
