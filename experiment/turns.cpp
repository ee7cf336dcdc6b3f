#include "experiment/turns.hpp"

#include <numeric>
#include <utility>

namespace countercheck {

std::vector<std::vector<std::size_t>> legs_of(Order order, std::size_t variants) {
  std::vector<std::size_t> all(variants);
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (order == Order::balanced) return {all};
  std::vector<std::vector<std::size_t>> legs;
  for (const auto variant : all) legs.push_back({variant});
  return legs;
}

// Streams of the seed: warm-up rounds take none of the rows of those that count.
RoundOrder::RoundOrder(std::vector<std::size_t> variants, unsigned passes, std::uint64_t seed, bool warm_up)
    : variants_(std::move(variants)), passes_(passes, seed, warm_up ? 1 : 0) {
  for (std::uint32_t pass = 0; pass < passes; ++pass) {
    rows_.emplace_back(variants_.size(), seed, 2 * (pass + 1) + (warm_up ? 1 : 0));
  }
}

std::vector<Place> RoundOrder::next() {
  std::vector<Place> places;
  for (const std::size_t pass : passes_.next()) {
    for (const std::size_t item : rows_[pass].next()) {
      places.push_back({variants_[item], static_cast<unsigned>(pass)});
    }
  }
  return places;
}

bool another_round_fits(double elapsed, double spent, unsigned rounds, double limit) {
  return rounds == 0 || elapsed + spent / rounds <= limit;
}

}  // namespace countercheck
