#include "reports/expectation_sentences.hpp"

#include <fmt/format.h>

#include <cmath>

#include "reports/quantities.hpp"

namespace countercheck {
namespace {

struct RelationWords {
  std::string_view so;
  std::string_view not_so;
};

constexpr RelationWords kWords[] = {{"below", "not below"},       {"at most", "more than"},
                                    {"above", "not above"},       {"at least", "less than"},
                                    {"equal to", "not equal to"}, {"not equal to", "equal to"}};

const RelationWords& words_of(Relation relation) {
  return kWords[static_cast<std::size_t>(relation)];
}

// In the form of its measure, with so many digits.
std::string shown(const Judgement& judgement, double value, int digits) {
  if (std::isinf(value)) return value > 0 ? "any more" : "any less";
  const double size = std::abs(value);
  std::string text;
  switch (judgement.measure) {
    case Measure::count:
      text = size == std::round(size) || size >= 1000 ? grouped(size) : significant(size, digits);
      break;
    case Measure::percent:
      text = significant(100 * size, digits) + " %";
      break;
    case Measure::nanoseconds:
      text = RowUnit(Measure::nanoseconds, false, {size}).show(size);
      break;
    case Measure::bytes:
      text = significant(size / 0x1p20, digits) + " MiB";
      break;
    default:
      text = significant(size, digits);
      // As a reader would write it: 0.5, not 0.500.
      if (text.find('.') != std::string::npos && text.find('e') == std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with('.')) text.pop_back();
      }
  }
  return (value < 0 ? "-" : "") + text;
}

// The digits that tell the ends of the interval from the bound, and from each other.
int digits_for(const Judgement& judgement) {
  int digits = 3;
  const auto alike = [&](double a, double b) {
    return a != b && shown(judgement, a, digits) == shown(judgement, b, digits);
  };
  while (digits < 9 && (alike(*judgement.value, judgement.bound) || alike(judgement.low, judgement.bound) ||
                        alike(judgement.high, judgement.bound) || alike(judgement.low, judgement.high))) {
    ++digits;
  }
  return digits;
}

// "roll-add.instructions is 0.35 x in-place.instructions"
std::string figure(const Judgement& judgement, int digits) {
  const std::string value = shown(judgement, *judgement.value, digits);
  const char* const estimate = judgement.coverage < 1 ? " (an estimate)" : "";
  if (judgement.of.empty()) return fmt::format("{} is {}{}", judgement.subject, value, estimate);
  return fmt::format("{} is {} x {}{}", judgement.subject, value, judgement.of, estimate);
}

std::string interval(const Judgement& judgement, int digits) {
  if (judgement.exact) return judgement.simulated ? "[exact, simulated]" : "[exact]";
  return fmt::format("[{}, {}]", shown(judgement, judgement.low, digits), shown(judgement, judgement.high, digits));
}

}  // namespace

std::string expectation_sentence(const Judgement& judgement) {
  const std::string verdict(to_string(judgement.holds));
  if (!judgement.value) return fmt::format("{}: {}: {}", verdict, judgement.text, judgement.why);
  const int digits = digits_for(judgement);
  const RelationWords& words = words_of(judgement.relation);
  const std::string bound = shown(judgement, judgement.bound, digits);
  if (judgement.holds != Holds::undecided) {
    return fmt::format("{}: {}, {} {} {}", verdict, figure(judgement, digits),
                       judgement.holds == Holds::confirmed ? words.so : words.not_so, bound,
                       interval(judgement, digits));
  }
  if (!judgement.why.empty()) {
    return fmt::format("{}: {}, expected {} {}: {}", verdict, figure(judgement, digits), words.so, bound,
                       judgement.why);
  }
  return fmt::format("{}: {} {}, expected {} {}", verdict, figure(judgement, digits), interval(judgement, digits),
                     words.so, bound);
}

std::vector<std::string> expectation_sentences(const std::vector<Judgement>& judgements) {
  std::vector<std::string> sentences;
  sentences.reserve(judgements.size());
  for (const Judgement& judgement : judgements) sentences.push_back(expectation_sentence(judgement));
  return sentences;
}

}  // namespace countercheck
