#include "reports/verdict_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/quantities.hpp"

namespace countercheck {

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

VerdictText verdict_text(const Judged& judged, const Inference& inference) {
  if (!judged.ratio) return {};
  VerdictText text{.ratio = ratio_number(*judged.ratio), .verdict = plain_verdict(judged.verdict)};
  if (judged.exact && judged.low == judged.high) {
    text.interval = "exact";
  } else if (judged.low > 0 || std::isfinite(judged.high)) {
    text.interval = fmt::format("[{}, {}]", ratio_number(judged.low), ratio_number(judged.high));
  }
  const bool identical = judged.low == 1 && judged.high == 1;
  if (judged.verdict == Verdict::equal && !identical) text.verdict += " within " + shown_tolerance(inference.tolerance);
  return text;
}

bool has_verdicts(const Comparison& comparison) {
  const auto& judged = comparison.inference.judged;
  return std::any_of(judged.begin(), judged.end(),
                     [&](const Judged& one) { return one.ratio && !comparison.columns[one.variant].again; });
}

}  // namespace countercheck
