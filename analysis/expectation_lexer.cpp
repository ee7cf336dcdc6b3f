#include "analysis/expectation_lexer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <system_error>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

struct Suffix {
  std::string_view name;
  double factor;
  Dimension dimension;
};

constexpr Dimension kPlain{};
constexpr Dimension kTime{1, 0};
constexpr Dimension kBytes{0, 1};
constexpr Suffix kSuffixes[] = {
    {"%", 0.01, kPlain},     {"k", 1e3, kPlain},     {"M", 1e6, kPlain},      {"G", 1e9, kPlain},
    {"T", 1e12, kPlain},     {"Ki", 0x1p10, kPlain}, {"Mi", 0x1p20, kPlain},  {"Gi", 0x1p30, kPlain},
    {"Ti", 0x1p40, kPlain},  {"ns", 1, kTime},       {"us", 1e3, kTime},      {"µs", 1e3, kTime},
    {"ms", 1e6, kTime},      {"s", 1e9, kTime},      {"B", 1, kBytes},        {"kB", 1e3, kBytes},
    {"MB", 1e6, kBytes},     {"GB", 1e9, kBytes},    {"KiB", 0x1p10, kBytes}, {"MiB", 0x1p20, kBytes},
    {"GiB", 0x1p30, kBytes},
};

// The longest first, so that <= is not read as < and =.
constexpr std::string_view kSymbols[] = {"<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "(", ")", "."};

struct Slip {
  std::string_view text;
  std::string_view meant;
};
constexpr Slip kSlips[] = {{"=<", "<="}, {"=>", ">="}, {"<>", "!="}, {"=", "=="}, {"&&", ""}, {"||", ""}};

bool digit(char c) {
  return c >= '0' && c <= '9';
}

// Bytes of a character beyond ASCII are letters of names.
bool letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
  bool in_slashes = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '/') in_slashes = !in_slashes;
    const bool of_name = letter(c) || digit(c) || c == '-' || c == ':' || c == '/' || c == '.';
    if (!of_name && !(in_slashes && (c == '=' || c == ','))) break;
  }
  return at;
}

std::size_t end_of_letters(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '%') return at + 1;
  while (at < text.size() && letter(text[at])) ++at;
  return at;
}

Token number_at(std::string_view text, std::size_t at) {
  Token token{.kind = Token::Kind::number, .at = at};
  const char* const first = text.data() + at;
  const auto [rest, error] = std::from_chars(first, text.data() + text.size(), token.number);
  const auto digits = static_cast<std::size_t>(rest - first);
  if (error != std::errc()) refuse(text, at, "this number is larger or smaller than any that is counted with");
  const std::size_t begin = at + digits;
  token.next = end_of_letters(text, begin);
  token.text = std::string(text.substr(at, token.next - at));
  const std::string_view suffix = text.substr(begin, token.next - begin);
  if (suffix.empty()) return token;
  const auto known =
      std::find_if(std::begin(kSuffixes), std::end(kSuffixes), [&](const Suffix& row) { return row.name == suffix; });
  if (known == std::end(kSuffixes)) {
    std::string all;
    for (const Suffix& row : kSuffixes) all += (all.empty() ? "" : ", ") + std::string(row.name);
    refuse(text, begin, fmt::format("'{}' is no unit of a number; these are: {}", suffix, all));
  }
  token.number *= known->factor;
  token.dimension = known->dimension;
  return token;
}

Token quoted_at(std::string_view text, std::size_t at) {
  const std::size_t end = text.find(text[at], at + 1);
  if (end == std::string_view::npos) refuse(text, at, "this quote is not closed");
  if (end == at + 1) refuse(text, at, "there is no name in these quotes");
  return {
      .kind = Token::Kind::quoted, .text = std::string(text.substr(at + 1, end - at - 1)), .at = at, .next = end + 1};
}

Token symbol_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  for (const Slip& slip : kSlips) {
    if (!rest.starts_with(slip.text) || rest.starts_with("==")) continue;
    refuse(text, at,
           slip.meant.empty()
               ? fmt::format("'{}' joins nothing here: state each in an expectation of its own", slip.text)
               : fmt::format("'{}' is no comparison: '{}' is", slip.text, slip.meant));
  }
  for (const std::string_view symbol : kSymbols) {
    if (rest.starts_with(symbol)) {
      return {.kind = Token::Kind::symbol, .text = std::string(symbol), .at = at, .next = at + symbol.size()};
    }
  }
  const std::string shown = std::isprint(static_cast<unsigned char>(rest[0])) != 0
                                ? fmt::format("'{}'", rest[0])
                                : fmt::format("the byte 0x{:02x}", static_cast<unsigned char>(rest[0]));
  refuse(text, at, shown + " means nothing here; a name with odd characters is written in quotes");
}

}  // namespace

void refuse(std::string_view text, std::size_t at, const std::string& sentence) {
  // Bytes that go on a character of UTF-8 begin with the bits 10.
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const auto before = std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), begins);
  throw UserError(Trouble::usage, fmt::format("the expectation '{}', column {}: {}", text, before + 1, sentence));
}

Token next_token(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n')) ++at;
  if (at == text.size()) return {.kind = Token::Kind::end, .at = at, .next = at};
  const char c = text[at];
  if (digit(c) || (c == '.' && at + 1 < text.size() && digit(text[at + 1]))) return number_at(text, at);
  if (c == '"' || c == '\'') return quoted_at(text, at);
  if (!letter(c)) return symbol_at(text, at);
  const std::size_t end = end_of_word(text, at);
  return {.kind = Token::Kind::word, .text = std::string(text.substr(at, end - at)), .at = at, .next = end};
}

}  // namespace countercheck
