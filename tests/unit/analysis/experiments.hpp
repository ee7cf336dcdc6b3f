#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "experiment/results.hpp"

// Experiments made by hand, for the tests of analysis and of reports.
namespace countercheck::testing {

inline Reading counted(std::string event, std::uint64_t value, Source source = Source::pmu,
                       Privilege privilege = Privilege::user_and_kernel) {
  return {.event = std::move(event),
          .source = source,
          .unit = Unit::count,
          .privilege = privilege,
          .value = value,
          .time_enabled = 1000,
          .time_running = 1000};
}

inline Reading timed(std::string event, std::uint64_t nanoseconds, Source source = Source::clock) {
  return {.event = std::move(event),
          .source = source,
          .unit = Unit::nanoseconds,
          .privilege = Privilege::user_and_kernel,
          .value = nanoseconds,
          .time_enabled = 0,
          .time_running = 0};
}

inline Reading sized(std::string event, std::uint64_t bytes) {
  return {.event = std::move(event),
          .source = Source::rusage,
          .unit = Unit::bytes,
          .privilege = Privilege::user_and_kernel,
          .value = bytes,
          .time_enabled = 0,
          .time_running = 0};
}

inline Reading absent(std::string event, AbsenceReason reason, std::string sentence) {
  return {.event = std::move(event),
          .source = Source::pmu,
          .unit = Unit::count,
          .privilege = Privilege::user_and_kernel,
          .value = Absence{reason, std::move(sentence)},
          .time_enabled = 0,
          .time_running = 0};
}

// The same reading, on the counter for `running` of `enabled` ns only.
inline Reading multiplexed(Reading reading, std::uint64_t running, std::uint64_t enabled) {
  reading.time_running = running;
  reading.time_enabled = enabled;
  return reading;
}

inline Sample sample_of(std::size_t variant, unsigned round, std::vector<Reading> readings) {
  Sample sample;
  sample.variant = variant;
  sample.round = round;
  sample.readings = std::move(readings);
  return sample;
}

inline Experiment experiment_of(Kind kind, std::vector<std::string> variants, std::vector<std::string> events,
                                unsigned rounds) {
  Experiment experiment;
  experiment.kind = kind;
  experiment.title = kind == Kind::stat ? "./a.out" : "diffusion";
  experiment.rounds = rounds;
  experiment.events = std::move(events);
  for (std::string& name : variants)
    experiment.variants.push_back({.name = std::move(name), .scheme = "", .stresses = "", .command = {}});
  return experiment;
}

}  // namespace countercheck::testing
