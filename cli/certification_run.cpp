#include "cli/certification_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/certification.hpp"
#include "cli/progress.hpp"
#include "cli/truth_catalogue.hpp"

namespace countercheck {

CertificationRun::CertificationRun(std::vector<Candidate> candidates, unsigned rounds)
    : candidates_(std::move(candidates)),
      rounds_(rounds),
      machine_(this_machine()),
      program_(truth_program()),
      kernels_(read_truth_catalogue()) {}

Course CertificationRun::run() {
  Course whole;
  std::vector<const Candidate*> shared;
  for (const Candidate& candidate : candidates_) {
    if (candidate.countable.source() != Source::pmu) shared.push_back(&candidate);
  }
  if (!shared.empty()) whole = measure(shared);
  for (const Candidate& candidate : candidates_) {
    if (whole.interrupted_by != 0) break;
    if (candidate.countable.source() == Source::pmu) whole = measure({&candidate});
  }
  return whole;
}

void CertificationRun::note(std::string sentence) {
  if (std::find(notes_.begin(), notes_.end(), sentence) == notes_.end()) notes_.push_back(std::move(sentence));
}

// The kernel's command at one of its sizes; empty where it cannot run here.
std::vector<std::string> CertificationRun::command(const TruthKernel& kernel, bool many) {
  std::vector<std::string> words = {program_, kernel.name, std::to_string(many ? kernel.many : kernel.few)};
  if (kernel.cache.empty()) return words;
  const std::uint64_t bytes = working_set(machine_.caches, kernel.cache);
  if (bytes == 0) {
    note(
        fmt::format("'{}' did not run: this machine tells no {} several times as large as the cache above it, so "
                    "that level is not told from its neighbours",
                    kernel.name, kernel.cache));
    return {};
  }
  words.push_back(std::to_string(bytes));
  return words;
}

Course CertificationRun::measure(const std::vector<const Candidate*>& together) {
  Experiment experiment{.kind = Kind::comparison, .title = "certify", .region = true, .rounds = rounds_};
  LaunchSettings settings;
  settings.region = true;
  for (const Candidate* candidate : together) {
    settings.countables.push_back(candidate->countable);
    experiment.events.push_back(candidate->countable.event.name);
  }
  std::vector<std::pair<std::size_t, bool>> what;  // of each variant: its kernel, and whether it is the larger size
  for (std::size_t i = 0; i < kernels_.size(); ++i) {
    const bool tells = std::any_of(together.begin(), together.end(), [&](const Candidate* candidate) {
      return tells_of(kernels_[i], candidate->claims);
    });
    for (const bool many : {false, true}) {
      const auto words = tells ? command(kernels_[i], many) : std::vector<std::string>();
      if (words.empty()) continue;
      experiment.variants.push_back({.name = kernels_[i].name, .command = words});
      what.emplace_back(i, many);
    }
  }
  Progress progress(false);
  const auto programs = find_programs(experiment.variants);
  Chores chores(experiment);
  const Course course =
      run_experiment(experiment, programs, std::move(settings), {.observer = progress, .chores = chores});
  for (std::size_t event = 0; event < together.size(); ++event) {
    std::vector<TruthReading> readings;
    for (const Sample& sample : experiment.samples) {
      if (sample.ending != Ending::completed || event >= sample.readings.size()) continue;
      readings.push_back({.kernel = what[sample.variant].first,
                          .many = what[sample.variant].second,
                          .items = sample.work_items.value_or(0),
                          .reading = sample.readings[event]});
    }
    judge(*together[event], readings);
  }
  return course;
}

void CertificationRun::judge(const Candidate& candidate, const std::vector<TruthReading>& readings) {
  const std::string& name = candidate.countable.event.name;
  auto stamp = certify(name, candidate.claims, kernels_, readings);
  if (stamp) return stamps_.push_back(std::move(*stamp));
  for (const TruthReading& one : readings) {
    const Absence* const why = absence(one.reading);
    if (!why) continue;
    unjudged_.push_back(fmt::format("{}: {}", name, why->sentence));
    return;
  }
  unjudged_.push_back(fmt::format("{}: {}", name,
                                  candidate.claims.empty() ? "it counts nothing that these kernels make a known "
                                                             "number of"
                                                           : "the kernels that would tell could not run here"));
}

}  // namespace countercheck
