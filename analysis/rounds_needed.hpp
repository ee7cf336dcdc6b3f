#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "analysis/inference.hpp"

namespace countercheck {

// How many pairs a verdict would probably have taken.
struct Aim {
  double tolerance = 0.01;
  double error = 0.05;  // of the one interval
  bool sequential = false;
};

// The least number of pairs, in all, with which 19 of 20 repetitions would come to a verdict, if the ratios go on to
// scatter as those given do: as a lognormal distribution around their median, with the median absolute deviation that
// they have. Where that median lies they do not know well, so it is planned for the least change that they leave
// possible (where their one-sided interval of 95 % begins), and not for less than the tolerance: planned for the change
// seen, two of three repetitions would find one of 2 % under a scatter of 10 %. Then a ratio lies beyond 1 with a
// probability q that is known, and how many of N do so is binomial; the first N is found from G. E. Noether, Sample
// size determination for some common nonparametric tests, J. Am. Stat. Assoc. 82 (1987) 645, the last one from the
// binomial distribution itself. Empty beyond `kMostPairs`, where there is no scatter to go by, and where neither the
// ratios nor the tolerance tell the least change that matters.
std::optional<std::size_t> pairs_needed(const std::vector<double>& ratios, const Aim& aim);

// So many rounds in all would decide it; or, where no number can be told, for these scatter too much, tell more.
struct NextRounds {
  std::size_t rounds = 0;
  bool decide = true;
};

// What is to be done next about what is undecided of a variant. Rounds that tell more are four times as many, which
// know scatter and change twice as well. Empty where there are too few for any interval yet, whose number is told
// elsewhere, and where they would be more than `kMostPairs`.
std::optional<NextRounds> next_rounds(const Experiment& experiment, const Judged& judged, const Inference& together,
                                      Per per = Per::sample);

inline constexpr std::size_t kMostPairs = 10'000;
inline constexpr double kPower = 0.95;

}  // namespace countercheck
