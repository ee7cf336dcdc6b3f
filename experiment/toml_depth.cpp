#include "experiment/toml_depth.hpp"

#include <algorithm>

namespace countercheck {
namespace {

// The place after the string that begins at `at`: "…" and '…', and over several lines """…""" and '''…'''. A string of
// one line that is not closed ends with its line.
std::size_t after_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string_view three = text.substr(at, 3);
  const bool lines = three.size() == 3 && three[1] == quote && three[2] == quote;
  for (at += lines ? 3 : 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (!lines && (text[at] == quote || text[at] == '\n')) {
      return at + (text[at] == quote ? 1 : 0);
    } else if (lines && text.substr(at, 3) == three) {
      return at + 3;
    }
  }
  return text.size();
}

}  // namespace

std::size_t line_of_deep_key(std::string_view text, std::size_t most) {
  std::size_t parts = 1;
  for (std::size_t at = 0; at < text.size();) {
    const char letter = text[at];
    if (letter == '"' || letter == '\'') {
      at = after_string(text, at);
      continue;
    }
    if (letter == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    ++at;
    if (letter == '.' && ++parts > most) {
      const auto before = text.substr(0, at);
      return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    }
    if (std::string_view("\n=,[]{}").find(letter) != std::string_view::npos) parts = 1;
  }
  return 0;
}

}  // namespace countercheck
