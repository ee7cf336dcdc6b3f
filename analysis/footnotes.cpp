#include "analysis/footnotes.hpp"

#include <algorithm>

namespace countercheck {

std::size_t Footnotes::add(std::string sentence) {
  const auto known = std::find(sentences_.begin(), sentences_.end(), sentence);
  if (known != sentences_.end()) return static_cast<std::size_t>(known - sentences_.begin());
  sentences_.push_back(std::move(sentence));
  return sentences_.size() - 1;
}

std::string partly_counted(const Aggregate& sum) {
  const std::string counted = std::to_string(sum.n) + " of " + std::to_string(sum.completed);
  return "counted in " + counted + " samples only; in the others: " + sum.missing->sentence;
}

std::string partly_summed(const Aggregate& sum) {
  if (sum.scaled || sum.coverage >= 1) return "";
  const std::string rule = "a sum over types of cores is never scaled: the true count is higher";
  if (sum.lacking.empty()) return rule;
  std::string names;
  for (const auto& pmu : sum.lacking) names += (names.empty() ? "" : " and ") + pmu;
  return "the event is not counted on the cores of " + names + ", where the program ran as well; " + rule;
}

std::string cannot_be_right(const Metric& metric) {
  return "cannot be right: " + std::string(metric.alarm);
}

}  // namespace countercheck
