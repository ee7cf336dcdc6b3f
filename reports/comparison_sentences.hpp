#pragma once

#include <string>
#include <vector>

#include "analysis/comparison.hpp"

namespace countercheck {

// The sentences around a table of variants, the same on the terminal and in Markdown. None holds a line break or
// anything of an output form; names from outside are as they came.

// What was run: "diffusion, 1024 x 1024 doubles, 100 steps: 5 rounds", and what of it was counted.
std::vector<std::string> heading_sentences(const Comparison& comparison);

// Every sample that did not complete or was not taken.
std::vector<std::string> failure_sentences(const Comparison& comparison);

// Wrong results, one for each variant that is left out; empty where all is well.
std::vector<std::string> wrong_result_sentences(const Comparison& comparison);

// Whether the variants computed the same, as far as it was checked.
std::vector<std::string> digest_sentences(const Comparison& comparison);

// What the marks in the table mean: those that it has.
std::vector<std::string> legend_sentences(const Comparison& comparison);

// What the letters behind the names of events mean: "k counted by the kernel; r told by getrusage". Empty: none.
std::string source_legend(const Comparison& comparison);

// "not counted: cycles, instructions (no PMU: ...)"
std::vector<std::string> uncounted_sentences(const Comparison& comparison);

// "[1] ..."
std::vector<std::string> footnote_sentences(const Comparison& comparison);

// Who is the fastest, and by how much; or why that cannot be said.
std::vector<std::string> verdict_sentences(const Comparison& comparison);

// The marks behind numbers, explained by legend_sentences().
inline constexpr const char* wrong_mark = "!";
inline constexpr const char* exact_mark = "=";
inline constexpr const char* tie_mark = "~";

}  // namespace countercheck
