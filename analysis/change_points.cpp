#include "analysis/change_points.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace countercheck {
namespace {

// Pairs of n values.
double pairs(std::size_t n) {
  return 0.5 * static_cast<double>(n) * static_cast<double>(n - 1);
}

// A whole number below `bound`, each as likely. The standard library's own may differ from one to the next.
std::uint64_t draw_below(std::mt19937_64& engine, std::uint64_t bound) {
  const std::uint64_t unfair = std::mt19937_64::max() - std::mt19937_64::max() % bound;
  for (;;) {
    const std::uint64_t number = engine();
    if (number < unfair) return number % bound;
  }
}

void shuffle(std::span<double> values, std::mt19937_64& engine) {
  for (std::size_t left = values.size(); left > 1; --left) {
    std::swap(values[left - 1], values[draw_below(engine, left)]);
  }
}

// The best cut within any of the pieces that `cuts` (0 and the size among them) make of the values.
Split best_of_pieces(std::span<const double> values, const std::vector<std::size_t>& cuts, std::size_t least) {
  Split best;
  for (std::size_t piece = 0; piece + 1 < cuts.size(); ++piece) {
    const Split split = best_split(values.subspan(cuts[piece], cuts[piece + 1] - cuts[piece]), least);
    if (split.at > 0 && split.distance > best.distance) best = {cuts[piece] + split.at, split.distance};
  }
  return best;
}

// The same sums in another order differ in their last bits, and a tie counts against the change.
bool as_far(double shuffled, double found) {
  return shuffled >= found - 1e-9 * std::abs(found);
}

// The share of series, shuffled within their pieces, that can be cut as well as the true one, which is counted among
// them. 1 as soon as it is sure to be above the level: what it would be exactly is asked by nobody.
double chance_of(double distance, std::span<const double> values, const std::vector<std::size_t>& cuts,
                 const ChangeSearch& search, std::mt19937_64& engine) {
  const auto needed = static_cast<unsigned>(std::ceil(20 / search.level));
  const unsigned shufflings = std::max(search.shufflings, needed);
  const double most = search.level * (shufflings + 1);
  std::vector<double> shuffled(values.begin(), values.end());
  unsigned as_good = 1;
  for (unsigned time = 0; time < shufflings; ++time) {
    for (std::size_t piece = 0; piece + 1 < cuts.size(); ++piece) {
      shuffle(std::span(shuffled).subspan(cuts[piece], cuts[piece + 1] - cuts[piece]), engine);
    }
    if (as_far(best_of_pieces(shuffled, cuts, search.least).distance, distance) && ++as_good > most) return 1;
  }
  return static_cast<double>(as_good) / (shufflings + 1);
}

}  // namespace

Split best_split(std::span<const double> values, std::size_t least) {
  const std::size_t n = values.size();
  least = std::max<std::size_t>(least, 2);
  Split best;
  if (n < 2 * least) return best;
  // Sums of distances from each value to all those before it, and to the first `at` of the series.
  std::vector<double> before(n, 0.0);
  for (std::size_t later = 1; later < n; ++later) {
    for (std::size_t at = 0; at < later; ++at) before[later] += std::abs(values[later] - values[at]);
  }
  std::vector<double> to_first(n, 0.0);
  double within_first = 0;
  for (std::size_t at = 1; at + least <= n; ++at) {
    within_first += before[at - 1];
    for (std::size_t k = at; k < n; ++k) to_first[k] += std::abs(values[k] - values[at - 1]);
    if (at < least) continue;
    double between = 0;
    double within_second = 0;
    for (std::size_t end = at + 1; end <= n; ++end) {
      between += to_first[end - 1];
      within_second += before[end - 1] - to_first[end - 1];
      const std::size_t m = end - at;
      if (m < least) continue;
      const double sizes = static_cast<double>(at) * static_cast<double>(m);
      const double energy = 2 * between / sizes - within_first / pairs(at) - within_second / pairs(m);
      const double distance = sizes / static_cast<double>(end) * energy;
      if (distance > best.distance) best = {at, distance};
    }
  }
  return best;
}

std::vector<ChangePoint> change_points(std::span<const double> values, const ChangeSearch& search) {
  std::vector<ChangePoint> found;
  std::vector<std::size_t> cuts = {0, values.size()};
  std::mt19937_64 engine(search.seed);  // NOLINT(cert-msc32-c,cert-msc51-cpp): repeatable on purpose
  for (;;) {
    const Split split = best_of_pieces(values, cuts, search.least);
    if (split.at == 0 || split.distance <= 0) break;
    const double p = chance_of(split.distance, values, cuts, search, engine);
    if (p > search.level) break;
    found.push_back({split.at, p});
    cuts.insert(std::upper_bound(cuts.begin(), cuts.end(), split.at), split.at);
  }
  std::sort(found.begin(), found.end(), [](const ChangePoint& a, const ChangePoint& b) { return a.at < b.at; });
  return found;
}

std::size_t fewest_values(double level) {
  // Cut in the middle, only the two orders that have all small values on one side are as extreme: 2 of n over n / 2.
  double ways = 2;
  std::size_t n = 2;
  while (2 / ways > level) {
    ++n;
    ways *= static_cast<double>(n) / static_cast<double>(n - n / 2);
  }
  return n;
}

}  // namespace countercheck
