#include "experiment/command_words.hpp"

#include <fmt/format.h>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

constexpr std::string_view kBlanks = " \t\n";
constexpr std::string_view kForShells = "|;&<>$`()";

// Reads one text from its first character to its last.
class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::vector<std::string> words() {
    for (; at_ < text_.size(); ++at_) take(text_[at_]);
    finish();
    if (words_.empty()) throw UserError(Trouble::usage, "a command is empty: give a program and its arguments");
    return std::move(words_);
  }

 private:
  void take(char c) {
    if (kBlanks.find(c) != std::string_view::npos) return finish();
    if (kForShells.find(c) != std::string_view::npos) refuse(c);
    inside_ = true;
    if (c == '\'' || c == '"') return quoted(c);
    if (c == '\\' && at_ + 1 < text_.size()) c = text_[++at_];
    word_ += c;
  }

  void quoted(char quote) {
    const std::size_t begin = at_;
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
      // Within double quotes a backslash is one, unless before these.
      const bool escapes = quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size() &&
                           std::string_view("\"\\$`").find(text_[at_ + 1]) != std::string_view::npos;
      word_ += text_[escapes ? ++at_ : at_];
    }
    if (at_ < text_.size()) return;
    throw UserError(
        Trouble::usage,
        fmt::format("the command \"{}\" has a quote ({}) at character {} that is not closed", text_, quote, begin + 1));
  }

  void finish() {
    if (inside_) words_.push_back(std::move(word_));
    word_.clear();
    inside_ = false;
  }

  [[noreturn]] void refuse(char c) const {
    throw UserError(Trouble::usage,
                    fmt::format("the command \"{}\" has a '{}', which only a shell understands: quote it, or run a "
                                "shell as the command, sh -c '…', which is then counted too",
                                text_, c));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool inside_ = false;  // of a word, which may be empty: ''
  std::string word_{};
  std::vector<std::string> words_{};
};

}  // namespace

std::vector<std::string> command_words(std::string_view text) {
  return Splitter(text).words();
}

}  // namespace countercheck
