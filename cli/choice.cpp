#include "cli/choice.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "counters/nearest.hpp"
#include "reports/sentences.hpp"

namespace countercheck {

CLI::Validator one_of(std::vector<std::string> words) {
  std::string description = fmt::format("{{{}}}", fmt::join(words, ","));
  return {[words = std::move(words)](const std::string& word) {
            if (std::find(words.begin(), words.end(), word) != words.end()) return std::string();
            return fmt::format("'{}' is none of {}{}", word, listed(words), did_you_mean(word, words));
          },
          std::move(description)};
}

}  // namespace countercheck
