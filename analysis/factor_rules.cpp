#include "analysis/factor_rules.hpp"

#include <algorithm>
#include <optional>

namespace countercheck {
namespace {

constexpr std::string_view kCost = "cost";
constexpr std::string_view kCostKeys[] = {"insns-per-cycle", "insns-per-cpu-second", "insns-per-second"};

constexpr unsigned kNotMore = kLess | kSame;
constexpr unsigned kAnythingButMore = kLess | kSame | kUndecided | kUnknown;
constexpr unsigned kNotKnown = kUndecided | kUnknown;

constexpr Rule kRules[] = {
    {"work", "", {{{"instructions", kLess}}}, "does less work"},
    {"work", "", {{{"instructions", kMore}}}, "does more work"},
    {"work", "", {{{"instructions", kSame}}}, "does the same work"},
    {"CPU time", "", {{{"cpu-time", kLess}}}, "takes less time on the CPUs"},
    {"CPU time", "", {{{"cpu-time", kMore}}}, "takes more time on the CPUs"},
    {"CPU time", "", {{{"cpu-time", kSame}}}, "takes the same time on the CPUs"},
    {"cost", ", ", {{{kCost, kLess}}}, "each instruction costs less"},
    {"cost", ", ", {{{kCost, kMore}}}, "each instruction costs more"},
    {"cost", ", ", {{{kCost, kSame}}}, "each instruction costs the same"},

    // Where to look, by what goes along with a higher cost.
    {"why", ": ", {{{kCost, kMore}, {"cache-mpki", kMore}}}, "look at memory, the caches are missed more often"},
    {"why",
     ": ",
     {{{kCost, kMore}, {"cache-mpki", kAnythingButMore}, {"L1-dcache-mpki", kMore}}},
     "look at memory, the first cache is missed more often"},
    {"why",
     ": ",
     {{{kCost, kMore}, {"cache-mpki", kAnythingButMore}, {"L1-dcache-mpki", kAnythingButMore}, {"dTLB-mpki", kMore}}},
     "look at memory, the TLB is missed more often"},
    {"why",
     ": ",
     {{{kCost, kMore},
       {"cache-mpki", kAnythingButMore},
       {"L1-dcache-mpki", kAnythingButMore},
       {"dTLB-mpki", kAnythingButMore},
       {"branch-mpki", kMore}}},
     "look at the branches, more are predicted wrongly"},
    {"why",
     ": ",
     {{{kCost, kMore},
       {"cache-mpki", kNotMore},
       {"L1-dcache-mpki", kAnythingButMore},
       {"dTLB-mpki", kAnythingButMore},
       {"branch-mpki", kAnythingButMore}}},
     "look at what instructions wait for, the caches are not missed more often"},
    {"why",
     ": ",
     {{{kCost, kMore},
       {"cache-mpki", kNotKnown},
       {"L1-dcache-mpki", kAnythingButMore},
       {"dTLB-mpki", kAnythingButMore},
       {"branch-mpki", kAnythingButMore}}},
     "look at memory"},
    {"why", ": ", {{{kCost, kLess}, {"cache-mpki", kLess}}}, "the caches are missed less often"},
    {"why",
     ": ",
     {{{kCost, kLess}, {"cache-mpki", kAnythingButMore & ~static_cast<unsigned>(kLess)}, {"L1-dcache-mpki", kLess}}},
     "the first cache is missed less often"},

    {"page faults", "; ", {{{"page-faults", kLess}}}, "takes fewer page faults"},
    {"page faults", "; ", {{{"page-faults", kMore}}}, "takes more page faults"},
    {"context switches", "; ", {{{"context-switches", kLess}}}, "is switched off its CPU less often"},
    {"context switches", "; ", {{{"context-switches", kMore}}}, "is switched off its CPU more often"},
    {"clock", "; ", {{{"clock", kLess}}}, "the clock was faster"},
    {"clock", "; ", {{{"clock", kMore}}}, "the clock was slower"},
    {"CPUs", "; ", {{{"cpus-utilized", kLess}}}, "works on more CPUs at a time"},
    {"CPUs", "; ", {{{"cpus-utilized", kMore}}}, "works on fewer CPUs at a time, or waits"},
};

unsigned state_of(const Factor& factor) {
  switch (factor.direction) {
    case Direction::less:
      return kLess;
    case Direction::more:
      return kMore;
    case Direction::same:
      return kSame;
    case Direction::undecided:
      break;
  }
  return kUndecided;
}

bool is_key(const Factor& factor, std::string_view key) {
  if (key != kCost) return factor.key == key;
  return std::find(std::begin(kCostKeys), std::end(kCostKeys), factor.key) != std::end(kCostKeys);
}

const Factor* find(const Factors& factors, const Factored& time, std::string_view key) {
  for (const Factor& factor : time.factors) {
    if (is_key(factor, key)) return &factor;
  }
  for (const auto& [variant, factor] : factors.others) {
    if (variant == time.variant && is_key(factor, key)) return &factor;
  }
  return nullptr;
}

}  // namespace

std::span<const Rule> factor_rules() {
  return kRules;
}

bool holds(const Rule& rule, std::span<const unsigned> states) {
  for (std::size_t at = 0; at < states.size(); ++at) {
    if ((rule.conditions[at].states & states[at]) == 0) return false;
  }
  return true;
}

std::vector<Remark> remarks(const Factors& factors, const Factored& time) {
  std::vector<Remark> all;
  for (const Rule& rule : kRules) {
    std::vector<unsigned> states;
    Remark remark{.rule = &rule};
    for (const Condition& condition : rule.conditions) {
      if (condition.key.empty()) break;
      const Factor* const factor = find(factors, time, condition.key);
      states.push_back(factor ? state_of(*factor) : static_cast<unsigned>(kUnknown));
      if (factor && factor->direction != Direction::undecided) remark.evidence.push_back(*factor);
    }
    if (holds(rule, states)) all.push_back(std::move(remark));
  }
  return all;
}

std::string remarks_text(const std::vector<Remark>& remarks) {
  std::string text;
  for (const Remark& remark : remarks) {
    if (!text.empty()) text += remark.rule->between;
    text += remark.rule->words;
  }
  return text;
}

}  // namespace countercheck
