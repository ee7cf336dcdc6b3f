#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "counters/countable.hpp"
#include "counters/descriptor.hpp"
#include "counters/pass_plan.hpp"
#include "experiment/captured_output.hpp"
#include "experiment/layouts.hpp"
#include "experiment/papi_count.hpp"
#include "experiment/pass_counters.hpp"
#include "experiment/results.hpp"
#include "experiment/signals.hpp"

namespace countercheck {

// How every sample of an experiment is taken.
struct LaunchSettings {
  std::vector<Countable> countables;
  PassPlan plan{};             // which counters are opened together; no pass: each on its own, all at once
  bool region = false;         // count between the program's marks, not from exec to exit
  bool show_output = false;    // let the program write where countercheck writes
  bool allow_failure = false;  // a non-zero exit status is no failure
  std::string input = "/dev/null";
  std::optional<std::chrono::nanoseconds> timeout{};
  std::vector<unsigned> cpus{};  // that the program is bound to; empty: those we may use
  bool randomised = true;        // let the kernel choose where its memory lies
  bool leave_running = false;    // do not end what it left behind
};

// What one program finds otherwise than another.
struct Surroundings {
  std::vector<std::string> environment{};  // "NAME=value", added to what we have, or in place of it
  std::string folder{};                    // working directory; empty: ours
  std::optional<Layout> layout{};          // empty: no perturbation
};

// What we have in our environment, without the variable of the marks, which is not for our children.
std::vector<std::string> inherited_variables();

// Adds variables, or puts them in the place of those of their names.
void set_variables(std::vector<std::string>& variables, const std::vector<std::string>& added);

// Runs one process at a time under counters. The child opens the counters on itself before it execs, so that they
// belong to the task that runs the program: inherit then covers its threads and children, and the marks' prctl(2)
// finds them. The descriptors come back over a socket (SCM_RIGHTS). The child shares our memory until it execs, as in
// posix_spawn(3): no page table is copied. What PAPI is to count is left to PapiCount, which needs the child stopped,
// as does a layout.
//
// The environment, with the arguments, is filled up to a multiple of 16 KiB, so that the stack of every program begins
// as far from its end, whatever variables are set and however long its name is.
class Launcher {
 public:
  explicit Launcher(LaunchSettings settings);
  Launcher(const Launcher&) = delete;  // its passes point to its countables
  Launcher& operator=(const Launcher&) = delete;

  // The sample of one run of this command in one pass of the plan: its ending and a reading for each countable; absent
  // where none was taken. `program` is the path of the executable, found beforehand. Throws UserError when the system
  // refuses even the descriptors for a launch.
  Sample launch(const std::string& program, const std::vector<std::string>& command, unsigned pass = 0,
                const Surroundings& surroundings = {});

  // The same in an environment of the caller's making, from variables() and others; the entry of the marks is filled
  // in.
  Sample launch_with(const std::string& program, const std::vector<std::string>& command,
                     const std::vector<std::string>& variables, const std::string& folder = "");

  // What a launched program finds in its environment: what we have, and the marks where a region is counted.
  std::vector<std::string> variables() const;

  const Signals& signals() const { return signals_; }
  CapturedOutput& output() { return output_; }

  // Whether the last sample left processes running, which were then ended.
  bool left_processes() const { return left_processes_; }

  // Why the heap and the mappings of the last sample stayed where they are, in one clause, although it had a layout.
  const std::optional<std::string>& not_moved() const { return not_moved_; }

 private:
  Sample launch_in(const std::string& program, const std::vector<std::string>& command, const PassCounters& counters,
                   const std::vector<std::string>& variables, const Surroundings& surroundings);
  std::uint64_t hold_at_exec(pid_t child, int trace_error, const std::optional<Layout>& layout);

  LaunchSettings settings_;
  std::vector<unsigned long> cpus_{};  // the mask, as sched_setaffinity(2) takes it; empty: not bound
  Signals signals_;
  CapturedOutput output_;
  Descriptor input_;
  Descriptor marks_;                   // takes the lines of the region's marks
  std::vector<PassCounters> passes_;   // one at least
  std::vector<Descriptor> kept_open_;  // see keep_events_known
  std::optional<PapiCount> papi_;      // where one of the countables is PAPI's
  bool left_processes_ = false;
  std::optional<std::string> not_moved_{};
};

}  // namespace countercheck
