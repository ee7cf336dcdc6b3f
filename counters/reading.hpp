#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "counters/absence.hpp"
#include "counters/source.hpp"

namespace countercheck {

enum class Unit { count, nanoseconds, bytes };
enum class Privilege { user_and_kernel, user, kernel };

std::string_view to_string(Unit unit);            // "count", "ns", "bytes"
std::string_view to_string(Privilege privilege);  // "user+kernel", "user", "kernel"
std::optional<Unit> unit_from(std::string_view name);
std::optional<Privilege> privilege_from(std::string_view name);

// What was counted on the cores of one type, in a machine that has several. Both times are in ns, summed over tasks.
struct CoreCount {
  std::string pmu{};                     // "cpu_core"
  std::optional<std::uint64_t> value{};  // empty: this PMU does not have the event
  std::uint64_t time_there = 0;          // that the tasks spent on cores of this type
  std::uint64_t time_running = 0;        // of it, with the counter on

  bool operator==(const CoreCount&) const = default;
};

// Several runs that another tool has made one value of: their mean. The runs themselves are not known.
struct Summary {
  std::optional<unsigned> runs{};          // empty: two or more, how many was not told
  std::optional<double> relative_error{};  // standard error of the mean over the mean; empty: not told

  bool operator==(const Summary&) const = default;
};

// One event in one sample: the raw value as the source gave it, or its absence. Nothing here is scaled, but what was
// imported may have been by the tool that it is from: there the times tell the coverage and nothing else.
// Times are the kernel's, in nanoseconds summed over the tasks that were counted; both are 0 for sources that are
// always on (rusage, clock).
struct Reading {
  std::string event{};
  Source source{};
  Unit unit = Unit::count;
  Privilege privilege = Privilege::user_and_kernel;
  std::variant<std::uint64_t, Absence> value{};
  std::uint64_t time_enabled = 0;
  std::uint64_t time_running = 0;
  unsigned group = 0;  // counters of the same number, from 1, were on at the same times in this sample; 0: on its own
  // Of a machine with several types of cores; the value and the times are their sums, and the value is never scaled:
  // what the event does in a moment on one type says nothing of a moment on another.
  std::vector<CoreCount> cores{};
  std::optional<Summary> summary{};  // set: `value` is no reading of one run but this, of an import

  bool operator==(const Reading&) const = default;
};

// The raw value, if one was taken.
std::optional<std::uint64_t> raw(const Reading& reading);

// The reason why there is no value, or null.
const Absence* absence(const Reading& reading);

// time running / time enabled, in [0, 1]; 1 for sources that are always on. Running longer than enabled (a clock
// skew of some nanoseconds between the two) is full coverage.
double coverage(const Reading& reading);

// The value over the whole enabled time: the raw value where coverage is full, else raw * enabled / running as
// perf_event_open(2) describes it, an estimate. What was imported is given as it is, scaled before; what was summed
// over types of cores too, and is then too low. Empty where there is no value.
std::optional<double> estimate(const Reading& reading);

}  // namespace countercheck
