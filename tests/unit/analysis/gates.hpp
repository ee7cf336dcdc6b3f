#pragma once

#include <random>

#include "analysis/gate.hpp"
#include "tests/unit/analysis/simulated.hpp"

// Runs made by hand for the tests of the gate and of its reports.
namespace countercheck::testing {

// What a gate finds in one event of one side.
struct Counts {
  std::uint64_t value = 0;
  std::uint64_t noise = 0;  // at most so much more, by chance
};

// Twenty rounds of a baseline, a candidate and the baseline again, and one simulation of each: the candidate has five
// page faults for every four, nine instructions for every ten, and takes as long as the baseline, give or take.
struct GateRunSpec {
  Counts faults[3] = {{1204, 0}, {1505, 0}, {1204, 0}};
  Counts time[3] = {{210'000'000, 9'000'000}, {207'000'000, 9'000'000}, {210'000'000, 9'000'000}};
  std::uint64_t instructions[3] = {481'220, 433'098, 481'220};
  bool simulated = true;
  unsigned rounds = 20;
};

inline Experiment gate_run(const GateRunSpec& spec = {}) {
  Experiment experiment =
      experiment_of(Kind::comparison, {"baseline", "candidate", "baseline again"},
                    {"instructions", "page-faults", "wall-time", "peak-rss", "cache-misses"}, spec.rounds);
  experiment.variants[2].again = 0;
  std::mt19937_64 random(4711);
  const auto some = [&](const Counts& counts) {
    return counts.value + (counts.noise > 0 ? random() % counts.noise : 0);
  };
  for (unsigned round = 0; round < spec.rounds; ++round) {
    for (std::size_t variant = 0; variant < 3; ++variant) {
      experiment.samples.push_back(
          sample_of(variant, round,
                    {absent("instructions", AbsenceReason::no_pmu, "this machine shows no PMU"),
                     counted("page-faults", some(spec.faults[variant]), Source::kernel),
                     timed("wall-time", some(spec.time[variant])), sized("peak-rss", 3 << 20),
                     absent("cache-misses", AbsenceReason::no_pmu, "this machine shows no PMU")}));
    }
  }
  if (!spec.simulated) return experiment;
  experiment.simulation = Simulation{.engine = "countercheck's tool on Valgrind 3.19.0",
                                     .machine = "book",
                                     .caches = "L1d 32 KiB 8-way, L2 256 KiB 8-way"};
  for (std::size_t variant = 0; variant < 3; ++variant) {
    const Absence not_told{AbsenceReason::unsupported, "the simulator does not tell it"};
    Sample sample = sample_of(variant, 0, {simulated("instructions", spec.instructions[variant])});
    for (const char* event : {"page-faults", "wall-time", "peak-rss", "cache-misses"}) {
      sample.readings.push_back(absent(event, not_told.reason, not_told.sentence));
    }
    sample.pass = Pass::simulated;
    experiment.samples.push_back(std::move(sample));
  }
  return experiment;
}

inline Gate gate_of(const Experiment& run, GateTerms terms = {}) {
  terms.baseline = "HEAD~1 (1a2b3c4d5e6f: Read the file twice)";
  terms.candidate = "HEAD (6f5e4d3c2b1a: Read the file at once)";
  terms.how = {"each revision built with 'make app' and run as './app data'"};
  return decide(matches_of_run(run), terms);
}

}  // namespace countercheck::testing
