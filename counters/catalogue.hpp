#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "counters/reading.hpp"
#include "counters/usage.hpp"

namespace countercheck {

// An event by the name that perf gives it: a row of the one table of names.
struct NamedEvent {
  std::string_view name;
  std::string_view alias;     // a second name; may be empty
  std::string_view encoding;  // libpfm4's name without a modifier; empty for what needs no counter
  Source source;              // who counts it first: pmu, kernel, rusage, clock, or sim where nobody else can
  Unit unit;
  std::optional<UsageField> usage;  // the same count by rusage or a clock, where there is one
  bool in_kernel;                   // happens in the kernel only: a user-only counter would always read 0
  std::string_view meaning;         // one sentence
};

std::span<const NamedEvent> catalogue();

// By name or alias, ignoring case; null when there is none.
const NamedEvent* find_named_event(std::string_view name);

// What `stat` and `run` count unless told: the book's thirteen and major-faults, in the order they are shown.
std::span<const std::string_view> default_events();

// What every sample carries, whatever was asked: wall-time, user-time, system-time, peak-rss.
std::span<const std::string_view> constant_events();

}  // namespace countercheck
