#include "reports/factor_sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/factor_rules.hpp"
#include "counters/counted_noun.hpp"
#include "reports/quantities.hpp"
#include "reports/sentences.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kMostInWords = 5;  // variants, each of whose factors take a dozen lines

// A ratio without its x: "2.86".
std::string times_text(double times) {
  std::string text = shown_ratio(times);
  text.pop_back();
  return text;
}

std::string name_of(const Comparison& comparison, std::size_t variant) {
  return comparison.columns[variant].name;
}

std::string amount_text(const Factor& factor, double amount) {
  const double other = amount == factor.baseline ? factor.variant : factor.baseline;
  return RowUnit(factor.measure, false, {amount, other}).show(amount);
}

// "IPC 1.69 to 1.08"
std::string evidence_text(const Factor& factor) {
  return fmt::format("{} {} to {}{}", factor.words, amount_text(factor, factor.baseline),
                     amount_text(factor, factor.variant), factor.simulated ? ", simulated" : "");
}

std::string against(const Comparison& comparison, const Factored& time) {
  const std::string times = shown_ratio(time.times);
  const std::string baseline = name_of(comparison, comparison.baseline);
  switch (time.direction) {
    case Direction::less:
      return fmt::format("{} faster than {}", times, baseline);
    case Direction::more:
    case Direction::same:
      return fmt::format("{} as fast as {}", times, baseline);
    case Direction::undecided:
      break;
  }
  return fmt::format("{} as fast as {} (not told apart)", times, baseline);
}

std::string product_text(const Factored& factored) {
  std::string text;
  for (const Factor& factor : factored.factors) text += (text.empty() ? "" : " x ") + shown_factor(factor);
  return text;
}

bool any_factor(const Comparison& comparison, bool (*holds)(const Factor&)) {
  const auto& times = comparison.factors.times;
  return std::any_of(times.begin(), times.end(), [&](const Factored& time) {
    return std::any_of(time.factors.begin(), time.factors.end(), holds);
  });
}

}  // namespace

std::string shown_factor(const Factor& factor) {
  const std::string times = times_text(factor.times);
  const char* const simulated = factor.simulated ? " (simulated)" : "";
  if (factor.reciprocal || times == "1.00") return fmt::format("{} {}{}", times, factor.words, simulated);
  if (factor.times > 1) return fmt::format("{}x {} {}{}", times, factor.less, factor.words, simulated);
  return fmt::format("{} ({} {} {}{})", times, shown_ratio(1 / factor.times), factor.more, factor.words,
                     factor.simulated ? ", simulated" : "");
}

std::string time_identity(const Comparison& comparison, const Factored& time) {
  return fmt::format("{}: {} = {}", name_of(comparison, time.variant), against(comparison, time), product_text(time));
}

std::string miss_identity(const Comparison& comparison, const Factored& misses) {
  const std::string item = comparison.work_item.empty() ? "work item" : comparison.work_item;
  const std::string quantity = misses.quantity + (misses.per_item ? " per " + item : "");
  const Factor all{.words = quantity, .less = "fewer", .more = "more", .times = misses.times};
  const auto& factors = misses.factors;
  const bool simulated =
      std::all_of(factors.begin(), factors.end(), [](const Factor& factor) { return factor.simulated; });
  std::string product;
  for (Factor factor : factors) {
    factor.simulated = factor.simulated && !simulated;
    product += (product.empty() ? "" : " x ") + shown_factor(factor);
  }
  return fmt::format("{} against {}{}: {} = {}", name_of(comparison, misses.variant),
                     name_of(comparison, comparison.baseline), simulated ? ", simulated" : "", shown_factor(all),
                     product);
}

std::string meaning_sentence(const Comparison& comparison, const Factored& time) {
  const std::vector<Remark> all = remarks(comparison.factors, time);
  if (all.empty()) return "";
  std::vector<std::string_view> told;
  std::string evidence;
  for (const Remark& remark : all) {
    for (const Factor& factor : remark.evidence) {
      if (std::find(told.begin(), told.end(), factor.key) != told.end()) continue;
      told.push_back(factor.key);
      evidence += (evidence.empty() ? "" : "; ") + evidence_text(factor);
    }
  }
  return fmt::format("{} ({})", remarks_text(all), evidence);
}

bool tells_factors_of(const Comparison& comparison, std::size_t variant) {
  if (comparison.columns.size() <= kMostInWords || !comparison.explanation) return true;
  const Explanation& explanation = *comparison.explanation;
  return variant == (explanation.fastest == comparison.baseline ? explanation.other : explanation.fastest);
}

std::vector<std::string> factor_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  for (const Factored& time : comparison.factors.times) {
    if (!tells_factors_of(comparison, time.variant)) continue;
    sentences.push_back(time_identity(comparison, time));
    const std::string meaning = meaning_sentence(comparison, time);
    if (!meaning.empty()) sentences.push_back(name_of(comparison, time.variant) + " " + meaning);
  }
  for (const Factored& misses : comparison.factors.misses) {
    if (tells_factors_of(comparison, misses.variant)) sentences.push_back(miss_identity(comparison, misses));
  }
  return sentences;
}

std::vector<std::string> factor_legend(const Comparison& comparison) {
  std::vector<std::string> sentences;
  const Factors& factors = comparison.factors;
  if (factors.times.empty() && factors.misses.empty()) return sentences;
  std::string first = "the factors multiply to what stands before the =";
  const auto middle = [](const Factored& one) { return one.used > 1; };
  if (std::any_of(factors.times.begin(), factors.times.end(), middle)) {
    first += "; each is the geometric mean over the middle half of the rounds, round by round against " +
             name_of(comparison, comparison.baseline);
  }
  sentences.push_back(first);
  if (any_factor(comparison, [](const Factor& factor) { return factor.simulated; })) {
    sentences.push_back(
        "simulated instructions are those of user mode, from a run of their own: what the kernel does is in what each "
        "of them costs");
  }
  if (any_factor(comparison, [](const Factor& factor) { return factor.user_only; })) {
    sentences.push_back("what is counted in user mode only leaves the kernel's work to the factors behind it");
  }
  const auto untold = [&](const Factored& one) { return !tells_factors_of(comparison, one.variant); };
  if (std::any_of(factors.times.begin(), factors.times.end(), untold)) {
    sentences.push_back("the factors of the other variants: --form csv, or fewer of them (--variants)");
  }
  const bool more_can_be_taken = !comparison.columns[comparison.baseline].outcome.summarised;
  if (factors.needed > 0 && !factors.times.empty() && more_can_be_taken) {
    sentences.push_back(fmt::format("{} cannot tell all factors from 1 at {:g} % together: {} are needed (-r {})",
                                    counted_noun(comparison.rounds, "round"), 100 * factors.confidence, factors.needed,
                                    factors.needed));
  }
  return sentences;
}

}  // namespace countercheck
