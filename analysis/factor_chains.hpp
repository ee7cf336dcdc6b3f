#pragma once

#include <span>
#include <string_view>

#include "analysis/measure.hpp"

namespace countercheck {

// One quotient in a row of them that leaves the last event over nothing, or over the work items.
struct Link {
  std::string_view event{};  // over that of the link before
  std::string_view key{};
  std::string_view words{};
  Measure measure = Measure::count;
  double scale = 1;  // to the unit of the measure
  std::string_view less = "fewer";
  std::string_view more = "more";
  bool reciprocal = false;        // shown by its reciprocal, of which more is better
  std::string_view user_words{};  // where what is counted in user mode only is no longer what the words say
};

struct Chain {
  std::span<const Link> links{};
  bool simulated_first = false;  // the first event is a simulated count, the others are measured
};

// The ways to take a time apart, the most telling first.
std::span<const Chain> time_chains();

// The ways to take misses apart: each inner span holds chains of one kind, the longest first.
std::span<const std::span<const Chain>> miss_chains();

// A quotient that may explain a factor.
struct OtherQuotient {
  std::string_view above{};
  std::string_view below{};  // empty: a count as it is
  std::string_view key{};
  std::string_view words{};
  double scale = 1;
  // What one event may cost at the most, in ns, taken high on purpose: it only serves to drop counts too few to matter,
  // such as 4 context switches against 2.
  double cost = 0;
};

std::span<const OtherQuotient> other_quotients();

}  // namespace countercheck
