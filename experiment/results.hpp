#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "counters/passports/meaning.hpp"
#include "counters/reading.hpp"
#include "experiment/machine.hpp"

namespace countercheck {

// What a sample computed, part by part: exact values are compared to the last bit, real ones with a tolerance.
using Digest = std::vector<std::variant<std::uint64_t, double>>;

// How the process of one sample ended. Only a completed sample is used in figures; the others are kept and told.
enum class Ending {
  completed,    // exit status 0, or a non-zero one that was allowed
  failed,       // status: its exit status
  signalled,    // status: the signal's number
  timed_out,    // status: the limit in milliseconds
  not_started,  // status: errno of the exec
  interrupted,  // status: the signal that countercheck itself was sent
};

// What a sample's readings come from: the run itself, or a run of its own under the simulator. The two are never mixed
// in one figure.
enum class Pass { measured, simulated };

// What a simulated sample tells of each thread of each process, the rest being in its readings.
struct SimulatedThread {
  unsigned thread = 0;  // from 1
  std::uint64_t instructions = 0;
  std::uint64_t last_level_misses = 0;

  bool operator==(const SimulatedThread&) const = default;
};
struct SimulatedProcess {
  std::uint64_t pid = 0;
  unsigned image = 0;     // how many programs the process had exec'd before this one
  std::string program{};  // path
  std::vector<SimulatedThread> threads{};

  bool operator==(const SimulatedProcess&) const = default;
};

// One execution of one variant in one process.
struct Sample {
  std::size_t variant = 0;  // index into Experiment::variants
  unsigned round = 0;       // from 0; warm-up rounds are counted apart, from 0 too
  bool warm_up = false;     // kept, and used in no figure
  unsigned layout = 0;      // the perturbation it ran under, below Plan::layouts
  Pass pass = Pass::measured;
  unsigned event_pass = 0;    // index into Experiment::event_passes, where it has any
  std::uint64_t started = 0;  // ns since the experiment began
  std::uint64_t lasted = 0;   // ns from the start of its program to its end
  Ending ending = Ending::completed;
  int status = 0;
  std::uint64_t region_entries = 0;
  std::optional<std::uint64_t> work_items{};  // of the region, where the program told
  Digest digest{};
  std::vector<Reading> readings{};            // one for each of Experiment::events, in that order
  std::vector<SimulatedProcess> processes{};  // of a simulated sample

  bool operator==(const Sample&) const = default;
};

// A simulated run that does fewer of the steps than a measured one, all steps being alike.
struct ShortRun {
  std::vector<std::string> command{};  // argv
  std::uint64_t steps = 0;             // that it does
  std::uint64_t of = 0;                // that a measured run does

  bool operator==(const ShortRun&) const = default;
};

// A parameter of the problem and its value here, as they were written: "size", "512".
struct Parameter {
  std::string name{};
  std::string value{};

  auto operator<=>(const Parameter&) const = default;
};

// One implementation of the job.
struct Variant {
  std::string name{};
  std::string scheme{};                    // what the book calls it; may be empty
  std::string stresses{};                  // one sentence on what it stresses; may be empty
  std::vector<std::string> command{};      // argv
  std::optional<ShortRun> simulated{};     // empty: simulated as it is measured
  std::vector<Parameter> parameters{};     // of a scan: only variants of equal parameters are compared
  std::optional<std::size_t> again{};      // the variant that this one is a second measurement of (the A/A arm)
  std::vector<std::string> environment{};  // "NAME=value", added to what the others have
  std::string folder{};                    // working directory; empty: ours
  std::string revision{};                  // of the source it was built from, as git names it; empty: not told
  std::string setup{};                     // shell commands: once before its first sample,
  std::string prepare{};                   // before each of them,
  std::string cleanup{};                   // once after its last; empty: none
  unsigned threads = 0;                    // that it is said to run at once; 0: not told

