#pragma once

#include <cstddef>
#include <optional>

namespace countercheck {

// Intervals for a median that ask nothing of the distribution: between two of the values in order, the k-th from below
// and the k-th from above. Whether a value lies below the median is the toss of a fair coin, so the binomial
// distribution of n tosses gives k; among equal values the interval with its ends included covers the more often.
// Infinite values are values like any other.

// For a number of values that was settled before the first: the greatest k for which the interval misses the median
// with a probability of at most `error`; 0: with n values there is none but the whole line.
// W. J. Conover, Practical Nonparametric Statistics, 3rd ed. (1999), 3.2; H. A. David, H. N. Nagaraja, Order
// Statistics, 3rd ed. (2003), 7.1.
std::size_t rank_of_interval(std::size_t n, double error);

// For one who looks after each value and stops when he likes: with a probability of at least 1 - error all intervals of
// all n cover the median. The likelihood of the tosses under a coin whose bias is drawn from a Beta(a, a) distribution,
// over that under a fair one, is a martingale that begins at 1 and comes ever up to 1 / error with a probability of
// `error` at the most (Ville's inequality).
// H. Robbins, Statistical Methods Related to the Law of the Iterated Logarithm, Ann. Math. Statist. 41 (1970) 1397;
// S. R. Howard, A. Ramdas, Sequential estimation of quantiles with applications to A/B testing and best-arm
// identification, Bernoulli 28 (2022) 1704.
std::size_t rank_of_sequential_interval(std::size_t n, double error);

// The least n that has an interval.
std::size_t values_needed(double error, bool sequential);

}  // namespace countercheck
