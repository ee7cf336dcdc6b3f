#include "analysis/stat_summary.hpp"

#include "analysis/event_names.hpp"
#include "analysis/event_passes.hpp"
#include "analysis/footnotes.hpp"
#include "analysis/meanings.hpp"
#include "analysis/passes.hpp"
#include "analysis/plan_sentences.hpp"
#include "analysis/plausibility.hpp"
#include "counters/catalogue.hpp"
#include "simulator/simulated_events.hpp"

namespace countercheck {
namespace {

void annotate(StatRow& row, const Experiment& experiment, std::size_t variant, std::size_t event, Pass pass,
              Footnotes& footnotes) {
  const auto add = [&](const Metric& metric) {
    const auto figure = evaluate(metric, experiment, variant, event, pass);
    if (figure && !figure->absence) row.annotations.push_back({&metric, *figure});
    if (figure && figure->absence && figure->absence->reason == AbsenceReason::unlike) {
      row.notes.push_back(footnotes.add(figure->absence->sentence));
    }
  };
  for (const Metric& metric : metrics()) {
    if (metric.event == base_name(row.event) && (!metric.alone || row.annotations.empty())) add(metric);
  }
  if (row.annotations.empty() && row.sum.unit == Unit::count) add(rate());
}

// The same count, but not by whom the name makes one expect.
bool stands_in(const StatRow& row) {
  const NamedEvent* const named = find_named_event(base_name(row.event));
  return named && named->source == Source::kernel && row.sum.n > 0 && row.sum.source == Source::rusage;
}

void note(StatRow& row, const std::vector<std::string>& implausible, Footnotes& footnotes) {
  const Aggregate& sum = row.sum;
  if (sum.n == 0) {
    row.notes.push_back(footnotes.add(sum.missing->sentence));
  } else if (sum.n < sum.completed) {
    row.notes.push_back(footnotes.add(partly_counted(sum)));
  }
  if (sum.n > 0 && base_name(row.event) == "estimated-cycles") {
    row.notes.push_back(footnotes.add(std::string(kEstimatedCycles)));
  }
  if (const std::string part = partly_summed(sum); sum.n > 0 && !part.empty()) row.notes.push_back(footnotes.add(part));
  for (const std::string& sentence : implausible) row.notes.push_back(footnotes.add(sentence));
  if (stands_in(row)) {
    row.notes.push_back(footnotes.add(
        "told by rusage, since the kernel's own counter may not be opened here: countercheck doctor says why"));
  }
  for (const Annotation& annotation : row.annotations) {
    if (annotation.figure.impossible) row.notes.push_back(footnotes.add(cannot_be_right(*annotation.metric)));
  }
}

// Empty where there was one thread in one process: the block tells all of it.
std::vector<SimulatedProcess> listed_processes(const Experiment& experiment, std::size_t variant) {
  const auto samples = completed_samples(experiment, variant, Pass::simulated);
  if (samples.empty()) return {};
  const auto& processes = samples.front()->processes;
  const bool alone = processes.size() == 1 && processes.front().threads.size() <= 1;
  return alone ? std::vector<SimulatedProcess>{} : processes;
}

}  // namespace

StatSummary summarise(const Experiment& experiment, std::size_t variant, Per per) {
  const bool titled = experiment.variants.size() == 1 && !experiment.title.empty();
  StatSummary summary{.command = titled ? experiment.title : experiment.variants[variant].name,
                      .region = experiment.region,
                      .rounds = experiment.rounds,
                      .passes = samples_in_round(experiment),
                      .per = per,
                      .work_item = experiment.work_item,
                      .outcome = outcome_of(experiment, variant),
                      .digest = check_digests(experiment)[variant],
                      .notes = plan_sentences(experiment)};
  for (auto& sentence : event_pass_sentences(experiment)) summary.notes.push_back(std::move(sentence));
  summary.notes.insert(summary.notes.end(), experiment.notes.begin(), experiment.notes.end());
  Footnotes footnotes;
  const auto add_row = [&](std::size_t event, Pass pass) -> StatRow& {
    StatRow row;
    row.event = experiment.events[event];
    row.sum = aggregate(experiment, variant, event, per, pass);
    row.name = row.sum.n > 0 ? event_label(row.event, row.sum.source, row.sum.privilege) : row.event;
    const std::string differs = differs_note(experiment.meanings, row.event, row.sum.source);
    if (row.sum.n > 0 && !differs.empty()) row.notes.push_back(footnotes.add(differs));
    if (row.sum.n > 0) annotate(row, experiment, variant, event, pass, footnotes);
    note(row, implausibilities(experiment, variant, event, pass), footnotes);
    if (row.sum.n > 0 && row.sum.source == Source::sim) summary.simulation = experiment.simulation;
    summary.rows.push_back(std::move(row));
    return summary.rows.back();
  };
  for (std::size_t event = 0; event < experiment.events.size(); ++event) {
    const Pass pass = pass_shown(experiment, event);
    const Aggregate counted = add_row(event, pass).sum;
    if (pass == Pass::simulated || !is_scored(experiment, event)) continue;
    StatRow& simulated = add_row(event, Pass::simulated);
    simulated.annotations.clear();  // its quotients would stand beside those of the counted ones
    if (counted.n > 0 && simulated.sum.n > 0 && counted.mean > 0) {
      simulated.off_by = simulated.sum.mean / counted.mean - 1;
    }
  }
  if (summary.simulation) summary.processes = listed_processes(experiment, variant);
  summary.footnotes = footnotes.take();
  return summary;
}

}  // namespace countercheck
