#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/factors.hpp"

namespace countercheck {

// What may be known of one factor: sets of these are what a rule asks for.
enum State : unsigned {
  kLess = 1,  // Direction::less, of what it costs
  kMore = 2,
  kSame = 4,
  kUndecided = 8,
  kUnknown = 16,  // there is no such factor
};

struct Condition {
  std::string_view key{};  // of a factor, or "cost": what each instruction costs, in cycles or in time; empty: none
  unsigned states = 0;     // one of them
};

// One part of what a reader is told of a comparison.
struct Rule {
  std::string_view subject{};  // of the rules of one subject at most one holds
  std::string_view between{};  // what stands before the words where they are not the first
  std::array<Condition, 5> conditions{};
  std::string_view words{};
};

std::span<const Rule> factor_rules();

// A rule that holds, with the factors that it was told by: those of its conditions that are known.
struct Remark {
  const Rule* rule = nullptr;
  std::vector<Factor> evidence{};

  bool operator==(const Remark&) const = default;
};

// Those that hold for a time taken apart, in the order of the table. What is undecided or not known is never evidence
// for anything: a rule fires only on factors whose intervals tell them apart from 1, or that are exact.
std::vector<Remark> remarks(const Factors& factors, const Factored& time);

// Whether the rule holds in these states, one for each of its conditions that has a key.
bool holds(const Rule& rule, std::span<const unsigned> states);

// "does less work, each instruction costs more: look at memory"; empty where there is no remark.
std::string remarks_text(const std::vector<Remark>& remarks);

}  // namespace countercheck
