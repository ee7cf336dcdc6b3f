#pragma once

#include <string>
#include <vector>

#include "analysis/miss_summary.hpp"

namespace countercheck {

// The answer: "61 % of the L1d misses come from the array made by roll (roll.cpp:12, called from step (main.cpp:40)),
// and 48 % happen in step (main.cpp:41)".
std::string answer_sentence(const MissSummary& summary);

// What was run, what of it was counted, on which machine, and what else a reader must know.
std::vector<std::string> misses_context(const MissSummary& summary);

// "step (rows.cpp:12)", or with the object where there is no debug information.
std::string code_row_name(const CodeRow& row);

// "field (512 KiB)", "made by room (a.c:7) (3 blocks, 12 KiB in all)"
std::string array_row_name(const ArrayRow& row);

}  // namespace countercheck
