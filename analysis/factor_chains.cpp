#include "analysis/factor_chains.hpp"

namespace countercheck {
namespace {

constexpr Link kInstructions{.event = "instructions", .key = "instructions", .words = "instructions"};
constexpr Link kCpus{
    .event = "wall-time", .key = "cpus-utilized", .words = "CPUs", .measure = Measure::number, .reciprocal = true};

constexpr Link kByCycles[] = {
    kInstructions,
    {.event = "cycles", .key = "insns-per-cycle", .words = "IPC", .measure = Measure::number, .reciprocal = true},
    {.event = "task-clock",
     .key = "clock",
     .words = "clock",
     .measure = Measure::gigahertz,
     .reciprocal = true,
     .user_words = "user cycles per CPU-second"},
    kCpus,
};
constexpr Link kByCpuTime[] = {
    kInstructions,
    {.event = "task-clock",
     .key = "insns-per-cpu-second",
     .words = "instructions per CPU-second",
     .measure = Measure::per_second,
     .scale = 1e9,
     .reciprocal = true},
    kCpus,
};
constexpr Link kByTime[] = {
    kInstructions,
    {.event = "wall-time",
     .key = "insns-per-second",
     .words = "instructions per second",
     .measure = Measure::per_second,
     .scale = 1e9,
     .reciprocal = true},
};
constexpr Link kWithoutInstructions[] = {
    {.event = "task-clock", .key = "cpu-time", .words = "CPU time", .measure = Measure::nanoseconds, .less = "less"},
    kCpus};

constexpr Chain kTimeChains[] = {{kByCycles}, {kByCpuTime},    {kByCpuTime, true},
                                 {kByTime},   {kByTime, true}, {kWithoutInstructions}};

constexpr Link miss_rate(std::string_view event, std::string_view key, std::string_view words) {
  return {.event = event,
          .key = key,
          .words = words,
          .measure = Measure::percent,
          .scale = 100,
          .less = "lower",
          .more = "higher"};
}

constexpr Link kLoads{.event = "L1-dcache-loads", .key = "L1-dcache-loads", .words = "loads"};
constexpr Link kLoadMisses = miss_rate("L1-dcache-load-misses", "L1-dcache-load-miss-rate", "L1d miss rate");

constexpr Link kAllLevels[] = {
    kLoads,
    kLoadMisses,
    {.event = "LLC-loads",
     .key = "LLC-loads-per-L1-dcache-miss",
     .words = "LLC loads per L1d miss",
     .measure = Measure::number},
    miss_rate("LLC-load-misses", "LLC-load-miss-rate", "LLC miss rate"),
};
constexpr Link kFirstLevel[] = {kLoads, kLoadMisses};
constexpr Link kOneLevel[] = {{.event = "cache-references", .key = "cache-references", .words = "references"},
                              miss_rate("cache-misses", "cache-miss-rate", "miss rate")};

constexpr Chain kLoadChains[] = {{kAllLevels}, {kFirstLevel}};
constexpr Chain kCacheChains[] = {{kOneLevel}};
constexpr std::span<const Chain> kMissChains[] = {kLoadChains, kCacheChains};

constexpr OtherQuotient per_thousand(std::string_view event, std::string_view key, std::string_view words,
                                     double cost) {
  return {.above = event, .below = "instructions", .key = key, .words = words, .scale = 1000, .cost = cost};
}

constexpr OtherQuotient kOthers[] = {
    per_thousand("cache-misses", "cache-mpki", "cache misses per 1000 instructions", 500),
    per_thousand("L1-dcache-load-misses", "L1-dcache-mpki", "L1d load misses per 1000 instructions", 50),
    per_thousand("dTLB-load-misses", "dTLB-mpki", "data TLB load misses per 1000 instructions", 500),
    per_thousand("branch-misses", "branch-mpki", "branch misses per 1000 instructions", 50),
    {.above = "page-faults", .key = "page-faults", .words = "page faults", .cost = 10'000},
    {.above = "context-switches", .key = "context-switches", .words = "context switches", .cost = 50'000},
};

}  // namespace

std::span<const Chain> time_chains() {
  return kTimeChains;
}

std::span<const std::span<const Chain>> miss_chains() {
  return kMissChains;
}

std::span<const OtherQuotient> other_quotients() {
  return kOthers;
}

}  // namespace countercheck
