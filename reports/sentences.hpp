#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/digests.hpp"
#include "analysis/outcomes.hpp"

namespace countercheck {

// Sentences that more than one report prints, without a line break and without anything of an output form.

// "1 of 5 samples failed: exit status 3", one for each way of ending. `noun` is "sample" or "run".
std::vector<std::string> failure_sentences(const Outcome& outcome, std::string_view noun);

// "in part 2 of its digest: 3.38 was expected, 3.41 came out in round 1"; for `differs` only.
std::string difference_from_baseline(const DigestFinding& finding);

// "in part 2 of the digest: 3.38 in round 1, 3.41 in round 2"; for `unsteady` only. `noun` is "round" or "run".
std::string difference_between_samples(const DigestFinding& finding, std::string_view noun);

// "104,857,600", or "1 to 3" where the samples differ.
std::string shown_span(const Span& span);

// "entered once", "entered 100 times", "entered 1 to 3 times"
std::string shown_entries(const Span& entries);

// "no PMU": the short form of an absence without its brackets.
std::string plain_reason(AbsenceReason reason);

// "a", "a and b", "a, b and c"
std::string listed(const std::vector<std::string>& items);

// The letter that marks a source in a table, or 0 for the clock, which needs none.
char mark_of(Source source);

// "k counted by the kernel"
std::string legend_of(Source source);

}  // namespace countercheck
