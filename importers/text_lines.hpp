#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace countercheck {

// The lines of a text one after the other, without their ends ("\n", "\r\n") and the blanks before them.
class TextLines {
 public:
  explicit TextLines(std::string_view text) : rest_(text) {}

  bool next() {
    if (rest_.empty()) return false;
    const std::size_t end = rest_.find('\n');
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    line_ = line_.substr(0, line_.find_last_not_of(" \t\r") + 1);
    ++number_;
    return true;
  }

  std::string_view line() const { return line_; }
  std::size_t number() const { return number_; }  // from 1
  std::string place() const { return "line " + std::to_string(number_); }

 private:
  std::string_view rest_;
  std::string_view line_{};
  std::size_t number_ = 0;
};

inline std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The first word, which is taken from the text together with the blanks behind it.
inline std::string_view take_word(std::string_view& text) {
  const std::size_t end = text.find_first_of(" \t");
  const std::string_view word = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : without_blanks(text.substr(end));
  return word;
}

// What a complaint quotes of a line: no more than a person reads, and nothing that a terminal would obey.
inline std::string quoted_start(std::string_view line) {
  constexpr std::size_t kShown = 60;
  std::string text = "'";
  for (const char letter : line.substr(0, kShown)) {
    text += static_cast<unsigned char>(letter) < ' ' || letter == '\x7f' ? '?' : letter;
  }
  return text + (line.size() > kShown ? "…'" : "'");
}

}  // namespace countercheck
