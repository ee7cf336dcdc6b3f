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
  std::optional<double> ratio{};  // median over the pairs of variant / baseline; empty: `why` tells
  double low = 0;                 // holds together with every other interval here at Terms::confidence
  double high = std::numeric_limits<double>::infinity();
  bool exact = false;   // no spread in any sample of either: compared as they are
  double coverage = 1;  // of the worst sample; below 1 the values are estimates
  Verdict verdict = Verdict::undecided;
  std::string why{};  // one clause: why undecided or not compared; may be empty

  bool operator==(const Judged&) const = default;
};

// Everything that is said of how sure a difference is comes from here.
struct Inference {
  double tolerance = 0.01;
  double confidence = 0.95;
  bool sequential = false;       // the intervals hold however early the rounds were ended
  std::size_t intervals = 0;     // that hold together
  std::vector<Judged> judged{};  // event by event, in each variant by variant; the A/A arm is among them

  bool operator==(const Inference&) const = default;
};

// Judges every variant but the baseline, which none is that computed something else (analysis/digests.hpp), by every
// event that is shown. The ratio of a round is variant over baseline in the same round; its median over the rounds has
// an interval that asks nothing of the distribution (analysis/median_interval.hpp). Each of the intervals may fail with
// the probability (1 - confidence) / intervals, so that all hold together whatever depends on what (Bonferroni). What
// has no spread needs no interval and takes no share; nor does the A/A arm, from which no verdict on a variant comes.
// An experiment whose variants differ in their parameters is cut first (experiment/points.hpp).
Inference infer(const Experiment& experiment, Per per = Per::sample);

// Null where the variant was not judged by the event.
const Judged* find_judged(const Inference& inference, std::size_t variant, std::size_t event);

// Every variant is judged by the time, none of them undecided.
bool decided(const Experiment& experiment);

}  // namespace countercheck
