#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <type_traits>
#include <vector>

namespace countercheck {

// What an option accepts, as CLI11's validators. Each answers what it does not accept in a reader's words; CLI11's own
// tell the greatest double with all of its digits.

// One of some words: "'txt' is none of text, markdown and csv (did you mean text?)".
CLI::Validator one_of(std::vector<std::string> words);

// The same for an option that is kept as an enumeration and names the words by its type: a word becomes the number of
// what it stands for.
template <typename Enum>
CLI::Validator one_of(const std::map<std::string, Enum>& meanings) {
  std::vector<std::string> words;
  for (const auto& [word, meaning] : meanings) words.push_back(word);
  CLI::Validator known = one_of(words);
  return {[meanings, known](std::string& word) {
            std::string slip = known(word);
            if (slip.empty()) word = std::to_string(static_cast<int>(meanings.at(word)));
            return slip;
          },
          ""};
}

// A number within limits, both included: "'0' is no whole number from 1 to 1000". Whole where the limits are whole.
template <typename Number>
CLI::Validator between(Number least, Number most) {
  const char* const kind = std::is_integral_v<Number> ? "whole number" : "number";
  return {[=](const std::string& text) {
            Number number{};
            if (CLI::detail::lexical_cast(text, number) && number >= least && number <= most) return std::string();
            return fmt::format("'{}' is no {} from {} to {}", text, kind, least, most);
          },
          fmt::format("{} to {}", least, most)};
}

// A number greater than 0, however small: "'-1' is no number above 0".
CLI::Validator above_zero();

}  // namespace countercheck
