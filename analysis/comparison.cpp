#include "analysis/comparison.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "analysis/aggregate.hpp"
#include "analysis/event_names.hpp"
#include "analysis/event_passes.hpp"
#include "analysis/footnotes.hpp"
#include "analysis/meanings.hpp"
#include "analysis/metrics.hpp"
#include "analysis/passes.hpp"
#include "analysis/plan_sentences.hpp"
#include "analysis/plausibility.hpp"
#include "analysis/rounds_needed.hpp"
#include "simulator/simulated_events.hpp"

namespace countercheck {
namespace {

constexpr std::string_view kEstimatedCyclesEvent = "estimated-cycles";

// The events whose cost per work item is shown even where nothing else is divided.
constexpr std::string_view kPerItem[] = {kWallTime, "instructions"};

bool counted_anywhere(const Row& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) { return !cell.absence; });
}

Cell cell_of(const Aggregate& sum) {
  if (sum.n == 0) return {.absence = sum.missing};
  return {.n = sum.n,
          .median = sum.median,
          .mean = sum.mean,
          .standard_deviation = sum.standard_deviation,
          .exact = sum.exact,
          .coverage = sum.coverage};
}

Cell cell_of(const MetricFigure& figure) {
  if (figure.absence) return {.absence = figure.absence};
  return {.n = figure.n,
          .median = figure.median,
          .mean = figure.mean,
          .standard_deviation = figure.standard_deviation,
          .coverage = figure.coverage};
}

// How far the simulated count, times what it left out, is off the counted one, in percent.
Cell off_by(const Cell& counted, const Cell& simulated, double missing) {
  if (counted.absence) return {.absence = counted.absence};
  if (simulated.absence) return {.absence = simulated.absence};
  if (counted.median == 0) {
    return {.absence = Absence{AbsenceReason::not_measurable, "0 was counted, from which nothing is a share"}};
  }
  const double percent = 100 * (missing * simulated.median / counted.median - 1);
  return {.n = simulated.n, .median = percent, .mean = percent};
}

// Builds the rows of the table one event after the other.
class Builder {
 public:
  Builder(const Experiment& experiment, Comparison& comparison) : experiment_(experiment), comparison_(comparison) {}

  void add(std::size_t event) {
    const Pass pass = pass_shown(experiment_, event);
    Row row = event_row(event, comparison_.per, pass);
    row.event = event;
    if (!counted_anywhere(row)) return leave_out(std::move(row));
    const Row shown = row;
    finish(std::move(row));
    if (comparison_.per == Per::sample) add_per_item(event, shown.name, pass);
    bool any = false;
    for (const Metric& metric : metrics()) {
      if (metric.event != base_name(experiment_.events[event]) || (metric.alone && any)) continue;
      any = add(metric, event, shown.name, pass) || any;
    }
    if (pass == Pass::measured && is_scored(experiment_, event)) add_score(event, shown);
  }

  void close() { comparison_.footnotes = footnotes_.take(); }

 private:
  // The row takes its source and level from the first variant that has a value; a variant counted in another way keeps
  // its place, but what it counted is not the row's quantity.
  Row event_row(std::size_t event, Per per, Pass pass) {
    Row row;
    row.key = experiment_.events[event];
    row.name = row.key == kWallTime ? "time" : row.key;
    row.per_item = per == Per::work_item;
    std::optional<Aggregate> first;
    for (std::size_t variant = 0; variant < experiment_.variants.size(); ++variant) {
      const Aggregate sum = aggregate(experiment_, variant, event, per, pass);
      if (sum.n > 0 && !first) first = sum;
      if (sum.n > 0 && (sum.source != first->source || sum.privilege != first->privilege || sum.unit != first->unit)) {
        row.cells.push_back(
            {.absence = Absence{AbsenceReason::not_measurable, "it was counted in another way than for the others"}});
        continue;
      }
      Cell cell = cell_of(sum);
      if (sum.n > 0 && base_name(row.key) == kEstimatedCyclesEvent) {
        cell.notes.push_back(footnotes_.add(std::string(kEstimatedCycles)));
      }
      for (const std::string& sentence : implausibilities(experiment_, variant, event, pass)) {
        cell.notes.push_back(footnotes_.add(sentence));
      }
      if (const std::string part = partly_summed(sum); sum.n > 0 && !part.empty()) {
        cell.notes.push_back(footnotes_.add(part));
      }
      const std::string differs = differs_note(experiment_.meanings, row.key, sum.source);
      if (sum.n > 0 && !differs.empty()) cell.notes.push_back(footnotes_.add(differs));
      if (sum.n > 0 && sum.n < sum.completed) cell.notes.push_back(footnotes_.add(partly_counted(sum)));
      row.cells.push_back(std::move(cell));
    }
    if (first) {
      row.measure = measure_of(first->unit);
      row.per_item = row.per_item && row.measure != Measure::bytes;
      row.source = first->source;
      row.privilege = first->privilege;
      if (pass == Pass::measured) tell_layouts(row, event, per);
      row.name = event_label(row.name, first->source, first->privilege);
    }
    return row;
  }