  bool operator==(const Variant&) const = default;
};

// The machine that was simulated, and how.
struct Simulation {
  std::string engine{};               // "countercheck's tool on Valgrind 3.19.0"
  std::string machine{};              // "book"
  std::string caches{};               // "L1d 32 KiB 8-way, ..."
  std::vector<std::string> notes{};   // where that is not the machine asked for, or not known; a sentence each
  std::vector<std::string> pinned{};  // variables of the environment that were set for it: "PYTHONHASHSEED=0"
  bool scaled = false;                // counts of a ShortRun are multiplied by of / steps where they are shown

  bool operator==(const Simulation&) const = default;
};

// What was run: one command counted in the manner of perf stat, or several variants beside each other.
enum class Kind { stat, comparison };

// How the turns of a round follow each other.
enum class Order {
  balanced,    // each variant comes as often at each place and after each other one
  sequential,  // all samples of one variant, then all of the next: what others do, to show the difference
};

// In what order samples are taken, and under what.
struct Plan {
  Order order = Order::balanced;
  std::uint64_t seed = 0;           // of all that is drawn
  unsigned warm_up = 0;             // rounds before the first that counts
  unsigned layouts = 1;             // perturbations of the memory layout that the rounds are spread over
  std::optional<double> seconds{};  // the time after which no round begins; empty: no limit
  bool stops_early = false;         // as soon as everything asked is decided
  std::string cpus{};               // that the samples were bound to, as in "2-3,8"; empty: not bound
  bool randomised = true;           // address space layout randomisation was on

  bool operator==(const Plan&) const = default;
};

// What was stated before the first sample, and is judged after the last.
struct Terms {
  double tolerance = 0.01;                  // a ratio within it of 1 is called equal
  double confidence = 0.95;                 // of all intervals together
  std::vector<std::string> expectations{};  // as written

  bool operator==(const Terms&) const = default;
};

// The load of the machine (proc(5), /proc/loadavg), each time over the minute before.
struct Load {
  double before = 0;  // the first sample
  double after = 0;   // the last one, which is in it
  std::size_t cpus = 0;

  bool operator==(const Load&) const = default;
};

// Everything that was asked, where it ran, and every sample in the order of time.
struct Experiment {
  std::string tool_version{};
  Kind kind = Kind::stat;
  std::string title{};      // "diffusion", or the command line
  std::string problem{};    // "1024 x 1024 doubles, 100 iterations, 1 thread"; may be empty
  std::string work_item{};  // "cell update"; may be empty
  bool region = false;      // the marked region was counted, not the whole process
  unsigned rounds = 1;      // planned
  Plan plan{};
  Terms terms{};
  std::string began{};  // UTC, ISO 8601
  Machine machine{};
  std::optional<Simulation> simulation{};  // empty: nothing was simulated
  std::vector<Variant> variants{};
  std::size_t baseline = 0;  // index into variants
  std::vector<std::string>
      events{};  // names as asked; where anything was measured, then wall-time, user-time, system-time, peak-rss
  // Where not all counters fit on the PMU at once: the names of those that were opened together, pass by pass. Each
  // round has a sample of every variant for every pass; what needs no counter of the PMU is read in all of them.
  std::vector<std::vector<std::string>> event_passes{};
  std::string
      anchor{};  // of them, the event that every pass has, as far as there was a counter left for it; may be empty
  std::vector<Meaning> meanings{};   // of the events that a PMU counted, where the machine's passports tell
  std::vector<std::string> notes{};  // what the reader must know about how it was run, a sentence each
  std::optional<Load> load{};        // empty: not known
  std::vector<Sample> samples{};

  bool operator==(const Experiment&) const = default;
};

// Samples that each variant has in a round: one for each pass over the events.
inline unsigned samples_in_round(const Experiment& experiment) {
  return experiment.event_passes.empty() ? 1 : static_cast<unsigned>(experiment.event_passes.size());
}

}  // namespace countercheck
