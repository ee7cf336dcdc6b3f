#include "analysis/plausibility.hpp"

#include <string_view>

#include "analysis/aggregate.hpp"
#include "analysis/event_names.hpp"
#include "analysis/outcomes.hpp"

namespace countercheck {
namespace {

struct Rule {
  std::string_view more;
  std::string_view less;
  std::string_view sentence;
};

constexpr Rule kRules[] = {
    {"instructions", "branches", "cannot be right: more branches than instructions"},
    {"L1-dcache-load-misses", "LLC-load-misses",
     "more LLC-load-misses than L1-dcache-load-misses: one of the two counts something else than its name says, such "
     "as prefetches"},
    {"L1-dcache-load-misses", "LLC-loads",
     "more LLC-loads than L1-dcache-load-misses: one of the two counts something else than its name says, such as "
     "prefetches"},
    {"page-faults", "major-faults", "cannot be right: more major-faults than page-faults"},
};

// Whole counts of the same kind by the same source; an estimate proves nothing.
bool comparable(const Reading& a, const Reading& b) {
  return raw(a) && raw(b) && a.source == b.source && a.privilege == b.privilege && coverage(a) == 1 && coverage(b) == 1;
}

bool broken(const Experiment& experiment, std::size_t variant, std::size_t more, std::size_t less, Pass pass) {
  double sum_more = 0;
  double sum_less = 0;
  for (const Sample* sample : completed_samples(experiment, variant, pass)) {
    const Reading* const a = reading_of(*sample, more);
    const Reading* const b = reading_of(*sample, less);
    if (!a || !b || !comparable(*a, *b)) continue;
    sum_more += static_cast<double>(*raw(*a));
    sum_less += static_cast<double>(*raw(*b));
  }
  return sum_less > sum_more;
}

}  // namespace

std::vector<std::string> implausibilities(const Experiment& experiment, std::size_t variant, std::size_t event,
                                          Pass pass) {
  std::vector<std::string> sentences;
  for (const Rule& rule : kRules) {
    if (base_name(experiment.events[event]) != rule.less) continue;
    for (std::size_t other = 0; other < experiment.events.size(); ++other) {
      if (base_name(experiment.events[other]) != rule.more || !broken(experiment, variant, other, event, pass))
        continue;
      sentences.emplace_back(rule.sentence);
      break;
    }
  }
  return sentences;
}

}  // namespace countercheck
