#include "reports/factor_sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/event_names.hpp"
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

// Variants that have a time, and no factors of it.
std::vector<std::size_t> not_taken_apart(const Comparison& comparison) {
  std::vector<std::size_t> variants;
  if (!comparison.lead) return variants;
  for (const Rank& rank : comparison.ranking) {
    const auto& times = comparison.factors.times;
    const auto is_same = [&](const Factored& time) { return time.variant == rank.variant; };
    const bool apart = std::any_of(times.begin(), times.end(), is_same);
    if (rank.variant != comparison.baseline && !apart && tells_factors_of(comparison, rank.variant)) {
      variants.push_back(rank.variant);
    }
  }
  std::sort(variants.begin(), variants.end());
  return variants;
}

// Whether an event was counted, or should have been.
bool has_event(const Comparison& comparison, std::string_view name) {
  const auto is_it = [&](const Row& row) { return row.event && base_name(row.key) == name; };
  return std::any_of(comparison.rows.begin(), comparison.rows.end(), is_it) ||
         std::any_of(comparison.uncounted_rows.begin(), comparison.uncounted_rows.end(), is_it);
}

std::string why_no_factors(const Comparison& comparison, std::size_t variants) {
  if (has_event(comparison, "instructions") || has_event(comparison, "task-clock")) {
    return fmt::format("no round has instructions or task-clock of {} and of {} that were counted all the time",
                       variants == 1 ? "it" : "them", name_of(comparison, comparison.baseline));
  }
  const bool can_be_asked = !comparison.columns[comparison.baseline].outcome.summarised;
  return fmt::format("neither instructions nor task-clock were counted{}",
                     can_be_asked ? " (-e instructions,task-clock)" : "");
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
  if (comparison.columns.size() <= kMostInWords || !comparison.lead) return true;
  const Lead& lead = *comparison.lead;
  return variant == (lead.fastest == comparison.baseline ? lead.other : lead.fastest);
}

std::vector<std::string> missing_factor_sentences(const Comparison& comparison) {
  const std::vector<std::size_t> variants = not_taken_apart(comparison);
  if (variants.empty()) return {};
  std::vector<std::string> names;
  for (const std::size_t variant : variants) names.push_back(name_of(comparison, variant));
  std::vector<std::string> sentences{
      fmt::format("no factors of the time of {}: {}", listed(names), why_no_factors(comparison, variants.size()))};
  for (const std::size_t variant : variants) {
    const std::string meaning = meaning_sentence(comparison, {.variant = variant});
    if (!meaning.empty()) sentences.push_back(name_of(comparison, variant) + " " + meaning);
  }
  return sentences;
}

std::vector<std::string> factor_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  for (const Factored& time : comparison.factors.times) {
    if (!tells_factors_of(comparison, time.variant)) continue;
    sentences.push_back(time_identity(comparison, time));
    const std::string meaning = meaning_sentence(comparison, time);
    if (!meaning.empty()) sentences.push_back(name_of(comparison, time.variant) + " " + meaning);
  }
  for (std::string& sentence : missing_factor_sentences(comparison)) sentences.push_back(std::move(sentence));
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
