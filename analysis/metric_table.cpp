#include "analysis/metrics.hpp"

namespace countercheck {
namespace {

// Files of the kernel's tools/perf/pmu-events/arch/x86.
constexpr std::string_view kPerfTopdown = "perf's icelake/icl-metrics.json";
constexpr std::string_view kZen4 = "perf's amdzen4/pipeline.json";
constexpr std::string_view kZen5 = "perf's amdzen5/pipeline.json";
constexpr std::string_view kFamily19 = "AuthenticAMD-19-";  // of it only Zen 4 has the events
constexpr std::string_view kFamily1A = "AuthenticAMD-1A-";

constexpr std::array<Term, 4> kSlots = {
    {{"topdown-retiring"}, {"topdown-bad-spec"}, {"topdown-fe-bound"}, {"topdown-be-bound"}}};

// A share of the slots in which the core could have begun an operation, by Intel's four counts of them.
constexpr Metric of_slots(std::string_view key, std::string_view event, std::string_view words, std::string_view name) {
  return {.key = key,
          .event = event,
          .below = kSlots,
          .scale = 100,
          .measure = Measure::percent,
          .decimals = 1,
          .words = words,
          .name = name,
          .most = 100.5,
          .alarm = "more than all of the slots",
          .source = kPerfTopdown};
}

// The same by AMD's counts: a Zen 4 core dispatches up to 6 operations in a cycle, a Zen 5 core up to 8.
constexpr Metric of_dispatch(std::string_view key, std::string_view event, std::string_view words,
                             std::string_view name, bool zen5) {
  return {.key = key,
          .event = event,
          .below = {{{"ls_not_halted_cyc", zen5 ? 8.0 : 6.0}}},
          .scale = 100,
          .measure = Measure::percent,
          .decimals = 1,
          .words = words,
          .name = name,
          .most = 100.5,
          .alarm = "more than all of the slots",
          .cpus = zen5 ? kFamily1A : kFamily19,
          .source = zen5 ? kZen5 : kZen4};
}

// Operations that were dispatched and thrown away.
constexpr Metric bad_speculation(bool zen5) {
  Metric metric = of_dispatch("bad-speculation", "de_src_op_disp.all", "% bad speculation", "bad speculation", zen5);
  metric.above = {{{"de_src_op_disp.all"}, {"ex_ret_ops", -1}}};
  return metric;
}

constexpr Metric miss_rate(std::string_view key, std::string_view event, std::string_view all, std::string_view words,
                           std::string_view name, std::string_view alarm) {
  return {.key = key,
          .event = event,
          .below = {{{all}}},
          .scale = 100,
          .measure = Measure::percent,
          .words = words,
          .name = name,
          .most = 100,
          .alarm = alarm};
}

constexpr Metric per_thousand(std::string_view key, std::string_view event) {
  return {.key = key,
          .event = event,
          .below = {{{"instructions"}}},
          .scale = 1000,
          .decimals = 3,
          .words = " per 1000 insns",
          .name = "per 1000 instructions",
          .alone = true};
}

// No core of today retires as many as 16 instructions in a cycle, and none is clocked at 10 GHz. CPUs utilized have no
// limit here: how many the machine has is not this table's to know.
constexpr Metric kMetrics[] = {
    {.key = "clock",
     .event = "cycles",
     .below = {{{"task-clock"}}},
     .measure = Measure::gigahertz,
     .decimals = 3,
     .words = " GHz",
     .name = "clock",
     .most = 10,
     .alarm = "a clock of more than 10 GHz",
     .every_level = true},
    miss_rate("frontend-cycles-idle", "stalled-cycles-frontend", "cycles", "% frontend cycles idle", "of cycles",
              "more stalled cycles than cycles"),
    miss_rate("backend-cycles-idle", "stalled-cycles-backend", "cycles", "% backend  cycles idle", "of cycles",
              "more stalled cycles than cycles"),
    {.key = "insns-per-cycle",
     .event = "instructions",
     .below = {{{"cycles"}}},
     .words = "  insns per cycle",
     .name = "insns per cycle",
     .most = 16,
     .alarm = "more than 16 instructions in a cycle"},
    {.key = "stalled-cycles-per-insn",
     .event = "instructions",
     .above = {{{"stalled-cycles-frontend"}, {"stalled-cycles-backend"}}},
     .combine = Combine::largest,
     .below = {{{"instructions"}}},
     .words = "  stalled cycles per insn",
     .name = "stalled cycles per insn"},
    {.key = "cache-miss-rate",
     .event = "cache-misses",
     .below = {{{"cache-references"}}},
     .scale = 100,
     .measure = Measure::percent,
     .decimals = 3,
     .words = " % of all cache refs",
     .name = "of cache refs",
     .most = 100,
     .alarm = "more cache-misses than cache-references"},
    miss_rate("branch-miss-rate", "branch-misses", "branches", "% of all branches", "of branches",
              "more branch-misses than branches"),
    {.key = "cpus-utilized",
     .event = "task-clock",
     .below = {{{"wall-time"}}},
     .decimals = 3,
     .words = " CPUs utilized",
     .name = "CPUs utilized"},
    miss_rate("L1-dcache-load-miss-rate", "L1-dcache-load-misses", "L1-dcache-loads", "% of all L1-dcache loads",
              "of L1-dcache loads", "more L1-dcache-load-misses than L1-dcache-loads"),
    miss_rate("L1-icache-load-miss-rate", "L1-icache-load-misses", "L1-icache-loads", "% of all L1-icache loads",
              "of L1-icache loads", "more L1-icache-load-misses than L1-icache-loads"),
    miss_rate("LLC-load-miss-rate", "LLC-load-misses", "LLC-loads", "% of all LLC loads", "of LLC loads",
              "more LLC-load-misses than LLC-loads"),
    miss_rate("LLC-store-miss-rate", "LLC-store-misses", "LLC-stores", "% of all LLC stores", "of LLC stores",
              "more LLC-store-misses than LLC-stores"),
    miss_rate("dTLB-load-miss-rate", "dTLB-load-misses", "dTLB-loads", "% of all dTLB loads", "of dTLB loads",
              "more dTLB-load-misses than dTLB-loads"),
    miss_rate("dTLB-store-miss-rate", "dTLB-store-misses", "dTLB-stores", "% of all dTLB stores", "of dTLB stores",
              "more dTLB-store-misses than dTLB-stores"),
    miss_rate("iTLB-load-miss-rate", "iTLB-load-misses", "iTLB-loads", "% of all iTLB loads", "of iTLB loads",
              "more iTLB-load-misses than iTLB-loads"),
    of_slots("retiring", "topdown-retiring", "% retiring", "retiring"),
    of_slots("bad-speculation", "topdown-bad-spec", "% bad speculation", "bad speculation"),
    of_slots("frontend-bound", "topdown-fe-bound", "% frontend bound", "frontend bound"),
    of_slots("backend-bound", "topdown-be-bound", "% backend bound", "backend bound"),
    of_dispatch("retiring", "ex_ret_ops", "% retiring", "retiring", false),
    bad_speculation(false),
    of_dispatch("frontend-bound", "de_no_dispatch_per_slot.no_ops_from_frontend", "% frontend bound", "frontend bound",
                false),
    of_dispatch("backend-bound", "de_no_dispatch_per_slot.backend_stalls", "% backend bound", "backend bound", false),
    of_dispatch("smt-contention", "de_no_dispatch_per_slot.smt_contention", "% SMT contention", "SMT contention",
                false),
    of_dispatch("retiring", "ex_ret_ops", "% retiring", "retiring", true),
    bad_speculation(true),
    of_dispatch("frontend-bound", "de_no_dispatch_per_slot.no_ops_from_frontend", "% frontend bound", "frontend bound",
                true),
    of_dispatch("backend-bound", "de_no_dispatch_per_slot.backend_stalls", "% backend bound", "backend bound", true),
    of_dispatch("smt-contention", "de_no_dispatch_per_slot.smt_contention", "% SMT contention", "SMT contention", true),
    // Every load that misses the last level brings a line; what prefetches and stores bring is not in it.
    {.key = "memory-read-estimate",
     .event = "LLC-load-misses",
     .below = {{{"wall-time"}}},
     .lines = true,
     .measure = Measure::gigabytes_per_second,
     .decimals = 3,
     .words = " GB/s read by loads, estimated",
     .name = "read by loads, estimated"},
    per_thousand("cache-mpki", "cache-misses"),
    per_thousand("branch-mpki", "branch-misses"),
    per_thousand("L1-dcache-mpki", "L1-dcache-load-misses"),
    per_thousand("L1-icache-mpki", "L1-icache-load-misses"),
    per_thousand("LLC-mpki", "LLC-load-misses"),
    per_thousand("dTLB-mpki", "dTLB-load-misses"),
    per_thousand("iTLB-mpki", "iTLB-load-misses"),
};

constexpr Metric kRate = {.key = "rate",
                          .below = {{{"task-clock"}}},
                          .scale = 1e9,
                          .measure = Measure::per_second,
                          .decimals = 3,
                          .words = "/sec",
                          .name = "per second"};

}  // namespace

std::span<const Metric> metrics() {
  return kMetrics;
}

const Metric& rate() {
  return kRate;
}

}  // namespace countercheck
