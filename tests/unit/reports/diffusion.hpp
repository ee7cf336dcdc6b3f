#pragma once

#include <array>
#include <string>
#include <vector>

#include "tests/unit/analysis/experiments.hpp"

// A comparison of three variants as a machine without cycle counters would give it; every figure is invented.
namespace countercheck::testing {

inline Sample diffusion_sample(std::size_t variant, unsigned round) {
  constexpr std::array<std::uint64_t, 3> kTime{1'210'000'000, 742'000'000, 398'000'000};
  constexpr std::array<std::uint64_t, 3> kInstructions{12'100'000'000, 10'900'000'000, 3'800'000'000};
  constexpr std::array<std::uint64_t, 3> kReferences{402'000'000, 298'000'000, 131'000'000};
  constexpr std::array<std::uint64_t, 3> kMisses{61'200'000, 40'100'000, 26'300'000};
  constexpr std::array<std::uint64_t, 3> kFaults{204'911, 20'503, 12};
  constexpr std::array<std::uint64_t, 3> kSwitches{4, 2, 1};
  const std::uint64_t noise = (std::uint64_t{round} * 7 + variant * 3) % 5;  // 0 to 4, each once in five rounds
  const std::uint64_t time = kTime[variant] + kTime[variant] / 400 * noise;
  Sample sample =
      sample_of(variant, round,
                {absent("cycles", AbsenceReason::no_pmu, "this machine shows no PMU to its guests"),
                 counted("instructions", kInstructions[variant] + noise, Source::sim),
                 counted("cache-references", kReferences[variant], Source::sim),
                 counted("cache-misses", kMisses[variant] + 10'000 * noise, Source::sim),
                 timed("task-clock", time, Source::kernel), counted("page-faults", kFaults[variant], Source::kernel),
                 counted("context-switches", kSwitches[variant] + noise % 2, Source::kernel), timed("wall-time", time),
                 timed("user-time", time - 20'000'000, Source::rusage),
                 timed("system-time", 20'000'000, Source::rusage), sized("peak-rss", 33'554'432)});
  sample.region_entries = 1;
  sample.work_items = 104'857'600;
  sample.digest = {3.38, std::uint64_t{1'048'576}};
  return sample;
}

inline Experiment diffusion(unsigned rounds = 5) {
  Experiment experiment =
      experiment_of(Kind::comparison, {"contiguous", "in-place", "roll-add"},
                    {"cycles", "instructions", "cache-references", "cache-misses", "task-clock", "page-faults",
                     "context-switches", "wall-time", "user-time", "system-time", "peak-rss"},
                    rounds);
  experiment.problem = "1024 x 1024 doubles, 100 steps, 1 thread";
  experiment.work_item = "cell update";
  experiment.region = true;
  experiment.variants[0].scheme = "numpy";
  experiment.variants[1].scheme = "numpy + memory";
  experiment.variants[2].scheme = "numpy + memory + laplacian";
  for (unsigned round = 0; round < rounds; ++round) {
    for (std::size_t variant = 0; variant < 3; ++variant) {
      experiment.samples.push_back(diffusion_sample(variant, round));
    }
  }
  return experiment;
}

}  // namespace countercheck::testing
