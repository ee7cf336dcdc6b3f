#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/aggregate.hpp"
#include "analysis/digests.hpp"
#include "analysis/metrics.hpp"
#include "analysis/outcomes.hpp"

namespace countercheck {

// A metric that stands behind a count.
struct Annotation {
  const Metric* metric = nullptr;
  MetricFigure figure{};

  bool operator==(const Annotation&) const = default;
};

// One event of the block: what was counted or why not.
struct StatRow {
  std::string event{};  // as asked
  std::string name{};   // as shown: "cycles:u"
  Aggregate sum{};
  std::vector<Annotation> annotations{};  // those with a value
  std::optional<double> off_by{};         // of a simulated count below a counted one: (simulated / counted - 1)
  std::vector<std::size_t> notes{};       // indexes into StatSummary::footnotes

  bool operator==(const StatRow&) const = default;
};

// One command counted in the manner of perf stat: what the block shows. The renderers walk it and compute nothing.
struct StatSummary {
  std::string command{};
  bool region = false;
  unsigned rounds = 1;  // planned
  unsigned passes = 1;  // over the events, in each round
  Per per = Per::sample;
  std::string work_item{};
  Outcome outcome{};
  DigestFinding digest{};       // among the runs themselves
  std::vector<StatRow> rows{};  // every event that was asked for, then wall-time, user-time, system-time, peak-rss
  std::vector<std::string> footnotes{};       // sentences
  std::vector<std::string> notes{};           // of the passes over the events and of the experiment
  std::optional<Simulation> simulation{};     // where a row is from it
  std::vector<SimulatedProcess> processes{};  // of the first simulated run, where there were several threads or more

  bool operator==(const StatSummary&) const = default;
};

StatSummary summarise(const Experiment& experiment, std::size_t variant, Per per = Per::sample);

}  // namespace countercheck
