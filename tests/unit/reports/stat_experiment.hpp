#pragma once

#include "tests/unit/analysis/experiments.hpp"

// Three runs of one command: the book's NumPy figures with a little noise, one event the CPU does not have, one event
// that was on for 62 % of the time in one run, one counted in user mode only.
namespace countercheck::testing {

inline Experiment stat_experiment() {
  Experiment experiment = experiment_of(Kind::stat, {"a.out"},
                                        {"cycles", "stalled-cycles-frontend", "instructions", "cache-references",
                                         "cache-misses", "branches", "task-clock", "page-faults", "cpu-migrations",
                                         "stalled-cycles-backend", "wall-time", "user-time", "system-time", "peak-rss"},
                                        3);
  for (unsigned round = 0; round < 3; ++round) {
    const std::uint64_t noise = round + 1;
    experiment.samples.push_back(sample_of(
        0, round,
        {counted("cycles", 10'184'811'718 + 5'000'000 * noise), counted("stalled-cycles-frontend", 4'435'850'419),
         counted("instructions", 15'165'151'842 + noise), counted("cache-references", 346'798'311),
         counted("cache-misses", 509'793 + 5'000 * noise),
         counted("branches", 3'506'887'927, Source::pmu, Privilege::user),
         timed("task-clock", 3'059'219'862, Source::kernel), counted("page-faults", 751'707, Source::kernel),
         counted("cpu-migrations", 1, Source::kernel),
         absent("stalled-cycles-backend", AbsenceReason::unsupported, "this CPU does not have the event"),
         timed("wall-time", 3'051'883'218 + 5'000'000 * noise), timed("user-time", 2'914'000'000, Source::rusage),
         timed("system-time", 147'000'000, Source::rusage), sized("peak-rss", 85'143'552)}));
  }
  experiment.samples[1].readings[3] = multiplexed(counted("cache-references", 215'014'952), 62, 100);
  experiment.notes = {"the output of the command is not shown: --show-output"};
  return experiment;
}

}  // namespace countercheck::testing
