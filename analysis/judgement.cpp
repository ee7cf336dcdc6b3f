#include "analysis/judgement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/expectation_text.hpp"
#include "analysis/expectation_values.hpp"
#include "analysis/median_interval.hpp"
#include "analysis/metrics.hpp"
#include "analysis/statistics.hpp"
#include "counters/counted_noun.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

using Kind = Operand::Kind;

// A side as a plain number times an operand that is no number.
struct Multiple {
  double times = 1;
  std::size_t of = 0;
};

bool is_plain(const Side& side, std::size_t operand) {
  const Operand& one = side.operands[operand];
  switch (one.kind) {
    case Kind::number:
      return true;
    case Kind::reading:
      return false;
    case Kind::negative:
      return is_plain(side, one.left);
    default:
      return is_plain(side, one.left) && is_plain(side, one.right);
  }
}

// The values of all operands of a side, the readings being taken in order from `readings`.
std::vector<double> values_of(const Side& side, const double* readings) {
  std::vector<double> values;
  for (const Operand& one : side.operands) {
    const auto left = [&] { return values[one.left]; };
    const auto right = [&] { return values[one.right]; };
    switch (one.kind) {
      case Kind::number:
        values.push_back(one.number);
        break;
      case Kind::reading:
        values.push_back(*readings++);
        break;
      case Kind::negative:
        values.push_back(-left());
        break;
      case Kind::sum:
        values.push_back(left() + right());
        break;
      case Kind::difference:
        values.push_back(left() - right());
        break;
      case Kind::product:
        values.push_back(left() * right());
        break;
      case Kind::quotient:
        values.push_back(left() / right());
        break;
    }
  }
  return values;
}

double plain_value(const Side& side, std::size_t operand) {
  const std::vector<double> zeros(side.operands.size(), 0.0);
  return values_of(side, zeros.data())[operand];
}

Multiple multiple_of(const Side& side) {
  Multiple result{.of = side.operands.size() - 1};
  for (;;) {
    const Operand& one = side.operands[result.of];
    if (one.kind == Kind::product && is_plain(side, one.left)) {
      result.times *= plain_value(side, one.left);
      result.of = one.right;
    } else if (one.kind == Kind::product && is_plain(side, one.right)) {
      result.times *= plain_value(side, one.right);
      result.of = one.left;
    } else if (one.kind == Kind::quotient && is_plain(side, one.right)) {
      result.times /= plain_value(side, one.right);
      result.of = one.left;
    } else {
      return result;
    }
  }
}

Relation mirrored(Relation relation) {
  switch (relation) {
    case Relation::below:
      return Relation::above;
    case Relation::at_most:
      return Relation::at_least;
    case Relation::above:
      return Relation::below;
    case Relation::at_least:
      return Relation::at_most;
    default:
      return relation;
  }
}

Measure measure_of_side(const Side& side, std::size_t operand) {
  const Operand& one = side.operands[operand];
  if (one.dimension == Dimension{1, 0}) return Measure::nanoseconds;
  if (one.dimension == Dimension{0, 1}) return Measure::bytes;
  if (one.kind != Kind::reading) return Measure::number;
  const auto all = metrics();
  const auto metric =
      std::find_if(all.begin(), all.end(), [&](const Metric& row) { return row.key == one.wanted.quantity; });
  return metric == all.end() ? Measure::count : metric->measure;
}

// The values of both sides, or of the multiples in them, round by round.
struct Sides {
  std::vector<double> left{};
  std::vector<double> right{};
};

bool all_above_zero(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return value > 0; });
}

