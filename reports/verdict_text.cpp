#include "reports/verdict_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/quantities.hpp"

namespace countercheck {
namespace {

std::string interval_text(const Judged& judged) {
  if (judged.both_zero && judged.low == judged.high) return "";
  if (judged.exact && judged.low == judged.high) return "exact";
  if (judged.low == 0 && std::isinf(judged.high)) return "";
  return fmt::format("[{}, {}]", ratio_number(judged.low), ratio_number(judged.high));
}

}  // namespace

std::string ratio_number(double ratio) {
  if (std::isinf(ratio)) return "∞";
  if (ratio >= 0.1 && ratio < 10) return fmt::format("{:.3f}", ratio);
  return significant(ratio, 3);
}

std::string shown_tolerance(double tolerance) {
  return fmt::format("{:g} %", 100 * tolerance);
}

std::string plain_verdict(Verdict verdict) {
  switch (verdict) {
    case Verdict::better:
      return "better";
    case Verdict::worse:
      return "worse";
    case Verdict::equal:
      return "equal";
    case Verdict::undecided:
      break;
  }
  return "undecided";
}

std::string drift_mark(const Judged& judged, const Inference& inference) {
  return inference.in_turns || judged.exact || judged.verdict == Verdict::undecided ? "" : " ?";
}

VerdictText verdict_text(const Judged& judged, const Inference& inference) {
  if (!is_compared(judged)) return {};
  VerdictText text{.ratio = judged.ratio ? ratio_number(*judged.ratio) : "both 0",
                   .interval = interval_text(judged),
                   .verdict = plain_verdict(judged.verdict)};
  const bool identical = judged.low == 1 && judged.high == 1;
  if (judged.verdict == Verdict::equal && !identical) text.verdict += " within " + shown_tolerance(inference.tolerance);
  text.verdict += drift_mark(judged, inference);
  return text;
}

bool has_verdicts(const Comparison& comparison) {
  const auto& judged = comparison.inference.judged;
  return std::any_of(judged.begin(), judged.end(),
                     [&](const Judged& one) { return is_compared(one) && !comparison.columns[one.variant].again; });
}

}  // namespace countercheck
