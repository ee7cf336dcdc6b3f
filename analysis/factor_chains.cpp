#include "analysis/factor_chains.hpp"

namespace countercheck {
namespace {

constexpr Link kInstructions{"instructions", "instructions", "instructions"};
constexpr Link kCpus{"wall-time", "cpus-utilized", "CPUs", true};

constexpr Link kByCycles[] = {
    kInstructions,
    {"cycles", "insns-per-cycle", "IPC", true},
    {"task-clock", "clock", "clock", true, "user cycles per CPU-second"},
    kCpus,
};
constexpr Link kByCpuTime[] = {
    kInstructions,
    {"task-clock", "insns-per-cpu-second", "instructions per CPU-second", true},
    kCpus,
};
constexpr Link kByTime[] = {
    kInstructions,
    {"wall-time", "insns-per-second", "instructions per second", true},
};
constexpr Link kWithoutInstructions[] = {{"task-clock", "cpu-time", "CPU time"}, kCpus};

constexpr Chain kTimeChains[] = {{kByCycles}, {kByCpuTime},    {kByCpuTime, true},
                                 {kByTime},   {kByTime, true}, {kWithoutInstructions}};

constexpr Link kLoads{"L1-dcache-loads", "L1-dcache-loads", "loads"};
constexpr Link kLoadMisses{"L1-dcache-load-misses", "L1-dcache-load-miss-rate", "L1d miss rate"};

constexpr Link kAllLevels[] = {
    kLoads,
    kLoadMisses,
    {"LLC-loads", "LLC-loads-per-L1-dcache-miss", "LLC loads per L1d miss"},
    {"LLC-load-misses", "LLC-load-miss-rate", "LLC miss rate"},
};
constexpr Link kFirstLevel[] = {kLoads, kLoadMisses};
constexpr Link kOneLevel[] = {{"cache-references", "cache-references", "references"},
                              {"cache-misses", "cache-miss-rate", "miss rate"}};

constexpr Chain kLoadChains[] = {{kAllLevels}, {kFirstLevel}};
constexpr Chain kCacheChains[] = {{kOneLevel}};
constexpr std::span<const Chain> kMissChains[] = {kLoadChains, kCacheChains};

constexpr OtherQuotient kOthers[] = {
    {"cache-misses", "instructions", "cache-misses-per-instruction", "cache misses per instruction", 500},
    {"L1-dcache-load-misses", "instructions", "L1-dcache-load-misses-per-instruction",
     "L1d load misses per instruction", 50},
    {"dTLB-load-misses", "instructions", "dTLB-load-misses-per-instruction", "data TLB load misses per instruction",
     500},
    {"branch-misses", "instructions", "branch-misses-per-instruction", "branch misses per instruction", 50},
    {"page-faults", "", "page-faults", "page faults", 10'000},
    {"context-switches", "", "context-switches", "context switches", 50'000},
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
