#include "reports/simulation_sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "counters/counted_noun.hpp"
#include "reports/sentences.hpp"

namespace countercheck {
namespace {

// "; 3 of 100 steps, scaled to 100"
std::string steps_text(const std::optional<ShortRun>& run, bool scaled) {
  if (!run) return "";
  return fmt::format("; {} of {}{}", run->steps, counted_noun(run->of, "step"),
                     scaled ? fmt::format(", scaled to {}", run->of) : "");
}

std::vector<std::string> sentences_of(const Simulation& simulation, const std::string& steps) {
  std::vector<std::string> sentences = {fmt::format("simulated: machine {} ({}), user mode only, by {}{}",
                                                    simulation.machine, simulation.caches, simulation.engine, steps)};
  sentences.insert(sentences.end(), simulation.notes.begin(), simulation.notes.end());
  return sentences;
}

bool same_steps(const std::optional<ShortRun>& a, const std::optional<ShortRun>& b) {
  return a.has_value() == b.has_value() && (!a || (a->steps == b->steps && a->of == b->of));
}

}  // namespace

std::vector<std::string> simulation_sentences(const Comparison& comparison) {
  if (!comparison.simulation) return {};
  const auto& columns = comparison.columns;
  const bool scaled = comparison.simulation->scaled && comparison.per == Per::sample;
  const auto like_first = [&](const Column& column) { return same_steps(column.simulated, columns.front().simulated); };
  std::string steps;
  if (std::all_of(columns.begin(), columns.end(), like_first)) {
    steps = steps_text(columns.front().simulated, scaled);
  } else {
    for (const Column& column : columns) {
      if (column.simulated) steps += steps_text(column.simulated, scaled) + " of " + column.name;
    }
  }
  return sentences_of(*comparison.simulation, steps);
}

std::vector<std::string> simulation_sentences(const StatSummary& summary) {
  if (!summary.simulation) return {};
  return sentences_of(*summary.simulation, "");
}

std::vector<std::string> simulation_sentences(const Simulation& simulation, const std::optional<ShortRun>& shortened) {
  return sentences_of(simulation, steps_text(shortened, simulation.scaled));
}

}  // namespace countercheck
