#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

namespace countercheck {

// A validator of an option that takes one of some words. Another word is answered with the nearest and with all of
// them:
// "'txt' is none of text, markdown and csv (did you mean text?)".
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

}  // namespace countercheck
