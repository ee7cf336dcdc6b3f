#pragma once

#include <cstddef>
#include <optional>

#include "analysis/measure.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// What verify holds printed figures against: the same quantities as aggregate.hpp's, worked out from the readings once
// more by code that shares nothing with it but the results' own types. Keep it so: a mistake in one must not be in
// both.
struct Recount {
  std::size_t n = 0;
  double median = 0;
  double mean = 0;
  std::optional<double> standard_deviation{};
  double coverage = 1;
};

// Of one event of one variant, from its completed rounds that count. Empty where no reading has a value.
std::optional<Recount> recount(const Experiment& experiment, std::size_t variant, std::size_t event, Pass pass,
                               Per per);

}  // namespace countercheck
