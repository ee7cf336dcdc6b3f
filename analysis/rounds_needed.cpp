#include "analysis/rounds_needed.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <set>

#include "analysis/median_interval.hpp"
#include "analysis/pairing.hpp"
#include "analysis/statistics.hpp"

namespace countercheck {
namespace {

// The median absolute deviation of a normal distribution, relative to its standard deviation: 0.6745.
const double kNormalDeviation = boost::math::quantile(boost::math::normal(), 0.75);

double beyond(double distance, double sigma) {
  return boost::math::cdf(boost::math::normal(), distance / sigma);
}

std::size_t rank_of(std::size_t n, const Aim& aim) {
  return aim.sequential ? rank_of_sequential_interval(n, aim.error) : rank_of_interval(n, aim.error);
}

// Of n values, each beyond an edge with the probability q, so many are that the interval has the edge outside.
double power(std::size_t n, std::size_t rank, double q) {
  if (rank == 0) return 0;
  const boost::math::binomial values(static_cast<double>(n), q);
  return boost::math::cdf(boost::math::complement(values, static_cast<double>(n - rank)));
}

double by_noether(double q, double error) {
  const boost::math::normal normal;
  const double z = boost::math::quantile(normal, 1 - error / 2) + boost::math::quantile(normal, kPower);
  return z * z / (4 * (q - 0.5) * (q - 0.5));
}

// The least change, as a distance from 1, that the ratios so far leave possible: where their interval begins.
double least_change(std::vector<double> logarithms) {
  std::sort(logarithms.begin(), logarithms.end());
  const std::size_t rank = rank_of_interval(logarithms.size(), 2 * (1 - kPower));
  if (rank == 0) return 0;
  return std::max({logarithms[rank - 1], -logarithms[logarithms.size() - rank], 0.0});
}

}  // namespace

std::optional<std::size_t> pairs_needed(const std::vector<double>& ratios, const Aim& aim) {
  std::vector<double> logarithms;
  for (const double ratio : ratios) logarithms.push_back(std::log(ratio));
  const auto centre = median(logarithms);
  if (!centre || !std::isfinite(*centre)) return std::nullopt;
  std::vector<double> deviations;
  for (const double value : logarithms) deviations.push_back(std::abs(value - *centre));
  const double sigma = *median(deviations) / kNormalDeviation;
  if (!std::isfinite(sigma) || sigma == 0) return std::nullopt;

  const double edge = std::log1p(aim.tolerance);
  const double change = least_change(logarithms);
  // Below the tolerance there may be no change at all: then "equal" must come out as surely.
  const double off_one = beyond(std::max(change, edge), sigma);
  const double within = change > edge ? 1 : beyond(edge, sigma);
  if (off_one <= 0.5) return std::nullopt;
  const auto decides = [&](std::size_t n) {
    const std::size_t rank = rank_of(n, aim);
    return power(n, rank, off_one) >= kPower && 2 * power(n, rank, within) - 1 >= kPower;
  };
  const double first = by_noether(std::min(off_one, within), aim.error);
  if (first > 2 * static_cast<double>(kMostPairs)) return std::nullopt;
  // The binomial distribution has steps, so that a greater N may be a little worse: the least is searched for from
  // below.
  const auto below = static_cast<std::size_t>(first / 2);
  for (std::size_t n = std::max(values_needed(aim.error, aim.sequential), below); n <= kMostPairs; n += 1 + n / 50) {
    if (decides(n)) return n;
  }
  return std::nullopt;
}

std::optional<NextRounds> next_rounds(const Experiment& experiment, const Judged& judged, const Inference& together,
                                      Per per) {
  constexpr std::size_t kMore = 4;
  const Pairs pairs = pairs_of(experiment, judged.variant, experiment.baseline, judged.event, per);
  std::vector<double> ratios;
  std::set<unsigned> rounds;
  for (const Pair& pair : pairs.pairs) {
    ratios.push_back(ratio(pair));
    rounds.insert(pair.round);
  }
  if (const auto needed = pairs_needed(ratios, {together.tolerance, together.error, together.sequential})) {
    // A round has several pairs where the event is read in every pass.
    const double in_round = static_cast<double>(ratios.size()) / static_cast<double>(rounds.size());
    return NextRounds{static_cast<std::size_t>(std::ceil(static_cast<double>(*needed) / in_round)), true};
  }
  const bool told_elsewhere = ratios.size() < values_needed(together.error, together.sequential);
  if (told_elsewhere || kMore * ratios.size() > kMostPairs) return std::nullopt;
  return NextRounds{kMore * rounds.size(), false};
}

}  // namespace countercheck
