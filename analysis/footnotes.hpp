#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/aggregate.hpp"
#include "analysis/metrics.hpp"

namespace countercheck {

// The sentences under a table: each stands there once, however many cells refer to it.
class Footnotes {
 public:
  std::size_t add(std::string sentence);
  std::vector<std::string> take() { return std::move(sentences_); }

 private:
  std::vector<std::string> sentences_;
};

// "counted in 4 of 5 samples only; in the others: ..."
std::string partly_counted(const Aggregate& sum);

// Of a sum over types of cores that is not the whole: why, and that it is not scaled up. Empty: it is the whole.
std::string partly_summed(const Aggregate& sum);

// "cannot be right: more cache-misses than cache-references"
std::string cannot_be_right(const Metric& metric);

}  // namespace countercheck
