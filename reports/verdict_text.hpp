#pragma once

#include <string>

#include "analysis/comparison.hpp"

namespace countercheck {

// A verdict in words, piece by piece, the same in every form.
struct VerdictText {
  std::string ratio{};     // "0.984", "both 0"; empty where nothing was compared, and the other two with it
  std::string interval{};  // "[0.969, 1.001]", "exact"; empty: none
  std::string verdict{};   // "better", "equal within 1 %"

  bool operator==(const VerdictText&) const = default;
};

VerdictText verdict_text(const Judged& judged, const Inference& inference);

// The mark of a verdict that a drift of the machine may have made, explained by inference_sentences(): " ?", or
// nothing.
std::string drift_mark(const Judged& judged, const Inference& inference);

// "better", "worse", "equal", "undecided": as it is stored.
std::string plain_verdict(Verdict verdict);

// A ratio beside its interval: "0.984", "12.3", "0.0000068"; "∞" is that of something to nothing.
std::string ratio_number(double ratio);

// "1 %", "0.5 %"
std::string shown_tolerance(double tolerance);

// Whether any row has a verdict on any variant, the A/A arm aside.
bool has_verdicts(const Comparison& comparison);

}  // namespace countercheck
