#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "experiment/results.hpp"
#include "experiment/williams.hpp"

namespace countercheck {

// One sample in a round.
struct Place {
  std::size_t variant = 0;
  unsigned event_pass = 0;

  bool operator==(const Place&) const = default;
};

// The variants that take turns with each other, rounds by rounds, before the next ones begin: all of them in balanced
// order, each on its own in sequential order.
std::vector<std::vector<std::size_t>> legs_of(Order order, std::size_t variants);

// The order of a leg's rounds. A round runs each variant once in each pass over the events: pass by pass, so that the
// samples that an event is compared by lie next to each other. In each pass the variants follow the rows of a Williams
// design, in each round the passes those of another.
class RoundOrder {
 public:
  RoundOrder(std::vector<std::size_t> variants, unsigned passes, std::uint64_t seed, bool warm_up);

  std::vector<Place> next();

 private:
  std::vector<std::size_t> variants_;
  BalancedRows passes_;
  std::vector<BalancedRows> rows_;  // of the variants, for each pass
};

// Whether another round ends in time, if it takes as long as the mean of those before: `elapsed` seconds have gone, of
// them `spent` for so many rounds.
bool another_round_fits(double elapsed, double spent, unsigned rounds, double limit);

}  // namespace countercheck
