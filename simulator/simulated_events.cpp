#include "simulator/simulated_events.hpp"

#include <algorithm>
#include <optional>

namespace countercheck {
namespace {

using Count = std::optional<std::uint64_t>;

std::uint64_t all_kinds(const Misses& misses) {
  return misses.fetches + misses.loads + misses.stores;
}

// The level so many above the last; empty where there is none.
std::optional<Misses> from_last(const SimulatedCounts& counts, std::size_t above) {
  if (above >= counts.levels.size()) return std::nullopt;
  return counts.levels[counts.levels.size() - 1 - above];
}

Misses first_level(const SimulatedCounts& counts) {
  return counts.levels.empty() ? Misses{} : counts.levels.front();
}

Count kind(const std::optional<Misses>& misses, std::uint64_t Misses::*which) {
  return misses ? Count((*misses).*which) : std::nullopt;
}

Count branches(const SimulatedCounts& counts) {
  if (!counts.returns || !counts.direct_branches) return std::nullopt;
  return counts.conditional_branches + counts.indirect_branches + *counts.returns + *counts.direct_branches;
}

std::uint64_t branch_misses(const SimulatedCounts& counts) {
  return counts.conditional_misses + counts.indirect_misses + counts.return_misses.value_or(0);
}

Count second_level(const SimulatedCounts& counts) {
  return counts.levels.size() >= 3 ? Count(all_kinds(counts.levels[1])) : std::nullopt;
}

std::uint64_t estimated_cycles(const SimulatedCounts& counts) {
  return counts.instructions + 10 * branch_misses(counts) + 10 * all_kinds(first_level(counts)) +
         100 * last_level_misses(counts);
}

struct Row {
  std::string_view name;
  Count (*count)(const SimulatedCounts&);
  std::string_view lack;  // why there may be none
};

using C = SimulatedCounts;
constexpr std::string_view kOneLevel = "the machine has one cache level only";
constexpr std::string_view kNoTlb = "neither this machine nor this engine has a data TLB";
constexpr Row kRows[] = {
    {"instructions", [](const C& c) -> Count { return c.instructions; }, ""},
    {"branches", branches, "Cachegrind counts no returns and no direct jumps"},
    {"branch-misses", [](const C& c) -> Count { return branch_misses(c); }, ""},
    {"L1-dcache-loads", [](const C& c) -> Count { return c.loads; }, ""},
    {"L1-dcache-load-misses", [](const C& c) -> Count { return first_level(c).loads; }, ""},
    {"L1-dcache-stores", [](const C& c) -> Count { return c.stores; }, ""},
    {"L1-dcache-store-misses", [](const C& c) -> Count { return first_level(c).stores; }, ""},
    {"L1-icache-load-misses", [](const C& c) -> Count { return first_level(c).fetches; }, ""},
    {"cache-references",
     [](const C& c) -> Count {
       const auto above = from_last(c, 1);
       return above ? Count(all_kinds(*above)) : std::nullopt;
     },
     kOneLevel},
    {"cache-misses", [](const C& c) -> Count { return last_level_misses(c); }, ""},
    {"LLC-loads", [](const C& c) { return kind(from_last(c, 1), &Misses::loads); }, kOneLevel},
    {"LLC-load-misses", [](const C& c) { return kind(from_last(c, 0), &Misses::loads); }, ""},
    {"LLC-stores", [](const C& c) { return kind(from_last(c, 1), &Misses::stores); }, kOneLevel},
    {"LLC-store-misses", [](const C& c) { return kind(from_last(c, 0), &Misses::stores); }, ""},
    {"dTLB-load-misses", [](const C& c) { return kind(c.page_walks, &Misses::loads); }, kNoTlb},
    {"dTLB-store-misses", [](const C& c) { return kind(c.page_walks, &Misses::stores); }, kNoTlb},
    {"L2-misses", second_level, "only a machine of three cache levels or more has an L2 that is not the last"},
    {"coherence-misses", [](const C& c) { return c.coherence ? Count(all_kinds(*c.coherence)) : std::nullopt; },
     "Cachegrind knows one cache for all threads"},
    {"estimated-cycles", [](const C& c) -> Count { return estimated_cycles(c); }, ""},
};

const Row* find_row(std::string_view event) {
  const std::string_view name = event.ends_with(":u") ? event.substr(0, event.size() - 2) : event;
  const auto row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& r) { return r.name == name; });
  return row == std::end(kRows) ? nullptr : row;
}

}  // namespace

bool can_be_simulated(std::string_view event) {
  return find_row(event) != nullptr;
}

std::variant<std::uint64_t, std::string> simulated_count(std::string_view event, const SimulatedCounts& counts) {
  const Row* const row = find_row(event);
  if (!row) return "the simulator does not tell " + std::string(event);
  if (const Count count = row->count(counts)) return *count;
  return std::string(row->lack);
}

std::uint64_t last_level_misses(const SimulatedCounts& counts) {
  const auto last = from_last(counts, 0);
  return last ? all_kinds(*last) : 0;
}

}  // namespace countercheck
