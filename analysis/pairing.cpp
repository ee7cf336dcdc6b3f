#include "analysis/pairing.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "analysis/aggregate.hpp"
#include "analysis/outcomes.hpp"
#include "analysis/passes.hpp"

namespace countercheck {
namespace {

// A value of one sample that may be one half of a pair.
struct Half {
  const Sample* sample = nullptr;
  const Reading* reading = nullptr;
  double value = 0;
  std::uint64_t items = 1;
};

struct Halves {
  std::vector<Half> all{};
  std::string why_none{"no sample ran to its end"};  // of the first that has no value
};

bool is_of_one_kind(const Reading& a, const Reading& b) {
  return a.source == b.source && a.privilege == b.privilege && a.unit == b.unit;
}

Halves halves_of(const Experiment& experiment, std::size_t variant, std::size_t event, Per per) {
  const Pass pass = pass_shown(experiment, event);
  const double scale = pass == Pass::simulated ? shown_scale(experiment, variant) : 1;
  Halves halves;
  bool told = false;
  const auto miss = [&](std::string why) {
    if (!told) halves.why_none = std::move(why);
    told = true;
  };
  for (const Sample* sample : completed_samples(experiment, variant, pass)) {
    const Reading* const reading = reading_of(*sample, event);
    if (is_of_other_pass(reading)) continue;
    const auto value = reading ? estimate(*reading) : std::nullopt;
    const bool divided = per == Per::work_item && reading && reading->unit != Unit::bytes;
    if (!value) {
      miss(why_missing(reading).sentence);
    } else if (divided && sample->work_items.value_or(0) == 0) {
      miss("the program did not tell how many work items it did");
    } else if (reading->summary) {
      miss("the mean of several runs is no sample: it has no round to be paired in");
    } else if (!halves.all.empty() && !is_of_one_kind(*halves.all.front().reading, *reading)) {
      miss("it was counted in another way than in the first sample");
    } else {
      const std::uint64_t items = divided ? *sample->work_items : 1;
      halves.all.push_back({sample, reading, *value * (divided ? 1 : scale) / static_cast<double>(items), items});
    }
  }
  return halves;
}

bool is_steady(const std::vector<Half>& halves) {
  const Half& first = halves.front();
  if (halves.size() < 2 && first.reading->source != Source::sim) return false;
  return std::all_of(halves.begin(), halves.end(), [&](const Half& half) {
    return raw(*half.reading) == raw(*first.reading) && half.items == first.items && coverage(*half.reading) == 1;
  });
}

bool belong_together(const Sample& a, const Sample& b) {
  return a.round == b.round && a.layout == b.layout && a.event_pass == b.event_pass;
}

}  // namespace

double ratio(const Pair& pair) {
  if (pair.one == pair.other) return 1;
  if (pair.other == 0) return std::numeric_limits<double>::infinity();
  return pair.one / pair.other;
}

Pairs pairs_of(const Experiment& experiment, std::size_t one, std::size_t other, std::size_t event, Per per) {
  const Halves ones = halves_of(experiment, one, event, per);
  const Halves others = halves_of(experiment, other, event, per);
  Pairs result;
  if (ones.all.empty() || others.all.empty()) {
    result.why_none = ones.all.empty() ? ones.why_none : others.why_none;
    return result;
  }
  if (!is_of_one_kind(*ones.all.front().reading, *others.all.front().reading)) {
    result.why_none = "it was counted in another way than for the baseline";
    return result;
  }
  auto next = others.all.begin();
  for (const Half& half : ones.all) {
    const auto same = [&](const Half& b) { return belong_together(*half.sample, *b.sample); };
    // Both are in the order of time, so that the search nearly always ends where it begins.
    auto match = std::find_if(next, others.all.end(), same);
    if (match == others.all.end()) match = std::find_if(others.all.begin(), next, same);
    if (match == others.all.end() || !same(*match)) continue;
    next = match + 1;
    const Sample& sample = *half.sample;
    result.pairs.push_back({sample.round, sample.layout, sample.event_pass, half.value, match->value});
    result.coverage = std::min({result.coverage, coverage(*half.reading), coverage(*match->reading)});
  }
  if (result.pairs.empty()) result.why_none = "no round has a sample of both";
  result.steady = is_steady(ones.all) && is_steady(others.all);
  return result;
}

std::vector<Value> values_of(const Experiment& experiment, std::size_t variant, std::size_t event, Per per) {
  std::vector<Value> values;
  for (const Half& half : halves_of(experiment, variant, event, per).all) {
    values.push_back({half.sample->round, half.value});
  }
  return values;
}

}  // namespace countercheck
