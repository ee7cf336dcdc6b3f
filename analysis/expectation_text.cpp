#include "analysis/expectation_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/event_names.hpp"
#include "analysis/expectation_lexer.hpp"

namespace countercheck {
namespace {

using Kind = Operand::Kind;

int strength(Kind kind) {
  switch (kind) {
    case Kind::sum:
    case Kind::difference:
      return 0;
    case Kind::product:
    case Kind::quotient:
      return 1;
    case Kind::negative:
      return 2;
    case Kind::number:
    case Kind::reading:
      break;
  }
  return 3;
}

bool is_one_word(const std::string& name) {
  if (name.empty() || name.find('"') != std::string::npos) return false;
  try {
    const Token token = next_token(name, 0);
    return token.kind == Token::Kind::word && token.next == name.size();
  } catch (const std::exception&) {
    return false;
  }
}

std::string quoted(const std::string& name) {
  const char quote = name.find('"') == std::string::npos ? '"' : '\'';
  return quote + name + quote;
}

std::string variant_text(const std::string& name) {
  return is_one_word(name) && name.find('.') == std::string::npos ? name : quoted(name);
}

std::string reading_text(const Wanted& wanted) {
  const std::string name = wanted.quantity == kWallTime ? "time" : wanted.quantity;
  return variant_text(wanted.variant) + "." + (is_one_word(name) ? name : quoted(name)) +
         (wanted.per == Per::work_item ? " per item" : "");
}

std::string number_text(double number, const Dimension& dimension) {
  if (dimension == Dimension{1, 0}) {
    if (number >= 1e9) return fmt::format("{:g}s", number / 1e9);
    return number >= 1e6 ? fmt::format("{:g}ms", number / 1e6) : fmt::format("{:g}ns", number);
  }
  if (dimension == Dimension{0, 1}) {
    return number >= 0x1p20 ? fmt::format("{:g}MiB", number / 0x1p20) : fmt::format("{:g}B", number);
  }
  return fmt::format("{:.12g}", number);
}

std::string in_parentheses(const Side& side, std::size_t operand, int least) {
  std::string text = text_of(side, operand);
  return strength(side.operands[operand].kind) < least ? "(" + text + ")" : text;
}

}  // namespace

std::string text_of(const Side& side, std::size_t operand) {
  const Operand& one = side.operands[operand];
  switch (one.kind) {
    case Kind::number:
      return number_text(one.number, one.dimension);
    case Kind::reading:
      return reading_text(one.wanted);
    case Kind::negative:
      return "-" + in_parentheses(side, one.left, 2);
    case Kind::sum:
      return in_parentheses(side, one.left, 0) + " + " + in_parentheses(side, one.right, 1);
    case Kind::difference:
      return in_parentheses(side, one.left, 0) + " - " + in_parentheses(side, one.right, 1);
    case Kind::product:
      return in_parentheses(side, one.left, 1) + " * " + in_parentheses(side, one.right, 2);
    case Kind::quotient:
      break;
  }
  return in_parentheses(side, one.left, 1) + " / " + in_parentheses(side, one.right, 2);
}

}  // namespace countercheck
