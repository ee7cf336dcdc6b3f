#include "cli/accepted.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
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

CLI::Validator above_zero() {
  return {[](const std::string& text) {
            double number = 0;
            if (CLI::detail::lexical_cast(text, number) && number > 0 && std::isfinite(number)) return std::string();
            return fmt::format("'{}' is no number above 0", text);
          },
          "above 0"};
}

}  // namespace countercheck
