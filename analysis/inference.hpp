#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "analysis/measure.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// What the samples support about one variant against the baseline. Less of an event is better.
enum class Verdict {
  better,     // the interval of the ratio lies below 1, and not within the tolerance
  worse,      // above 1, and not within the tolerance
  equal,      // within the tolerance around 1
  undecided,  // none of these
};

// What an interval that holds the ratio supports.
Verdict verdict_of(double low, double high, double tolerance);

// One variant against the baseline by one event.
struct Judged {
  std::size_t variant = 0;        // index into Experiment::variants
  std::size_t event = 0;          // index into Experiment::events
  std::size_t pairs = 0;          // rounds (and layouts) in which both have a value
  std::optional<double> ratio{};  // median over the pairs of variant / baseline; empty: `both_zero`, or `why` tells
  bool both_zero = false;         // so are both medians, and 0 against 0 has no ratio; in a round it counts as 1
  double low = 0;                 // holds together with every other interval here at Terms::confidence
  double high = std::numeric_limits<double>::infinity();
  bool exact = false;   // no spread in any sample of either: compared as they are
  double coverage = 1;  // of the worst sample; below 1 the values are estimates
  Verdict verdict = Verdict::undecided;
  std::string why{};  // one clause: why undecided or not compared; may be empty

  bool operator==(const Judged&) const = default;
};

// Whether there are values of both.
inline bool is_compared(const Judged& judged) {
  return judged.ratio || judged.both_zero;
}

// What the second measurement of the baseline tells: whatever it finds between the baseline and itself is not there.
struct AgainstItself {
  std::size_t variant = 0;             // the A/A arm
  std::size_t verdicts = 0;            // events that it was judged by
  std::size_t wrong = 0;               // of them, those by which it came out better or worse
  std::optional<double> least_time{};  // the half-width of its interval of the time: a change smaller than that, as a
                                       // share, could not have been seen; empty: there is no interval

  bool operator==(const AgainstItself&) const = default;
};

// Everything that is said of how sure a difference is comes from here.
struct Inference {
  double tolerance = 0.01;
  double confidence = 0.95;
  bool sequential = false;       // the intervals hold however early the rounds were ended
  bool in_turns = true;          // else a drift of the machine is in every ratio that is not exact (Order::sequential)
  std::size_t intervals = 0;     // that hold together
  double error = 0.05;           // of each of them
  std::vector<Judged> judged{};  // event by event, in each variant by variant; the A/A arm is among them
  std::optional<AgainstItself> against_itself{};  // empty: there is no A/A arm

  bool operator==(const Inference&) const = default;
};

// Judges every variant but the baseline, which none is that computed something else (analysis/digests.hpp), by every
// event that is shown. The ratio of a round is variant over baseline in the same round; its median over the rounds has
// an interval that asks nothing of the distribution (analysis/median_interval.hpp). Each of the intervals may fail with
// the probability (1 - confidence) / intervals, so that all hold together whatever depends on what (Bonferroni). What
// has no spread needs no interval and takes no share; nor does the A/A arm, from which no verdict on a variant comes.
// The times of every two variants that are not the baseline take theirs, for the ranking compares those (judge_pair()).
// An experiment whose variants differ in their parameters is cut first (experiment/points.hpp).
Inference infer(const Experiment& experiment, Per per = Per::sample);

// One variant against any other by an event, with an interval that is one of those of `together`.
Judged judge_pair(const Experiment& experiment, std::size_t one, std::size_t other, std::size_t event,
                  const Inference& together, Per per = Per::sample);

// Null where the variant was not judged by the event.
const Judged* find_judged(const Inference& inference, std::size_t variant, std::size_t event);

// A second measurement of the baseline, to be added to the variants of an experiment (--aa).
inline bool is_again(const Experiment& experiment, std::size_t variant) {
  return experiment.variants[variant].again.has_value();
}

}  // namespace countercheck