  void tell_layouts(Row& row, std::size_t event, Per per) const {
    for (std::size_t variant = 0; variant < row.cells.size(); ++variant) {
      const bool compared = variant != comparison_.baseline && !comparison_.columns[variant].excluded;
      if (compared) row.cells[variant].layouts = layout_survival(layouts_, variant, event, per);
    }
  }

  // What the simulator makes of an event that a counter counted, and how far off it is.
  void add_score(std::size_t event, const Row& counted) {
    Row simulated = event_row(event, comparison_.per, Pass::simulated);
    Row difference{
        .key = counted.key + difference_key, .name = "difference", .under = counted.name, .measure = Measure::percent};
    for (std::size_t variant = 0; variant < counted.cells.size(); ++variant) {
      const double missing =
          comparison_.per == Per::work_item ? 1 : steps_scale(experiment_, variant) / shown_scale(experiment_, variant);
      Cell cell = off_by(counted.cells[variant], simulated.cells[variant], missing);
      if (!cell.absence && missing != 1) {
        cell.notes.push_back(footnotes_.add("between all steps counted and the simulated ones taken for all"));
      }
      difference.cells.push_back(std::move(cell));
    }
    simulated.key += simulated_key;
    simulated.name = "simulated";
    simulated.under = counted.name;
    finish(std::move(simulated));
    if (counted_anywhere(difference)) finish(std::move(difference));
  }

  void add_per_item(std::size_t event, const std::string& under, Pass pass) {
    const std::string_view base = base_name(experiment_.events[event]);
    if (std::find(std::begin(kPerItem), std::end(kPerItem), base) == std::end(kPerItem)) return;
    const auto told = [](const Column& column) { return column.outcome.work_items.has_value(); };
    if (std::none_of(comparison_.columns.begin(), comparison_.columns.end(), told)) return;
    Row row = event_row(event, Per::work_item, pass);
    if (!counted_anywhere(row)) return;
    row.key += "-per-item";
    row.name = "per " + (experiment_.work_item.empty() ? "work item" : experiment_.work_item);
    row.under = under;
    finish(std::move(row));
  }

  // Whether any variant has a value of it.
  bool add(const Metric& metric, std::size_t event, const std::string& under, Pass pass) {
    Row row{
        .key = std::string(metric.key), .name = std::string(metric.name), .under = under, .measure = metric.measure};
    for (std::size_t variant = 0; variant < experiment_.variants.size(); ++variant) {
      const auto figure = evaluate(metric, experiment_, variant, event, pass);
      Cell cell =
          figure ? cell_of(*figure) : Cell{.absence = Absence{AbsenceReason::no_sample, "no sample ran to its end"}};
      if (figure && figure->impossible) cell.notes.push_back(footnotes_.add(cannot_be_right(metric)));
      row.cells.push_back(std::move(cell));
    }
    const auto is_unlike = [](const Cell& cell) {
      return cell.absence && cell.absence->reason == AbsenceReason::unlike;
    };
    const bool refused = std::any_of(row.cells.begin(), row.cells.end(), is_unlike);
    const bool counted = counted_anywhere(row);
    if (refused || counted) finish(std::move(row));
    return counted;
  }

  void finish(Row row) {
    for (Cell& cell : row.cells) {
      if (cell.absence) cell.notes.push_back(footnotes_.add(cell.absence->sentence));
    }
    give_ratios(row);
    comparison_.rows.push_back(std::move(row));
  }

  void give_ratios(Row& row) const {
    if (comparison_.columns[comparison_.baseline].excluded) return;
    const Cell base = row.cells[comparison_.baseline];
    if (base.absence || base.median == 0) return;
    for (std::size_t variant = 0; variant < row.cells.size(); ++variant) {
      Cell& cell = row.cells[variant];
      if (!cell.absence && !comparison_.columns[variant].excluded) cell.ratio = cell.median / base.median;
    }
  }

  // Gathered by reason, so that the reason is told once for all events that share it.
  void leave_out(Row row) {
    // A variant that never ran to its end says nothing about the machine: another one's reason is the better.
    const auto told = [](const Cell& cell) { return cell.absence->reason != AbsenceReason::no_sample; };
    const auto cell = std::find_if(row.cells.begin(), row.cells.end(), told);
    const Absence& reason = cell == row.cells.end() ? *row.cells.front().absence : *cell->absence;
    auto& groups = comparison_.uncounted;
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Uncounted& u) { return u.absence == reason; });
    if (group == groups.end()) group = groups.insert(groups.end(), {reason, {}});
    group->events.push_back(row.name);
    comparison_.uncounted_rows.push_back(std::move(row));
  }

  const Experiment& experiment_;
  Comparison& comparison_;
  Footnotes footnotes_;
  std::vector<Experiment> layouts_ = split_by_layouts(experiment_);
};

