#include "analysis/expectation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/event_names.hpp"
#include "analysis/expectation_lexer.hpp"
#include "analysis/metrics.hpp"
#include "counters/catalogue.hpp"
#include "counters/nearest.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

constexpr std::string_view kRelations[] = {"<", "<=", ">", ">=", "==", "!="};

const Metric* find_metric(std::string_view key) {
  const auto all = metrics();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Metric& metric) { return metric.key == key; });
  return found == all.end() ? nullptr : &*found;
}

// The name that results have: "time" and "faults" are other words for "wall-time" and "page-faults".
std::string stored_name(std::string_view quantity) {
  if (quantity == "time") return std::string(kWallTime);
  const std::string_view base = base_name(quantity);
  const NamedEvent* const event = find_named_event(base);
  return event ? std::string(event->name) + std::string(quantity.substr(base.size())) : std::string(quantity);
}

Unit unit_of(std::string_view quantity) {
  const NamedEvent* const event = find_named_event(base_name(quantity));
  return event ? event->unit : Unit::count;
}

Dimension dimension_of(std::string_view quantity) {
  const Unit unit = unit_of(quantity);
  return {unit == Unit::nanoseconds ? 1 : 0, unit == Unit::bytes ? 1 : 0};
}

std::string words_for(const Dimension& dimension) {
  if (dimension == Dimension{}) return "a plain number";
  if (dimension == Dimension{1, 0}) return "a time";
  if (dimension == Dimension{0, 1}) return "a number of bytes";
  return "a product of units";
}

// What to write instead, where one of the two lacks a unit.
std::string unit_hint(const Dimension& a, const Dimension& b) {
  const Dimension united = a == Dimension{} ? b : a;
  if (a != Dimension{} && b != Dimension{}) return "";
  if (united == Dimension{1, 0}) return "; a time has a unit, as in 20ms";
  return united == Dimension{0, 1} ? "; bytes have a unit, as in 64MiB" : "";
}

