#pragma once

#include "tests/unit/analysis/experiments.hpp"

// Two variants measured in two rounds by a PMU, and simulated once: 3 of 20 steps each. What nobody measured is in the
// last event. Figures lopsided on purpose.
namespace countercheck::testing {

inline Reading simulated(std::string event, std::uint64_t value) {
  return {.event = std::move(event), .source = Source::sim, .privilege = Privilege::user, .value = value};
}

inline Experiment scored(Kind kind = Kind::comparison) {
  Experiment experiment = experiment_of(
      kind, {"old", "new"}, {"instructions", "task-clock", "cache-references", "cache-misses", "wall-time"}, 2);
  experiment.simulation = Simulation{.engine = "countercheck's tool on Valgrind 3.19.0",
                                     .machine = "book",
                                     .caches = "L1d 32 KiB 8-way, L2 256 KiB 8-way",
                                     .pinned = {"PYTHONHASHSEED=0"}};
  constexpr std::uint64_t kTime[] = {900'000'000, 400'000'000};
  for (unsigned round = 0; round < 2; ++round) {
    for (std::size_t variant = 0; variant < 2; ++variant) {
      const std::uint64_t time = kTime[variant] + std::uint64_t{1'000'000} * round;
      experiment.samples.push_back(sample_of(
          variant, round,
          {counted("instructions", (variant == 0 ? 8'000 : 2'000) + round), timed("task-clock", time, Source::kernel),
           absent("cache-references", AbsenceReason::no_pmu, "no PMU"),
           absent("cache-misses", AbsenceReason::no_pmu, "no PMU"), timed("wall-time", time)}));
      experiment.samples.back().work_items = 20;
      experiment.samples.back().digest = {std::uint64_t{20}};
    }
  }
  for (std::size_t variant = 0; variant < 2; ++variant) {
    experiment.variants[variant].simulated = ShortRun{{"x"}, 3, 20};
    Sample sample = sample_of(variant, 0,
                              {simulated("instructions", variant == 0 ? 1'206 : 297),
                               absent("task-clock", AbsenceReason::unsupported, "the simulator does not tell it"),
                               simulated("cache-references", variant == 0 ? 300'000'000 : 90'000'000),
                               simulated("cache-misses", variant == 0 ? 60'000'000 : 9'000'000),
                               absent("wall-time", AbsenceReason::unsupported, "the simulator does not tell it")});
    sample.pass = Pass::simulated;
    sample.work_items = 3;
    sample.digest = {std::uint64_t{3}};
    sample.processes = {{.pid = 10 + variant, .program = "/bin/x", .threads = {{1, 1'000, 7}}}};
    experiment.samples.push_back(std::move(sample));
  }
  return experiment;
}

}  // namespace countercheck::testing