bool all_finite(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

// An expectation on its way to a verdict: the numbers of which the median is compared with the bound.
struct Draft {
  Judgement made{};
  std::vector<double> numbers{};
  std::size_t steady_over = 0;
  bool relative = false;  // the number is a relative difference: == and != hold it against the tolerance
};

class Drafter {
 public:
  Drafter(const Expectation& expectation, const WantedValues& wanted)
      : expectation_(expectation), left_(multiple_of(expectation.left)), right_(multiple_of(expectation.right)) {
    const Sides whole = sides(wanted, last(expectation.left), last(expectation.right));
    if (!all_finite(whole.left) || !all_finite(whole.right)) {
      draft_.made.why = "in some round it divides by 0";
      return;
    }
    const bool left_plain = is_plain(expectation.left, last(expectation.left));
    const bool right_plain = is_plain(expectation.right, last(expectation.right));
    if (left_plain || right_plain) {
      of_one_side(left_plain ? expectation.right : expectation.left, left_plain ? whole.right : whole.left,
                  left_plain ? whole.left.front() : whole.right.front(),
                  left_plain ? mirrored(expectation.relation) : expectation.relation);
      return;
    }
    const Sides multiples = sides(wanted, left_.of, right_.of);
    if (left_.times > 0 && right_.times > 0 && all_above_zero(multiples.left) && all_above_zero(multiples.right)) {
      of_quotient(multiples);
    } else {
      of_difference(whole);
    }
  }

  Draft take() { return std::move(draft_); }

 private:
  static std::size_t last(const Side& side) { return side.operands.size() - 1; }

  Sides sides(const WantedValues& wanted, std::size_t left, std::size_t right) const {
    const auto is_reading = [](const Operand& one) { return one.kind == Kind::reading; };
    const auto& operands = expectation_.left.operands;
    const auto in_left = std::count_if(operands.begin(), operands.end(), is_reading);
    Sides result;
    for (const RoundOfReadings& round : wanted.rounds) {
      result.left.push_back(values_of(expectation_.left, round.values.data())[left]);
      result.right.push_back(values_of(expectation_.right, round.values.data() + in_left)[right]);
    }
    return result;
  }

  void of_one_side(const Side& side, const std::vector<double>& values, double bound, Relation relation) {
    draft_.made.subject = text_of(side, last(side));
    draft_.made.measure = measure_of_side(side, last(side));
    draft_.made.relation = relation;
    draft_.made.bound = bound;
    draft_.numbers = values;
  }

  void of_quotient(const Sides& multiples) {
    draft_.made.subject = text_of(expectation_.left, left_.of);
    draft_.made.of = text_of(expectation_.right, right_.of);
    draft_.made.relation = expectation_.relation;
    draft_.made.bound = right_.times / left_.times;
    const Dimension left = expectation_.left.operands[left_.of].dimension;
    const Dimension right = expectation_.right.operands[right_.of].dimension;
    if (left.time > right.time) draft_.made.measure = Measure::nanoseconds;
    if (left.bytes > right.bytes) draft_.made.measure = Measure::bytes;
    for (std::size_t round = 0; round < multiples.left.size(); ++round) {
      draft_.numbers.push_back(multiples.left[round] / multiples.right[round]);
    }
  }

  void of_difference(const Sides& whole) {
    const Relation relation = expectation_.relation;
    draft_.relative = relation == Relation::equal || relation == Relation::unequal;
    const std::string right = text_of(expectation_.right, last(expectation_.right));
    const Kind kind = expectation_.right.whole().kind;
    const bool apart = kind == Kind::sum || kind == Kind::difference;
    draft_.made.subject =
        text_of(expectation_.left, last(expectation_.left)) + " - " + (apart ? "(" + right + ")" : right);
    draft_.made.measure = measure_of_side(expectation_.left, last(expectation_.left));
    draft_.made.relation = relation;
    for (std::size_t round = 0; round < whole.left.size(); ++round) {
      const double left = whole.left[round];
      const double other = whole.right[round];
      const double larger = std::max(std::abs(left), std::abs(other));
      draft_.numbers.push_back(draft_.relative && larger > 0 ? (left - other) / larger : left - other);
    }
    if (draft_.relative) draft_.made.measure = Measure::percent;
  }

  const Expectation& expectation_;
  Multiple left_;
  Multiple right_;
  Draft draft_{};
};

Draft draft_of(const Expectation& expectation, const Experiment& experiment) {
  const WantedValues wanted = values_wanted(expectation, experiment);
  Draft draft;
  if (wanted.rounds.empty()) {
    draft.made.why = wanted.why;
  } else {
    draft = Drafter(expectation, wanted).take();
  }
  draft.made.text = expectation.text;
  draft.made.pairs = draft.numbers.size();
  draft.made.exact = wanted.steady && !draft.numbers.empty();
  draft.made.simulated = wanted.simulated;
  draft.made.coverage = wanted.coverage;
  draft.steady_over = wanted.steady_over;
  if (!draft.numbers.empty()) draft.made.value = median(draft.numbers);
  return draft;
}

Holds opposite(Holds holds) {
  if (holds == Holds::undecided) return holds;
  return holds == Holds::confirmed ? Holds::refuted : Holds::confirmed;
}

Holds held(bool confirmed, bool refuted) {
  if (confirmed) return Holds::confirmed;
  return refuted ? Holds::refuted : Holds::undecided;
}

Holds holds_between(const Judgement& judgement, bool relative, double tolerance) {
  const double low = judgement.low;
  const double high = judgement.high;
  const double bound = judgement.bound;
  switch (judgement.relation) {
    case Relation::below:
      return held(high < bound, low >= bound);
    case Relation::at_most:
      return held(high <= bound, low > bound);
    case Relation::above:
      return held(low > bound, high <= bound);
    case Relation::at_least:
      return held(low >= bound, high < bound);
    case Relation::equal:
    case Relation::unequal:
      break;
  }
  const double one = relative ? -tolerance : bound / (1 + tolerance);
  const double other = relative ? tolerance : bound * (1 + tolerance);
  const double least = std::min(one, other);
  const double most = std::max(one, other);
  const Holds equal = held(low >= least && high <= most, high < least || low > most);
  return judgement.relation == Relation::equal ? equal : opposite(equal);
}

Judgement finished(Draft draft, const Experiment& experiment, std::size_t together) {
  Judgement& made = draft.made;
  if (draft.numbers.empty()) return made;
  const double error = 1 - experiment.terms.confidence;
  if (made.exact) {
    // A count of two values that fell on one of them every time is no steady count: the fairest coin does so.
    if (!made.simulated && 2 * std::pow(0.5, static_cast<double>(draft.steady_over)) > error) {
      made.exact = false;
      made.why =
          fmt::format("the same in {}, which are too few to call a count steady", counted_noun(made.pairs, "round"));
      return made;
    }
    made.low = made.high = *made.value;
  } else {
    const double each = error / static_cast<double>(std::max<std::size_t>(together, 1));
    const bool sequential = experiment.plan.stops_early;
    const std::size_t n = draft.numbers.size();
    const std::size_t k = sequential ? rank_of_sequential_interval(n, each) : rank_of_interval(n, each);
    if (k == 0) {
      const std::string all = together > 1 ? fmt::format("{} expectations together", together) : "it";
      made.why = fmt::format("{} cannot decide {} at {:g} %: {} are needed", counted_noun(n, "round"), all,
                             100 * experiment.terms.confidence, values_needed(each, sequential));
      return made;
    }
    std::sort(draft.numbers.begin(), draft.numbers.end());
    made.low = draft.numbers[k - 1];
    made.high = draft.numbers[n - k];
  }
  made.holds = holds_between(made, draft.relative, experiment.terms.tolerance);
  return made;
}

}  // namespace

std::string_view to_string(Holds holds) {
  switch (holds) {
    case Holds::confirmed:
      return "confirmed";
    case Holds::refuted:
      return "refuted";
    case Holds::undecided:
      break;
  }
  return "undecided";
}

Judgement judge(const Expectation& expectation, const Experiment& experiment, std::size_t together) {
  return finished(draft_of(expectation, experiment), experiment, together);
}

std::vector<Judgement> judge_expectations(const Experiment& experiment) {
  std::vector<Draft> drafts;
  std::size_t together = 0;
  for (const std::string& text : experiment.terms.expectations) {
    Draft draft;
    try {
      draft = draft_of(parse_expectation(text), experiment);
    } catch (const UserError& error) {
      draft.made.text = text;
      draft.made.why = error.what();
    }
    if (!draft.numbers.empty() && !draft.made.exact) ++together;
    drafts.push_back(std::move(draft));
  }
  std::vector<Judgement> all;
  for (Draft& draft : drafts) all.push_back(finished(std::move(draft), experiment, together));
  return all;
}

}  // namespace countercheck
