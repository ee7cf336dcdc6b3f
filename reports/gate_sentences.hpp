#pragma once

#include <string>
#include <vector>

#include "analysis/gate.hpp"

namespace countercheck {

// What every form of a gate's report says, without a line break or anything of an output form.

// The answer and what it stands on: "worse: page-faults 4.21 times those of the baseline".
std::string answer_sentence(const Gate& gate);

// What one row, expectation or lack of a match says: "page-faults are worse: 4.210 times, between 4.1 and 4.3". The
// event is named as the table does.
std::string row_sentence(const GateMatch& match, const GateRow& row);

// "0.984", "0.000059"; "from 0" for infinitely more than nothing, "?" where there is none.
std::string shown_quotient(const Judged& judged);
// "exact", "0.969 to 1.001"; empty where there is none.
std::string shown_interval(const Judged& judged);
// "worse", "equal within 1 %", "(worse)" where it does not decide.
std::string shown_verdict(const Gate& gate, const GateRow& row);

// What stands above the tables: the two sides, and how they were made and measured.
std::vector<std::string> gate_heading(const Gate& gate);

// What stands below the table of one match, in the order in which a reader needs it; `spreads`: they are in the table.
std::vector<std::string> match_sentences(const Gate& gate, const GateMatch& match, bool spreads);

// "confirmed: page-faults …" for each expectation of a match, with its figures.
std::vector<std::string> expectation_sentences(const GateMatch& match);

}  // namespace countercheck
