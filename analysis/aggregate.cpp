#include "analysis/aggregate.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/outcomes.hpp"
#include "analysis/passes.hpp"
#include "analysis/statistics.hpp"

namespace countercheck {
namespace {

// What was read, before any arithmetic: two samples with the same one are the same to the last bit.
struct Counted {
  std::uint64_t raw = 0;
  std::uint64_t items = 1;

  bool operator==(const Counted&) const = default;
};

struct Collector {
  Aggregate& into;
  double scale = 1;
  std::vector<double> values{};
  std::vector<Counted> counted{};

  void miss(Absence absence) {
    if (!into.missing) into.missing = std::move(absence);
  }

  void add(const Sample& sample, std::size_t event, Per per) {
    const Reading* reading = reading_of(sample, event);
    const auto value = reading ? estimate(*reading) : std::nullopt;
    if (!value) return miss(why_missing(reading));
    if (values.empty()) {
      into.source = reading->source;
      into.privilege = reading->privilege;
      into.unit = reading->unit;
    } else if (into.source != reading->source || into.privilege != reading->privilege || into.unit != reading->unit) {
      return miss({AbsenceReason::not_measurable, "it was counted in another way than in the first sample"});
    }
    if ((reading->summary || into.summary) && !values.empty()) {
      return miss({AbsenceReason::not_measurable, "a summary of several runs is not mixed with other samples"});
    }
    const bool divided = per == Per::work_item && reading->unit != Unit::bytes;
    if (divided && sample.work_items.value_or(0) == 0) {
      return miss({AbsenceReason::not_measurable, "the program did not tell how many work items it did"});
    }
    const std::uint64_t items = divided ? *sample.work_items : 1;
    values.push_back(*value * (divided ? 1 : scale) / static_cast<double>(items));
    counted.push_back({*raw(*reading), items});
    into.summary = reading->summary;
    into.coverage = std::min(into.coverage, coverage(*reading));
    into.scaled = into.scaled && reading->cores.empty();
    for (const CoreCount& core : reading->cores) {
      auto& lacking = into.lacking;
      const bool known = std::find(lacking.begin(), lacking.end(), core.pmu) != lacking.end();
      if (!core.value && core.time_there > 0 && !known) lacking.push_back(core.pmu);
    }
  }
};

// A simulation that failed says why in its readings; a measured sample is told by its ending elsewhere.
Absence why_none_completed(const Experiment& experiment, std::size_t variant, std::size_t event, Pass pass) {
  for (const Sample& sample : experiment.samples) {
    if (pass == Pass::measured || sample.pass != pass || sample.variant != variant) continue;
    const Reading* const reading = reading_of(sample, event);
    if (reading && absence(*reading)) return *absence(*reading);
  }
  return {AbsenceReason::no_sample, "no sample ran to its end"};
}

}  // namespace

const Reading* reading_of(const Sample& sample, std::size_t event) {
  return event < sample.readings.size() ? &sample.readings[event] : nullptr;
}

bool is_of_other_pass(const Reading* reading) {
  const Absence* const why = reading ? absence(*reading) : nullptr;
  return why && why->reason == AbsenceReason::other_pass;
}

Absence why_missing(const Reading* reading) {
  if (!reading) return {AbsenceReason::no_sample, "the sample holds no reading of it"};
  if (const Absence* reason = absence(*reading)) return *reason;
  return {AbsenceReason::never_scheduled, "the counter was open but never ran"};
}

Aggregate aggregate(const Experiment& experiment, std::size_t variant, std::size_t event, Per per, Pass pass) {
  Aggregate result;
  Collector collector{result, pass == Pass::simulated ? shown_scale(experiment, variant) : 1};
  for (const Sample* sample : completed_samples(experiment, variant, pass)) {
    if (is_of_other_pass(reading_of(*sample, event))) continue;
    ++result.completed;
    collector.add(*sample, event, per);
  }
  result.n = collector.values.size();
  if (result.completed == 0) collector.miss(why_none_completed(experiment, variant, event, pass));
  if (result.n == 0) return result;

  result.mean = *mean(collector.values);
  result.median = *median(collector.values);
  result.standard_deviation = standard_deviation(collector.values);
  result.standard_error = standard_error(collector.values);
  if (result.summary && result.summary->relative_error) {
    result.standard_error = *result.summary->relative_error * result.mean;
    if (result.summary->runs) result.standard_deviation = *result.standard_error * std::sqrt(*result.summary->runs);
  }
  const auto& counted = collector.counted;
  result.exact = result.n >= 2 && result.coverage == 1 &&
                 std::all_of(counted.begin(), counted.end(), [&](const Counted& c) { return c == counted.front(); });
  return result;
}

}  // namespace countercheck
