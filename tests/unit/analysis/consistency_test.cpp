#include "analysis/consistency.hpp"

#include <gmock/gmock.h>

#include <functional>

#include "tests/unit/analysis/experiments.hpp"

namespace countercheck {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Two variants, three rounds: simulated misses and references, page faults on two types of cores, and the time.
Experiment consistent() {
  Experiment experiment = testing::experiment_of(Kind::comparison, {"a", "b"},
                                                 {"cache-references", "cache-misses", "cycles", "wall-time"}, 3);
  for (unsigned at = 0; at < 6; ++at) {
    Reading cycles = testing::counted("cycles", 70);
    cycles.cores = {{"cpu_core", 50, 500, 500}, {"cpu_atom", 20, 500, 500}};
    Sample sample = testing::sample_of(
        at % 2, at / 2,
        {testing::counted("cache-references", 20, Source::sim), testing::counted("cache-misses", 3, Source::sim),
         cycles, testing::timed("wall-time", 900)});
    sample.started = 10'000'000ULL * at;
    sample.lasted = 5'000'000;
    sample.digest = {std::uint64_t{7}, 0.5};
    experiment.samples.push_back(sample);
  }
  return experiment;
}

std::vector<std::string> after(const std::function<void(Experiment&)>& change) {
  Experiment experiment = consistent();
  change(experiment);
  return consistency_of(experiment).contradictions;
}

TEST(Consistency, OfWhatWasMeasuredIsComplete) {
  EXPECT_THAT(after([](Experiment&) {}), IsEmpty());
  EXPECT_THAT(consistency_of(Experiment{}).contradictions, IsEmpty());
}

TEST(Consistency, EveryTamperingIsNamedWithItsSample) {
  using E = Experiment;
  EXPECT_THAT(after([](E& e) { e.samples[2].readings[1].value = std::uint64_t{21}; }),
              ElementsAre("sample 3 (a, round 2): more cache-misses than cache-references"));
  EXPECT_THAT(after([](E& e) { e.samples[3].readings[2].value = std::uint64_t{71}; }),
              ElementsAre("sample 4 (b, round 2): cycles is not the sum over the types of cores"));
  EXPECT_THAT(after([](E& e) { e.samples[3].readings[2].time_running = 5'000'000; }),
              ElementsAre("sample 4 (b, round 2): cycles was counted for longer than its counter was open"));
  EXPECT_THAT(after([](E& e) { e.samples[5].readings[3].value = std::uint64_t{9'000'000}; }),
              ElementsAre("sample 6 (b, round 3): wall-time is longer than its process ran"));
  EXPECT_THAT(after([](E& e) { e.samples[4].started = 1; }),
              ElementsAre("sample 5 (a, round 3): it started before the sample that stands before it"));
  EXPECT_THAT(after([](E& e) { e.samples[4].started = 31'000'000; }),
              ElementsAre("sample 5 (a, round 3): it started while the sample before it was still running"));
  EXPECT_THAT(after([](E& e) { e.samples.erase(e.samples.begin() + 2); }),
              ElementsAre("a: there is no sample of round 2, but one of round 3"));
  EXPECT_THAT(after([](E& e) { e.samples[2].round = 0; }),
              Contains("sample 3 (a, round 1): its turn was taken before"));
  EXPECT_THAT(after([](E& e) { e.rounds = 2; }),
              Contains("sample 6 (b, round 3): its round is not one of the 2 that were planned"));
  EXPECT_THAT(after([](E& e) { std::swap(e.samples[1].readings[0], e.samples[1].readings[3]); }),
              Contains("sample 2 (b, round 1): a reading of wall-time stands in the place of cache-references"));
  EXPECT_THAT(after([](E& e) { e.samples[2].digest.pop_back(); }),
              ElementsAre("sample 3 (a, round 2): its digest has 1 parts, that of its first sample 2"));
}

TEST(Consistency, TheThreadsOfASimulationAddUp) {
  Experiment experiment = testing::experiment_of(Kind::stat, {"a"}, {"instructions"}, 1);
  experiment.samples = {testing::sample_of(0, 0, {testing::counted("instructions", 30, Source::sim)})};
  experiment.samples[0].pass = Pass::simulated;
  experiment.samples[0].processes = {{.pid = 1, .threads = {{1, 10, 0}, {2, 20, 0}}}};
  EXPECT_THAT(consistency_of(experiment).contradictions, IsEmpty());
  experiment.samples[0].processes[0].threads[1].instructions = 21;
  EXPECT_THAT(consistency_of(experiment).contradictions,
              ElementsAre("sample 1 (a, round 1): instructions is not the sum over its threads"));
}

TEST(Consistency, WhatHardwareMayHaveToldIsARemark) {
  Experiment experiment = testing::experiment_of(Kind::stat, {"a"}, {"cache-references", "cache-misses"}, 1);
  experiment.samples = {
      testing::sample_of(0, 0, {testing::counted("cache-references", 3), testing::counted("cache-misses", 20)})};
  const Consistency found = consistency_of(experiment);
  EXPECT_THAT(found.contradictions, IsEmpty());
  EXPECT_THAT(found.remarks, ElementsAre("sample 1 (a, round 1): more cache-misses than cache-references"));
}

}  // namespace
}  // namespace countercheck
