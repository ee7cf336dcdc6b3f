#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/digests.hpp"
#include "analysis/factors.hpp"
#include "analysis/inference.hpp"
#include "analysis/judgement.hpp"
#include "analysis/layout_survival.hpp"
#include "analysis/measure.hpp"
#include "analysis/oddities.hpp"
#include "analysis/outcomes.hpp"
#include "analysis/ranking.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// What one variant did for one row: the median of its completed samples, or the absence that stands in its place.
struct Cell {
  std::optional<Absence> absence{};  // where set, only `notes` says more
  std::size_t n = 0;                 // samples with a value
  double median = 0;
  double mean = 0;
  std::optional<double> standard_deviation{};  // empty: one sample
  bool exact = false;                          // two samples or more, all with the same raw value
  double coverage = 1;                         // of the worst sample; below 1 the values are estimates
  std::optional<double> ratio{};               // of the medians, to the baseline's; empty where none may be given
  LayoutSurvival layouts{};                    // against the baseline
  std::vector<std::size_t> notes{};            // indexes into Comparison::footnotes

  bool operator==(const Cell&) const = default;
};

// One event, or one metric derived from events, for all variants.
struct Row {
  std::string key{};                   // the event as asked ("wall-time"), or the metric ("insns-per-cycle")
  std::string name{};                  // as shown: "time", "cycles:u", "insns per cycle"
  std::string under{};                 // of a metric: the shown name of the row it explains; empty for an event
  std::optional<std::size_t> event{};  // of an event: its index, by which Comparison::inference has its verdicts
  Measure measure = Measure::count;
  bool per_item = false;                 // divided by the work items
  std::optional<Source> source{};        // empty: derived
  std::optional<Privilege> privilege{};  // empty: derived
  std::vector<Cell> cells{};             // one for each variant

  bool operator==(const Row&) const = default;
};

// One variant.
struct Column {
  std::string name{};
  std::string scheme{};
  std::optional<ShortRun> simulated{};  // where its simulation did fewer steps
  Outcome outcome{};
  DigestFinding digest{};
  bool excluded = false;  // computed something else: takes part in no ratio and in no ranking
  bool again = false;     // a second measurement of the baseline: no column of its own in a table, and not ranked

  bool operator==(const Column&) const = default;
};

// What would probably decide a variant that is undecided by the time: so many rounds in all. Or, where those so far
// scatter too much to tell, the rounds that would tell more.
struct RoundsNeeded {
  std::size_t variant = 0;
  std::size_t rounds = 0;
  bool decide = true;

  bool operator==(const RoundsNeeded&) const = default;
};

// Events that no variant could count, for the same reason.
struct Uncounted {
  Absence absence{};
  std::vector<std::string> events{};

  bool operator==(const Uncounted&) const = default;
};

// Everything that a report of variants beside each other shows; the renderers walk it and compute nothing.
struct Comparison {
  std::string title{};
  std::string problem{};                // may be empty
  std::vector<Parameter> parameters{};  // of the scan's point that this is; none: no scan
  std::string work_item{};              // may be empty
  bool region = false;
  unsigned rounds = 1;  // planned
  unsigned passes = 1;  // over the events, in each round
  Per per = Per::sample;
  std::size_t baseline = 0;
  std::vector<Column> columns{};
  std::vector<Row> rows{};             // the time first; each with a value in one variant at least
  std::vector<Row> uncounted_rows{};   // the events that no variant could count
  std::vector<Uncounted> uncounted{};  // the same, gathered by reason
  Inference inference{};
  std::vector<RoundsNeeded> rounds_needed{};
  std::optional<Load> load{};  // of the machine, while the samples were taken
  std::vector<Oddity> oddities{};
  std::vector<Rank> ranking{};
  std::optional<Lead> lead{};              // empty: fewer than two variants may be ranked
  Factors factors{};                       // of each variant's time and misses
  std::vector<Judgement> expectations{};   // in the order in which they were stated
  std::vector<std::string> footnotes{};    // sentences
  std::vector<std::string> notes{};        // of the passes over the events and of the experiment
  std::optional<Simulation> simulation{};  // where a row is from it

  bool operator==(const Comparison&) const = default;
};

// The keys of the rows below an event that was simulated as well: the simulated count, and by how much it is off.
inline constexpr const char* simulated_key = "-simulated";
inline constexpr const char* difference_key = "-simulated-difference";

// Compares the variants of an experiment of one point (split_by_parameters). Values are medians over a variant's
// completed samples; ratios are those of the medians. A metric is taken sample by sample and then aggregated, so that
// both of its parts come from one process. Samples that did not complete are told in Column::outcome and used nowhere.
Comparison compare_variants(const Experiment& experiment, Per per = Per::sample);

}  // namespace countercheck