// "roll-add is better than contiguous by time in 31 of 32 memory layouts, by page-faults in 32"
std::vector<std::string> layout_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  for (std::size_t variant = 0; variant < comparison.columns.size(); ++variant) {
    std::vector<std::string> parts;
    std::size_t of = 0;
    for (const Row& row : comparison.rows) {
      const LayoutSurvival& layouts = row.cells[variant].layouts;
      if (layouts.of == 0 || !row.under.empty()) continue;
      parts.push_back(fmt::format("by {} in {}{}", row.name, layouts.better,
                                  layouts.of == of ? "" : fmt::format(" of {} memory layouts", layouts.of)));
      of = layouts.of;
    }
    if (parts.empty()) continue;
    sentences.push_back(fmt::format("{} is better than {} {}", comparison.columns[variant].name,
                                    comparison.columns[comparison.baseline].name, fmt::join(parts, ", ")));
  }
  return sentences;
}

std::vector<Column> columns_of(const Experiment& experiment) {
  std::vector<Column> columns;
  const auto digests = check_digests(experiment);
  for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) {
    const DigestVerdict verdict = digests[variant].verdict;
    columns.push_back({.name = experiment.variants[variant].name,
                       .scheme = experiment.variants[variant].scheme,
                       .simulated = experiment.variants[variant].simulated,
                       .outcome = outcome_of(experiment, variant),
                       .digest = digests[variant],
                       .excluded = verdict == DigestVerdict::differs || verdict == DigestVerdict::unsteady,
                       .again = is_again(experiment, variant)});
  }
  return columns;
}

std::vector<RoundsNeeded> rounds_for_the_time(const Experiment& experiment, const Inference& inference, Per per) {
  std::vector<RoundsNeeded> needed;
  for (const Judged& judged : inference.judged) {
    if (judged.verdict != Verdict::undecided || experiment.events[judged.event] != kWallTime) continue;
    if (is_again(experiment, judged.variant)) continue;
    const auto next = next_rounds(experiment, judged, inference, per);
    if (next) needed.push_back({judged.variant, next->rounds, next->decide});
  }
  return needed;
}

}  // namespace

Comparison compare_variants(const Experiment& experiment, Per per) {
  Comparison comparison{.title = experiment.title,
                        .problem = experiment.problem,
                        .work_item = experiment.work_item,
                        .region = experiment.region,
                        .rounds = experiment.rounds,
                        .passes = samples_in_round(experiment),
                        .per = per,
                        .baseline = experiment.baseline,
                        .columns = columns_of(experiment),
                        .load = experiment.load,
                        .notes = plan_sentences(experiment)};
  for (auto& sentence : event_pass_sentences(experiment)) comparison.notes.push_back(std::move(sentence));
  comparison.notes.insert(comparison.notes.end(), experiment.notes.begin(), experiment.notes.end());
  if (comparison.columns.empty()) return comparison;
  comparison.parameters = experiment.variants.front().parameters;

  Builder builder(experiment, comparison);
  const auto is_time = [&](std::size_t event) { return experiment.events[event] == kWallTime; };
  for (std::size_t event = 0; event < experiment.events.size(); ++event) {
    if (is_time(event)) builder.add(event);
  }
  for (std::size_t event = 0; event < experiment.events.size(); ++event) {
    if (!is_time(event)) builder.add(event);
  }
  builder.close();
  for (auto& sentence : layout_sentences(comparison)) comparison.notes.push_back(std::move(sentence));

  const auto is_simulated = [](const Row& row) { return row.source == Source::sim; };
  if (std::any_of(comparison.rows.begin(), comparison.rows.end(), is_simulated)) {
    comparison.simulation = experiment.simulation;
  }

  std::vector<bool> excluded;
  for (const Column& column : comparison.columns) excluded.push_back(column.excluded || column.again);
  comparison.inference = infer(experiment, per);
  comparison.rounds_needed = rounds_for_the_time(experiment, comparison.inference, per);
  comparison.oddities = oddities(experiment, per);
  comparison.ranking = rank(experiment, excluded, comparison.inference);
  comparison.lead = lead(experiment, comparison.ranking, comparison.inference);
  comparison.factors = take_apart(experiment);
  comparison.expectations = judge_expectations(experiment);
  return comparison;
}

}  // namespace countercheck
