#include "reports/inference_sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "counters/counted_noun.hpp"
#include "reports/oddity_sentences.hpp"
#include "reports/quantities.hpp"
#include "reports/sentences.hpp"
#include "reports/verdict_text.hpp"

namespace countercheck {
namespace {

std::vector<std::string> why_undecided(const Comparison& comparison) {
  std::vector<std::string> reasons;
  for (const Judged& judged : comparison.inference.judged) {
    if (!is_compared(judged) || judged.why.empty() || comparison.columns[judged.variant].again) continue;
    const std::string sentence = "undecided: " + judged.why;
    if (std::find(reasons.begin(), reasons.end(), sentence) == reasons.end()) reasons.push_back(sentence);
  }
  return reasons;
}

// Rounds are paired all the same, but what they have in common is their number only.
std::string what_drifts(const Comparison& comparison) {
  const Inference& inference = comparison.inference;
  const auto may_drift = [&](const Judged& judged) { return is_compared(judged) && !judged.exact; };
  if (inference.in_turns || std::none_of(inference.judged.begin(), inference.judged.end(), may_drift)) return "";
  return "? the variants did not take turns: whatever changed on the machine between the samples of one and those of "
         "the next is in the ratios, and may be all that such a verdict says";
}

std::string against_itself(const Comparison& comparison, const AgainstItself& again) {
  std::string sentence = fmt::format("{} against itself: {} of {} wrong", comparison.columns[comparison.baseline].name,
                                     again.wrong, counted_noun(again.verdicts, "verdict"));
  if (again.least_time) {
    sentence += fmt::format("; the smallest change of time seen here would be {}", shown_share(*again.least_time));
  }
  return sentence;
}

// "load 2.70 before and 2.46 after it, on 2 CPUs"
std::string load_text(const Load& load) {
  return fmt::format("load {:.2f} before and {:.2f} after it, on {}", load.before, load.after,
                     counted_noun(load.cpus, "CPU"));
}

// What is guessed from a scatter has no more than its first digits.
std::size_t first_digits(std::size_t rounds) {
  const std::size_t step = rounds >= 1000 ? 100 : rounds >= 20 ? 10 : 1;
  return (rounds + step - 1) / step * step;
}

// The variants that so many rounds decide, and how many the most of them need.
struct Deciding {
  std::vector<std::string> variants{};
  std::size_t rounds = 0;

  void add(const std::string& variant, std::size_t needed) {
    variants.push_back(variant);
    rounds = std::max(rounds, first_digits(needed));
  }
};

// "To decide the time of new against old: about 60 more rounds (-r 80), …". Those that need many times as many are told
// apart: nobody should take a thousand rounds for what ten decide.
std::string rounds_needed(const Comparison& comparison) {
  constexpr std::size_t kAlike = 3;
  std::size_t least = SIZE_MAX;
  for (const RoundsNeeded& needed : comparison.rounds_needed) {
    if (needed.decide) least = std::min(least, needed.rounds);
  }
  Deciding soon;
  Deciding late;
  for (const RoundsNeeded& needed : comparison.rounds_needed) {
    if (!needed.decide) continue;
    (needed.rounds <= kAlike * least ? soon : late).add(comparison.columns[needed.variant].name, needed.rounds);
  }
  if (soon.rounds <= comparison.rounds) {
    if (late.variants.empty()) return "";
    soon = std::move(late);
    late = {};
  }
  return fmt::format(
      "To decide the time of {} against {}: about {} (-r {}){}, if the machine stays as it was in this run{}; fewer if "
      "it "
      "is quieter",
      listed(soon.variants), comparison.columns[comparison.baseline].name,
      counted_noun(first_digits(soon.rounds - comparison.rounds), "more round"), soon.rounds,
      late.variants.empty()
          ? ""
          : fmt::format(", and {} in all for {}", counted_noun(late.rounds, "round"), listed(late.variants)),
      comparison.load ? " (" + load_text(*comparison.load) + ")" : "");
}

// "How many rounds would decide the time of new against old cannot be told from these 15, which scatter too much: 60
// (-r 60) tell more".
std::string rounds_to_learn_from(const Comparison& comparison) {
  Deciding learning;
  for (const RoundsNeeded& needed : comparison.rounds_needed) {
    if (!needed.decide) learning.add(comparison.columns[needed.variant].name, needed.rounds);
  }
  if (learning.variants.empty()) return "";
  return fmt::format(
      "How many rounds would decide the time of {} against {} cannot be told from these {}, which scatter too much: {} "
      "(-r {}) tell more",
      listed(learning.variants), comparison.columns[comparison.baseline].name,
      with_commas(std::to_string(comparison.rounds)), with_commas(std::to_string(learning.rounds)), learning.rounds);
}

}  // namespace

std::string verdict_heading(const Comparison& comparison) {
  const Inference& inference = comparison.inference;
  std::vector<std::string> others;
  for (std::size_t variant = 0; variant < comparison.columns.size(); ++variant) {
    const Column& column = comparison.columns[variant];
    if (variant != comparison.baseline && !column.excluded && !column.again) others.push_back(column.name);
  }
  const std::string who = fmt::format("{} against {}", others.size() == 1 ? others.front() : "the variants",
                                      comparison.columns[comparison.baseline].name);
  const std::string percent = fmt::format("{:g} %", 100 * inference.confidence);
  if (inference.intervals == 0) return who + ": exact ratios";
  if (inference.intervals == 1) return fmt::format("{}: ratios, and an interval that holds at {}", who, percent);
  return fmt::format("{}: ratios and their intervals, {} that hold together at {}", who, inference.intervals, percent);
}

std::vector<std::string> inference_sentences(const Comparison& comparison) {
  std::vector<std::string> sentences;
  if (!has_verdicts(comparison)) return sentences;
  if (std::string drift = what_drifts(comparison); !drift.empty()) sentences.push_back(std::move(drift));
  for (std::string& why : why_undecided(comparison)) sentences.push_back(std::move(why));
  if (comparison.inference.against_itself) {
    sentences.push_back(against_itself(comparison, *comparison.inference.against_itself));
  }
  if (std::string more = rounds_needed(comparison); !more.empty()) sentences.push_back(std::move(more));
  if (std::string more = rounds_to_learn_from(comparison); !more.empty()) sentences.push_back(std::move(more));
  for (std::string& sentence : oddity_sentences(comparison)) sentences.push_back(std::move(sentence));
  return sentences;
}

}  // namespace countercheck
