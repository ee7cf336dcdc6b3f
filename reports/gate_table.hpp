#pragma once

#include <string>
#include <vector>

#include "analysis/gate.hpp"
#include "reports/page.hpp"
#include "reports/palette.hpp"

namespace countercheck {

// The texts of one row of a gate's table.
struct GateLine {
  std::string name{};
  char mark = 0;  // of the source; 0: none
  std::string baseline{};
  std::string baseline_spread{};  // with what else stands behind the value
  std::string candidate{};
  std::string candidate_spread{};
  std::string quotient{};
  std::string interval{};
  std::string verdict{};
  bool loud = false;  // it decides, and against the candidate
};

std::vector<GateLine> gate_lines(const Gate& gate, const GateMatch& match);

// "candidate / baseline"
inline constexpr const char* kQuotientHead = "ratio";
// "95 % together"
std::string interval_head(const Gate& gate);

// The table on a page: a line for each event; without the spreads where they do not fit, and in a narrow page each event
// in lines of its own. Whether the spreads are there.
bool put_gate_table(Page& page, const Gate& gate, const GateMatch& match, const Palette& palette);

}  // namespace countercheck