// Reads from left to right, one token ahead. Each function takes what its name says and leaves its index.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) { step(); }

  Expectation expectation() {
    Expectation result{.text = std::string(text_)};
    if (token_.kind == Token::Kind::end) complain("it is empty: write one such as new.time <= 1.02 * old.time");
    result.left = side();
    const std::size_t at = token_.at;
    result.relation = relation();
    result.right = side();
    if (is_relation()) complain("this is a second comparison: state it in an expectation of its own");
    if (token_.is(")")) complain("this parenthesis was not opened");
    if (token_.kind != Token::Kind::end) complain_of_no_operator();
    check(result, at);
    return result;
  }

 private:
  using Kind = Operand::Kind;

  [[noreturn]] void complain(const std::string& sentence) const { refuse(text_, token_.at, sentence); }

  [[noreturn]] void complain_of_no_operator() const {
    if (was_number_ && token_.kind == Token::Kind::word) {
      complain(fmt::format("'{}' after a number: a unit is written without a blank before it", token_.text));
    }
    complain("between two numbers or readings stands one of + - * / or a comparison");
  }

  void step() {
    was_number_ = token_.kind == Token::Kind::number;
    end_ = token_.next;
    token_ = next_token(text_, token_.next);
  }

  bool is_relation() const {
    return token_.kind == Token::Kind::symbol &&
           std::find(std::begin(kRelations), std::end(kRelations), token_.text) != std::end(kRelations);
  }

  Relation relation() {
    if (token_.kind == Token::Kind::end) complain("it ends without a comparison: <, <=, >, >=, == or !=");
    if (token_.is(")")) complain("this parenthesis was not opened");
    if (!is_relation()) complain_of_no_operator();
    const auto found = std::find(std::begin(kRelations), std::end(kRelations), token_.text);
    step();
    return static_cast<Relation>(found - std::begin(kRelations));
  }

  Side side() {
    operands_.clear();
    const std::size_t begin = token_.at;
    sum();
    return {.operands = std::move(operands_), .text = std::string(text_.substr(begin, end_ - begin))};
  }

  std::size_t add(Operand operand) {
    operands_.push_back(std::move(operand));
    return operands_.size() - 1;
  }

  std::size_t sum() {
    std::size_t left = product();
    while (token_.is("+") || token_.is("-")) {
      const std::size_t at = token_.at;
      const Kind kind = token_.is("+") ? Kind::sum : Kind::difference;
      step();
      const std::size_t right = product();
      const Dimension a = operands_[left].dimension;
      const Dimension b = operands_[right].dimension;
      if (a != b) {
        refuse(text_, at,
               fmt::format("{} and {} cannot be {}{}", words_for(a), words_for(b),
                           kind == Kind::sum ? "added" : "subtracted", unit_hint(a, b)));
      }
      left = add({.kind = kind, .left = left, .right = right, .dimension = a});
    }
    return left;
  }

  std::size_t product() {
    std::size_t left = signed_one();
    while (token_.is("*") || token_.is("/")) {
      const Kind kind = token_.is("*") ? Kind::product : Kind::quotient;
      step();
      const std::size_t right = signed_one();
      const Dimension a = operands_[left].dimension;
      const Dimension b = operands_[right].dimension;
      const int sign = kind == Kind::product ? 1 : -1;
      left = add({.kind = kind,
                  .left = left,
                  .right = right,
                  .dimension = {a.time + sign * b.time, a.bytes + sign * b.bytes}});
    }
    return left;
  }

  std::size_t signed_one() {
    if (!token_.is("-")) return single();
    deeper();
    step();
    const std::size_t of = signed_one();
    --depth_;
    return add({.kind = Kind::negative, .left = of, .dimension = operands_[of].dimension});
  }

  std::size_t single() {
    if (token_.kind == Token::Kind::number) {
      const Token number = token_;
      step();
      return add({.kind = Kind::number, .number = number.number, .dimension = number.dimension});
    }
    if (token_.is("(")) {
      const std::size_t opened = token_.at;
      deeper();
      step();
      const std::size_t inner = sum();
      if (!token_.is(")")) refuse(text_, opened, "this parenthesis is not closed");
      --depth_;
      step();
      return inner;
    }
    if (token_.kind == Token::Kind::word || token_.kind == Token::Kind::quoted) return reading();
    if (token_.kind == Token::Kind::end) complain("it ends where a number or a reading such as new.time is due");
    complain(fmt::format("a number or a reading such as new.time is due before '{}'", token_.text));
  }

  void deeper() {
    if (++depth_ > kDeepestExpectation) {
      complain(fmt::format("more than {} parentheses and signs within each other are not read", kDeepestExpectation));
    }
  }

  // VARIANT.EVENT or EVENT(VARIANT), either name in quotes where it needs them.
  std::size_t reading() {
    const Token first = token_;
    step();
    Wanted wanted;
    const std::size_t dot = first.kind == Token::Kind::word ? first.text.find('.') : std::string::npos;
    if (token_.is("(") && token_.at == first.next) {
      wanted = of_variant_in_parentheses(first);
    } else if (dot != std::string::npos && dot + 1 < first.text.size()) {
      wanted = {.variant = first.text.substr(0, dot),
                .quantity = first.text.substr(dot + 1),
                .variant_at = first.at,
                .quantity_at = first.at + dot + 1};
    } else if (dot != std::string::npos || token_.is(".")) {
      wanted = {.variant = first.text.substr(0, dot), .variant_at = first.at};
      if (dot == std::string::npos) step();
      if (token_.kind != Token::Kind::word && token_.kind != Token::Kind::quoted) {
        complain("the name of an event is due behind the dot");
      }
      wanted.quantity = token_.text;
      wanted.quantity_at = token_.at;
      step();
    } else {
      refuse(text_, first.at, fmt::format("'{0}' of which variant? Write VARIANT.{0} or {0}(VARIANT)", first.text));
    }
    if (wanted.variant.empty()) refuse(text_, wanted.variant_at, "the name of a variant is due before the dot");
    wanted.quantity = stored_name(wanted.quantity);
    wanted.per = per_item(wanted);
    return add({.kind = Kind::reading, .wanted = wanted, .dimension = dimension_of(wanted.quantity)});
  }

  Wanted of_variant_in_parentheses(const Token& event) {
    step();
    if (token_.kind != Token::Kind::word && token_.kind != Token::Kind::quoted) {
      complain(fmt::format("the name of a variant is due in {}(…), in quotes if it begins with no letter", event.text));
    }
    Wanted wanted{.variant = token_.text, .quantity = event.text, .variant_at = token_.at, .quantity_at = event.at};
    step();
    if (!token_.is(")"))
      complain("a ')' is due behind the name of the variant; a name with blanks is written in quotes");
    step();
    return wanted;
  }

  Per per_item(const Wanted& wanted) {
    if (token_.kind != Token::Kind::word || token_.text != "per") return Per::sample;
    const std::size_t at = token_.at;
    step();
    if (token_.kind != Token::Kind::word || token_.text != "item") complain("'per' goes on with 'item'");
    step();
    if (find_metric(wanted.quantity)) {
      refuse(text_, at, fmt::format("{} is a quotient already and is not divided by work items", wanted.quantity));
    }
    if (unit_of(wanted.quantity) == Unit::bytes) {
      refuse(text_, at, fmt::format("{} is a peak and is not divided by work items", wanted.quantity));
    }
    return Per::work_item;
  }

  void check(const Expectation& made, std::size_t at) const {
    const Dimension a = made.left.whole().dimension;
    const Dimension b = made.right.whole().dimension;
    if (a != b) {
      refuse(text_, at, fmt::format("{} and {} cannot be compared{}", words_for(a), words_for(b), unit_hint(a, b)));
    }
    if (wanted_of(made).empty()) refuse(text_, 0, "it reads nothing of any variant: write VARIANT.EVENT on a side");
    check_share(made.left, made.right, at);
    check_share(made.right, made.left, at);
  }

  // A share is never more than 1, so 5 for 5% would always hold.
  void check_share(const Side& share, const Side& number, std::size_t at) const {
    const Operand& whole = share.whole();
    if (whole.kind != Kind::reading || number.whole().kind != Kind::number || number.whole().number <= 1) return;
    const Metric* const metric = find_metric(whole.wanted.quantity);
    if (!metric || metric->measure != Measure::percent) return;
    refuse(text_, at, fmt::format("{} is a share and never more than 1: write it with %, as in 5%", metric->key));
  }

  std::string_view text_;
  Token token_{};
  std::size_t end_ = 0;  // of the token before
  bool was_number_ = false;
  std::size_t depth_ = 0;
  std::vector<Operand> operands_{};
};

}  // namespace

