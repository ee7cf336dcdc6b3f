#include "analysis/matches.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "counters/user_error.hpp"
#include "experiment/points.hpp"

namespace countercheck {
namespace {

// The variants that are compared: not the second measurements.
std::vector<std::size_t> firsts_of(const Experiment& experiment) {
  std::vector<std::size_t> firsts;
  for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) {
    if (!experiment.variants[variant].again) firsts.push_back(variant);
  }
  return firsts;
}

std::string names_of(const Experiment& experiment) {
  std::vector<std::string> names;
  for (const std::size_t variant : firsts_of(experiment)) names.push_back(full_name(experiment.variants[variant]));
  return fmt::format("{}", fmt::join(names, ", "));
}

// "size 512" and "kind wide" of a variant with these parameters; the variant itself may be one of them.
std::string name_of(const Variant& variant) {
  std::string name = variant.name;
  for (const auto& parameter : variant.parameters) name += fmt::format(", {} {}", parameter.name, parameter.value);
  return name;
}

using Pairing = std::vector<std::pair<std::size_t, std::size_t>>;

Pairing pair_variants(const Experiment& baseline, const Experiment& candidate, std::vector<std::string>& notes) {
  Pairing pairs;
  const auto ours = firsts_of(baseline);
  const auto theirs = firsts_of(candidate);
  if (ours.size() == 1 && theirs.size() == 1) return {{ours.front(), theirs.front()}};
  const auto is_like = [](const Variant& a, const Variant& b) {
    return a.name == b.name && a.parameters == b.parameters;
  };
  const auto has = [&](const Experiment& experiment, const std::vector<std::size_t>& among, const Variant& like) {
    const auto found = std::find_if(among.begin(), among.end(),
                                    [&](std::size_t variant) { return is_like(experiment.variants[variant], like); });
    return found == among.end() ? std::optional<std::size_t>() : *found;
  };
  for (const std::size_t variant : ours) {
    if (const auto same = has(candidate, theirs, baseline.variants[variant])) {
      pairs.emplace_back(variant, *same);
    } else {
      notes.push_back(fmt::format("only the baseline has {}", full_name(baseline.variants[variant])));
    }
  }
  for (const std::size_t variant : theirs) {
    const Variant& one = candidate.variants[variant];
    if (!has(baseline, ours, one)) notes.push_back(fmt::format("only the candidate has {}", full_name(one)));
  }
  if (!pairs.empty()) return pairs;
  throw UserError(Trouble::usage,
                  fmt::format("the two sides have no variant of the same name: the baseline has {}, the candidate {}",
                              names_of(baseline), names_of(candidate)));
}

void refuse_unlike(const Experiment& baseline, const Experiment& candidate) {
  if (baseline.region != candidate.region) {
    throw UserError(
        Trouble::usage,
        fmt::format("of the {} a marked region was counted and of the {} the whole process: "
                    "count the same of both",
                    baseline.region ? "baseline" : "candidate", baseline.region ? "candidate" : "baseline"));
  }
  if (baseline.problem == candidate.problem) return;
  throw UserError(Trouble::usage,
                  fmt::format("the two sides are of different problems: {}; {}", baseline.problem, candidate.problem));
}

unsigned rounds_in(const Experiment& experiment) {
  unsigned rounds = 0;
  for (const Sample& sample : experiment.samples) rounds = std::max(rounds, sample.round + 1);
  return rounds;
}

// Takes variants and their samples from two experiments into one.
class Merger {
 public:
  Merger(const Experiment& baseline, const Experiment& candidate) : baseline_(baseline), candidate_(candidate) {
    whole_ = baseline;
    whole_.kind = Kind::comparison;
    whole_.variants.clear();
    whole_.samples.clear();
    whole_.baseline = 0;
    for (const auto& event : candidate.events) {
      if (place_of_event(event) == whole_.events.size()) whole_.events.push_back(event);
    }
    for (const auto& note : candidate.notes) {
      const auto& notes = whole_.notes;
      if (std::find(notes.begin(), notes.end(), note) == notes.end()) whole_.notes.push_back(note);
    }
    if (!whole_.simulation) whole_.simulation = candidate.simulation;
    // A pass over the events of one run says nothing of the other's.
    if (baseline.event_passes != candidate.event_passes) whole_.event_passes.clear();
  }

  Experiment merge(std::size_t variant, std::size_t other) {
    take(baseline_, variant, "baseline", 0);
    take(candidate_, other, "candidate", rounds_in(baseline_));
    for (std::size_t again = 0; again < baseline_.variants.size(); ++again) {
      if (baseline_.variants[again].again != variant) continue;
      take(baseline_, again, "baseline again", 0);
      whole_.variants.back().again = 0;
      break;
    }
    return std::move(whole_);
  }

 private:
  std::size_t place_of_event(const std::string& event) const {
    return static_cast<std::size_t>(std::find(whole_.events.begin(), whole_.events.end(), event) -
                                    whole_.events.begin());
  }

  void take(const Experiment& from, std::size_t variant, const char* name, unsigned first_round) {
    whole_.variants.push_back(from.variants[variant]);
    whole_.variants.back().name = name;
    whole_.variants.back().parameters.clear();
    for (const Sample& sample : from.samples) {
      if (sample.variant != variant) continue;
      Sample moved = sample;
      moved.variant = whole_.variants.size() - 1;
      if (sample.pass == Pass::measured) moved.round += first_round;
      moved.readings.clear();
      for (const auto& event : whole_.events) moved.readings.push_back(reading(from, sample, event));
      whole_.samples.push_back(std::move(moved));
    }
  }

  static Reading reading(const Experiment& from, const Sample& sample, const std::string& event) {
    const auto found = std::find(from.events.begin(), from.events.end(), event);
    const auto at = static_cast<std::size_t>(found - from.events.begin());
    if (found != from.events.end() && at < sample.readings.size()) return sample.readings[at];
    return {.event = event, .value = Absence{AbsenceReason::no_sample, "it was not asked for on this side"}};
  }

  const Experiment& baseline_;
  const Experiment& candidate_;
  Experiment whole_{};
};

}  // namespace

std::vector<Match> matches_of_run(const Experiment& run) {
  std::vector<Match> matches;
  for (Experiment& point : split_by_parameters(run)) {
    Match match{.name = point.variants.empty() ? "" : parameters_text(point.variants.front().parameters)};
    const auto candidates = firsts_of(point);
    const auto found = std::find_if(candidates.begin(), candidates.end(),
                                    [&](std::size_t variant) { return variant != point.baseline; });
    if (found == candidates.end()) continue;
    match.candidate = *found;
    match.experiment = std::move(point);
    matches.push_back(std::move(match));
  }
  return matches;
}

std::vector<Match> matches_of_files(const Experiment& baseline, const Experiment& candidate) {
  refuse_unlike(baseline, candidate);
  std::vector<std::string> notes;
  std::vector<Match> matches;
  for (const auto& [ours, theirs] : pair_variants(baseline, candidate, notes)) {
    Match match{.name = name_of(baseline.variants[ours]),
                .experiment = Merger(baseline, candidate).merge(ours, theirs),
                .paired = false,
                .hardware = differences(baseline, candidate, Place::hardware),
                .kernel = differences(baseline, candidate, Place::kernel),
                .simulator = differences(baseline, candidate, Place::simulator)};
    matches.push_back(std::move(match));
  }
  if (matches.size() == 1) matches.front().name.clear();
  auto& first = matches.front().experiment.notes;
  first.insert(first.end(), notes.begin(), notes.end());
  return matches;
}

}  // namespace countercheck
