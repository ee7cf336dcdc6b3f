#include "counters/catalogue.hpp"

#include <strings.h>

#include <algorithm>
#include <array>
#include <string>

namespace countercheck {
namespace {

constexpr auto pmu = Source::pmu;
constexpr auto kernel = Source::kernel;
constexpr auto sim = Source::sim;
constexpr auto count = Unit::count;
constexpr auto ns = Unit::nanoseconds;
constexpr std::optional<UsageField> none;

// The names are perf-list(1)'s. What a generic name really counts differs by machine: the sentences say where.
constexpr NamedEvent kCatalogue[] = {
    {"cycles", "cpu-cycles", "perf::CYCLES", pmu, count, none, false,
     "clock cycles of the core while the task ran; their length changes with the clock"},
    {"stalled-cycles-frontend", "idle-cycles-frontend", "perf::STALLED-CYCLES-FRONTEND", pmu, count, none, false,
     "cycles in which the front end delivered nothing; few PMUs since 2012 have it"},
    {"stalled-cycles-backend", "idle-cycles-backend", "perf::STALLED-CYCLES-BACKEND", pmu, count, none, false,
     "cycles in which the back end was waiting for data or units; few PMUs since 2013 have it"},
    {"instructions", "", "perf::INSTRUCTIONS", pmu, count, none, false, "instructions retired"},
    {"cache-references", "", "perf::CACHE-REFERENCES", pmu, count, none, false,
     "accesses to one cache level: the last on Intel, the L2 on AMD Zen, the L1D on many Arm cores"},
    {"cache-misses", "", "perf::CACHE-MISSES", pmu, count, none, false,
     "misses of one cache level: the last on Intel, the L2 on AMD Zen, the L1D on many Arm cores"},
    {"branches", "branch-instructions", "perf::BRANCH-INSTRUCTIONS", pmu, count, none, false,
     "branch instructions retired"},
    {"branch-misses", "", "perf::BRANCH-MISSES", pmu, count, none, false, "branches that were predicted wrongly"},
    {"bus-cycles", "", "perf::BUS-CYCLES", pmu, count, none, false, "cycles of the bus or reference clock"},
    {"ref-cycles", "", "perf::REF-CYCLES", pmu, count, none, false,
     "cycles at a constant rate, whatever the core's clock"},
    {"task-clock", "", "perf::TASK-CLOCK", kernel, ns, UsageField::task_clock, false,
     "time on a CPU, summed over all threads and children"},
    {"cpu-clock", "", "perf::CPU-CLOCK", kernel, ns, UsageField::task_clock, false,
     "time on a CPU by the CPU's own clock, summed over all threads and children"},
    {"page-faults", "faults", "perf::PAGE-FAULTS", kernel, count, UsageField::faults, false,
     "pages that were touched and not mapped: minor and major together"},
    {"minor-faults", "", "perf::MINOR-FAULTS", kernel, count, UsageField::minor_faults, false,
     "page faults that needed no disk: first touches, copies on write"},
    {"major-faults", "", "perf::MAJOR-FAULTS", kernel, count, UsageField::major_faults, false,
     "page faults that waited for the disk"},
    {"context-switches", "cs", "perf::CONTEXT-SWITCHES", kernel, count, UsageField::switches, true,
     "times that another task got the CPU: waits and pre-emptions"},
    {"cpu-migrations", "migrations", "perf::CPU-MIGRATIONS", kernel, count, none, true,
     "times that the task went on on another CPU"},
    {"cgroup-switches", "", "perf::CGROUP-SWITCHES", kernel, count, none, true,
     "context switches to a task of another control group"},
    {"L1-dcache-loads", "", "perf::L1-DCACHE-LOADS", pmu, count, none, false, "loads that looked into the L1D"},
    {"L1-dcache-load-misses", "", "perf::L1-DCACHE-LOAD-MISSES", pmu, count, none, false,
     "L1D misses by loads; on Intel lines filled, prefetches included"},
    {"L1-dcache-stores", "", "perf::L1-DCACHE-STORES", pmu, count, none, false, "stores that looked into the L1D"},
    {"L1-dcache-store-misses", "", "perf::L1-DCACHE-STORE-MISSES", pmu, count, none, false, "L1D misses by stores"},
    {"L1-dcache-prefetches", "", "perf::L1-DCACHE-PREFETCHES", pmu, count, none, false, "prefetches into the L1D"},
    {"L1-dcache-prefetch-misses", "", "perf::L1-DCACHE-PREFETCH-MISSES", pmu, count, none, false,
     "prefetches that missed the L1D"},
    {"L1-icache-loads", "", "perf::L1-ICACHE-LOADS", pmu, count, none, false, "fetches that looked into the L1I"},
    {"L1-icache-load-misses", "", "perf::L1-ICACHE-LOAD-MISSES", pmu, count, none, false,
     "fetches that missed the L1I"},
    {"LLC-loads", "", "perf::LLC-LOADS", pmu, count, none, false,
     "loads that reached the last-level cache; not counted by AMD Zen cores"},
    {"LLC-load-misses", "", "perf::LLC-LOAD-MISSES", pmu, count, none, false,
     "loads that missed the last-level cache; not counted by AMD Zen cores"},
    {"LLC-stores", "", "perf::LLC-STORES", pmu, count, none, false, "stores that reached the last-level cache"},
    {"LLC-store-misses", "", "perf::LLC-STORE-MISSES", pmu, count, none, false,
     "stores that missed the last-level cache"},
    {"LLC-prefetches", "", "perf::LLC-PREFETCHES", pmu, count, none, false, "prefetches into the last-level cache"},
    {"LLC-prefetch-misses", "", "perf::LLC-PREFETCH-MISSES", pmu, count, none, false,
     "prefetches that missed the last-level cache"},
    {"dTLB-loads", "", "perf::DTLB-LOADS", pmu, count, none, false, "loads that looked into the data TLB"},
    {"dTLB-load-misses", "", "perf::DTLB-LOAD-MISSES", pmu, count, none, false, "loads that missed the data TLB"},
    {"dTLB-stores", "", "perf::DTLB-STORES", pmu, count, none, false, "stores that looked into the data TLB"},
    {"dTLB-store-misses", "", "perf::DTLB-STORE-MISSES", pmu, count, none, false, "stores that missed the data TLB"},
    {"iTLB-loads", "", "perf::ITLB-LOADS", pmu, count, none, false, "fetches that looked into the instruction TLB"},
    {"iTLB-load-misses", "", "perf::ITLB-LOAD-MISSES", pmu, count, none, false,
     "fetches that missed the instruction TLB"},
    {"branch-loads", "", "perf::BRANCH-LOADS", pmu, count, none, false, "look-ups in the branch predictor"},
    {"branch-load-misses", "", "perf::BRANCH-LOAD-MISSES", pmu, count, none, false,
     "look-ups in the branch predictor that were wrong"},
    {"node-loads", "", "perf::NODE-LOADS", pmu, count, none, false, "loads served by memory"},
    {"node-load-misses", "", "perf::NODE-LOAD-MISSES", pmu, count, none, false,
     "loads served by the memory of another node"},
    {"node-stores", "", "perf::NODE-STORES", pmu, count, none, false, "stores that went to memory"},
    {"node-store-misses", "", "perf::NODE-STORE-MISSES", pmu, count, none, false,
     "stores that went to the memory of another node"},
    {"estimated-cycles", "", "", sim, count, none, false,
     "instructions + 10 x branch misses + 10 x L1 misses of data and code + 100 x last-level misses, all simulated: an "
     "estimate (Callgrind's CEst), no time"},
    {"L2-misses", "", "", sim, count, none, false,
     "misses of the second of three cache levels or more, by loads, stores and fetches; simulated only"},
    {"coherence-misses", "", "", sim, count, none, false,
     "misses of lines that another core had written to, as in false sharing; simulated only"},
    {"voluntary-switches", "", "", Source::rusage, count, UsageField::voluntary_switches, true,
     "context switches because the task waited for something"},
    {"involuntary-switches", "", "", Source::rusage, count, UsageField::involuntary_switches, true,
     "context switches because the task's time was up"},
    {"wall-time", "duration_time", "", Source::clock, ns, UsageField::wall_time, false,
     "time that passed, from the start to the end"},
    {"user-time", "user_time", "", Source::rusage, ns, UsageField::user_time, false, "time on a CPU in user mode"},
    {"system-time", "system_time", "", Source::rusage, ns, UsageField::system_time, false,
     "time on a CPU in the kernel"},
    {"peak-rss", "max-rss", "", Source::rusage, Unit::bytes, UsageField::peak_rss, false,
     "the most memory that was resident at a time, in the largest of the processes"},
};

constexpr std::array<std::string_view, 14> kDefaults = {"cycles",
                                                        "stalled-cycles-frontend",
                                                        "stalled-cycles-backend",
                                                        "instructions",
                                                        "cache-references",
                                                        "cache-misses",
                                                        "branches",
                                                        "branch-misses",
                                                        "task-clock",
                                                        "page-faults",
                                                        "minor-faults",
                                                        "major-faults",
                                                        "context-switches",
                                                        "cpu-migrations"};

constexpr std::array<std::string_view, 4> kConstant = {"wall-time", "user-time", "system-time", "peak-rss"};

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::span<const NamedEvent> catalogue() {
  return kCatalogue;
}

const NamedEvent* find_named_event(std::string_view name) {
  const auto row = std::find_if(std::begin(kCatalogue), std::end(kCatalogue), [&](const NamedEvent& event) {
    return same_name(event.name, name) || (!event.alias.empty() && same_name(event.alias, name));
  });
  return row == std::end(kCatalogue) ? nullptr : row;
}

std::span<const std::string_view> default_events() {
  return kDefaults;
}
std::span<const std::string_view> constant_events() {
  return kConstant;
}

}  // namespace countercheck