std::string_view to_string(Relation relation) {
  return kRelations[static_cast<std::size_t>(relation)];
}

Expectation parse_expectation(std::string_view text) {
  if (text.size() > kLongestExpectation) {
    throw UserError(Trouble::usage, fmt::format("an expectation of {} bytes is not read: at most {} are", text.size(),
                                                kLongestExpectation));
  }
  return Parser(text).expectation();
}

std::vector<Wanted> wanted_of(const Expectation& expectation) {
  std::vector<Wanted> all;
  for (const Side* side : {&expectation.left, &expectation.right}) {
    for (const Operand& operand : side->operands) {
      if (operand.kind == Operand::Kind::reading) all.push_back(operand.wanted);
    }
  }
  return all;
}

std::vector<std::string> events_wanted(const Expectation& expectation) {
  std::vector<std::string> names;
  const auto add = [&](std::string name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  };
  for (const Wanted& wanted : wanted_of(expectation)) {
    const auto all = metrics();
    const auto same = [&](const Metric& metric) { return metric.key == wanted.quantity; };
    const auto rows = std::count_if(all.begin(), all.end(), same);
    if (rows == 0) {
      add(wanted.quantity);
    } else if (rows == 1) {
      for (std::string& name : events_of(*find_metric(wanted.quantity))) add(std::move(name));
    } else {
      add("topdown");  // metrics with a formula for each maker are all of it
    }
  }
  return names;
}

void check_names(const Expectation& expectation, const std::vector<std::string>& variants,
                 const std::function<bool(const std::string&)>& is_event) {
  for (const Wanted& wanted : wanted_of(expectation)) {
    if (std::find(variants.begin(), variants.end(), wanted.variant) == variants.end()) {
      refuse(expectation.text, wanted.variant_at,
             fmt::format("there is no variant '{}'{}", wanted.variant, did_you_mean(wanted.variant, variants)));
    }
    if (find_metric(wanted.quantity) || is_event(wanted.quantity)) continue;
    std::vector<std::string> known{"time"};
    for (const NamedEvent& event : catalogue()) known.emplace_back(event.name);
    for (const Metric& metric : metrics()) known.emplace_back(metric.key);
    refuse(
        expectation.text, wanted.quantity_at,
        fmt::format("there is no event or metric '{}'{}; countercheck list events and countercheck list metrics show "
                    "them",
                    wanted.quantity, did_you_mean(wanted.quantity, known)));
  }
}

}  // namespace countercheck
