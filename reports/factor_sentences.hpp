#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "analysis/factors.hpp"

namespace countercheck {

// "2.86x fewer instructions", "0.67 (1.49x more instructions)", "0.64 IPC"
std::string shown_factor(const Factor& factor);

// "new: 1.71x faster than old = 2.86x fewer instructions x 0.64 IPC x 0.93 clock x 1.00 CPUs"
std::string time_identity(const Comparison& comparison, const Factored& time);

// "new against old: 2.10x fewer LLC-load-misses per cell update = 1.50x fewer loads x 1.40x lower L1d miss rate"
std::string miss_identity(const Comparison& comparison, const Factored& misses);

// "does less work, each instruction costs more: look at memory (instructions 13.26 G to 4.63 G, IPC 1.69 to 1.08)";
// empty where nothing of it is sure.
std::string meaning_sentence(const Comparison& comparison, const Factored& time);

// Among many variants only the fastest, or the next where the baseline is, is told of in words; the CSV has all.
bool tells_factors_of(const Comparison& comparison, std::size_t variant);

// "no factors of the time of new: neither instructions nor task-clock were counted", and what is told of it without
// them, "new takes fewer page faults (page faults 204,911 to 12)"; empty where every time is taken apart.
std::vector<std::string> missing_factor_sentences(const Comparison& comparison);

// All of it without bars: of each variant the identity of its time, what that means, and its misses; or that there are
// no factors.
std::vector<std::string> factor_sentences(const Comparison& comparison);

// What a reader must know of the numbers; empty where there are none.
std::vector<std::string> factor_legend(const Comparison& comparison);

}  // namespace countercheck
