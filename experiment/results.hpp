#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

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

// One execution of one variant in one process.
struct Sample {
  std::size_t variant = 0;    // index into Experiment::variants
  unsigned round = 0;         // from 0
  std::uint64_t started = 0;  // ns since the experiment began
  Ending ending = Ending::completed;
  int status = 0;
  std::uint64_t region_entries = 0;
  std::optional<std::uint64_t> work_items{};  // of the region, where the program told
  Digest digest{};
  std::vector<Reading> readings{};  // one for each of Experiment::events, in that order

  bool operator==(const Sample&) const = default;
};

// One implementation of the job.
struct Variant {
  std::string name{};
  std::string scheme{};                // what the book calls it; may be empty
  std::string stresses{};              // one sentence on what it stresses; may be empty
  std::vector<std::string> command{};  // argv

  bool operator==(const Variant&) const = default;
};

// What was run: one command counted in the manner of perf stat, or several variants beside each other.
enum class Kind { stat, comparison };

// Everything that was asked, where it ran, and every sample in the order of time.
struct Experiment {
  std::string tool_version{};
  Kind kind = Kind::stat;
  std::string title{};      // "diffusion", or the command line
  std::string problem{};    // "1024 x 1024 doubles, 100 iterations, 1 thread"; may be empty
  std::string work_item{};  // "cell update"; may be empty
  bool region = false;      // the marked region was counted, not the whole process
  unsigned rounds = 1;      // planned
  std::string began{};      // UTC, ISO 8601
  Machine machine{};
  std::vector<Variant> variants{};
  std::size_t baseline = 0;           // index into variants
  std::vector<std::string> events{};  // names as asked, then wall-time, user-time, system-time, peak-rss
  std::vector<std::string> notes{};   // what the reader must know about how it was run, a sentence each
  std::vector<Sample> samples{};

  bool operator==(const Experiment&) const = default;
};

}  // namespace countercheck
