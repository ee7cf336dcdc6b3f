#include "experiment/steadiness.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "counters/core_types.hpp"
#include "counters/counted_noun.hpp"
#include "experiment/pinning.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

// Below these shares of the CPUs' time others do no harm that 1 % could show; above them times were seen to scatter.
constexpr double kStolen = 0.005;
constexpr double kBusy = 0.05;

template <typename Value>
std::optional<Value> value_in(const fs::path& file) {
  std::ifstream stream(file);
  Value value{};
  if (stream >> value) return value;
  return std::nullopt;
}

fs::path folder_of(const fs::path& root, unsigned cpu) {
  return root / fmt::format("sys/devices/system/cpu/cpu{}", cpu);
}

// Lines "cpu3 user nice system idle iowait irq softirq steal …"; guests' time is in user's already.
std::map<unsigned, CpuTime> read_times(const fs::path& root) {
  std::map<unsigned, CpuTime> times;
  std::ifstream stream(root / "proc/stat");
  for (std::string line; std::getline(stream, line) && line.starts_with("cpu");) {
    std::istringstream fields(line.substr(3));
    unsigned cpu = 0;
    if (line.starts_with("cpu ") || !(fields >> cpu)) continue;
    std::array<std::uint64_t, 8> ticks{};
    for (auto& tick : ticks) fields >> tick;
    const auto [user, nice, system, idle, iowait, irq, softirq, steal] = ticks;
    const std::uint64_t busy = user + nice + system + irq + softirq;
    times[cpu] = {.busy = busy, .steal = steal, .all = busy + idle + iowait + steal};
  }
  return times;
}

std::string read_boost(const fs::path& root) {
  const fs::path cpu = root / "sys/devices/system/cpu";
  if (value_in<int>(cpu / "intel_pstate/no_turbo") == 0) return "intel_pstate/no_turbo is 0";
  if (value_in<int>(cpu / "cpufreq/boost") == 1) return "cpufreq/boost is 1";
  return "";
}

double own_seconds() {
  double seconds = 0;
  for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    for (const auto& time : {usage.ru_utime, usage.ru_stime}) {
      seconds += static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    }
  }
  return seconds;
}

// Of these CPUs, from one reading to the other.
CpuTime between(const Steadiness& before, const Steadiness& after, const std::vector<unsigned>& cpus) {
  CpuTime sum;
  for (const unsigned cpu : cpus) {
    const auto from = before.times.find(cpu);
    const auto to = after.times.find(cpu);
    // A CPU that went off line and came back counts from 0 again.
    if (from == before.times.end() || to == after.times.end() || to->second.all < from->second.all) continue;
    sum.busy += to->second.busy - std::min(to->second.busy, from->second.busy);
    sum.steal += to->second.steal - std::min(to->second.steal, from->second.steal);
    sum.all += to->second.all - from->second.all;
  }
  return sum;
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string percent(double part) {
  return fmt::format("{:.{}f} %", 100 * part, part < 0.1 ? 1 : 0);
}

// "CPU 3", "CPUs 0-2,4".
std::string named_cpus(const std::vector<unsigned>& cpus) {
  return fmt::format("CPU{} {}", cpus.size() == 1 ? "" : "s", cpus_text(cpus));
}

// Pairs, or more, of these CPUs that are one core; each core once.
std::set<std::vector<unsigned>> shared_cores(const Steadiness& state, const std::vector<unsigned>& cpus) {
  std::set<std::vector<unsigned>> cores;
  for (const unsigned cpu : cpus) {
    const auto found = state.siblings.find(cpu);
    if (found == state.siblings.end()) continue;
    std::vector<unsigned> core = {cpu};
    for (const unsigned sibling : found->second) {
      if (std::find(cpus.begin(), cpus.end(), sibling) != cpus.end()) core.push_back(sibling);
    }
    std::sort(core.begin(), core.end());
    if (core.size() > 1) cores.insert(std::move(core));
  }
  return cores;
}

std::string shared_cores_text(const Steadiness& state, const std::vector<unsigned>& cpus) {
  const auto cores = shared_cores(state, cpus);
  if (cores.empty()) return "";
  const std::string first = named_cpus(*cores.begin());
  return cores.size() == 1 ? fmt::format("{} are one core (SMT)", first)
                           : fmt::format("{} cores are two CPUs or more each (SMT), as {}", cores.size(), first);
}

// "powersave on 8 CPUs": of those that let the clock follow the load.
std::string governors_text(const Steadiness& state) {
  std::vector<std::string> parts;
  for (const auto& [name, cpus] : state.governors) {
    if (name != "performance") parts.push_back(fmt::format("{} on {}", name, counted_noun(cpus, "CPU")));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string load_sentence(const Steadiness& before, const Steadiness& after, std::size_t cpus) {
  if (!before.load || !after.load) return "";
  // Our own samples are in the load after them.
  const bool heavy = *before.load >= 0.5 * static_cast<double>(cpus) || *after.load >= static_cast<double>(cpus) + 1;
  if (!heavy) return "";
  return fmt::format("the load was {:.2f} before the first sample and {:.2f} after the last, on {}: times scatter",
                     *before.load, *after.load, counted_noun(cpus, "CPU"));
}

// What was on these CPUs and was neither we nor a sample.
std::string others_sentence(const Steadiness& before, const Steadiness& after, const std::vector<unsigned>& cpus) {
  const CpuTime spent = between(before, after, cpus);
  const double second = static_cast<double>(std::max(1L, sysconf(_SC_CLK_TCK)));
  const double own = std::max(0.0, after.own - before.own) * second;
  const double others = static_cast<double>(spent.busy) - own;
  if (spent.all == 0 || others < kBusy * static_cast<double>(spent.all)) return "";
  return fmt::format("other programs had {} of {} while samples were taken",
                     percent(others / static_cast<double>(spent.all)), named_cpus(cpus));
}

std::string steal_sentence(const Steadiness& before, const Steadiness& after, const std::vector<unsigned>& cpus) {
  const CpuTime spent = between(before, after, cpus);
  const double stolen = share(spent.steal, spent.all);
  if (stolen < kStolen) return "";
  return fmt::format("the host gave {} of the time of {} to others (steal) while samples were taken", percent(stolen),
                     named_cpus(cpus));
}

std::string throttle_sentence(const Steadiness& before, const Steadiness& after) {
  std::string worst;
  std::uint64_t most = 0;
  for (const auto& [name, count] : after.throttled) {
    const auto then = before.throttled.find(name);
    const std::uint64_t rise = then == before.throttled.end() ? 0 : count - std::min(count, then->second);
    if (rise <= most) continue;
    most = rise;
    worst = name;
  }
  if (most == 0) return "";
  return fmt::format("the processor slowed itself down for heat while samples were taken: {} rose by {}", worst, most);
}

std::string sibling_sentence(const Steadiness& before, const Steadiness& after, const std::vector<unsigned>& cpus) {
  std::set<unsigned> siblings;
  for (const unsigned cpu : cpus) {
    const auto found = after.siblings.find(cpu);
    if (found == after.siblings.end()) continue;
    for (const unsigned sibling : found->second) {
      if (std::find(cpus.begin(), cpus.end(), sibling) == cpus.end()) siblings.insert(sibling);
    }
  }
  const std::vector<unsigned> others(siblings.begin(), siblings.end());
  const CpuTime spent = between(before, after, others);
  if (share(spent.busy, spent.all) < kBusy) return "";
  const bool one = others.size() == 1;
  return fmt::format("{}, which {} a core with those of the samples (SMT), {} busy {} of the time", named_cpus(others),
                     one ? "shares" : "share", one ? "was" : "were", percent(share(spent.busy, spent.all)));
}

std::string clock_sentence(const Steadiness& state, const std::vector<unsigned>& cpus) {
  std::vector<std::string> parts;
  if (const auto governors = governors_text(state); !governors.empty()) parts.push_back("governor " + governors);
  if (!state.boost.empty()) parts.push_back(fmt::format("turbo on ({})", state.boost));
  if (const auto cores = shared_cores_text(state, cpus); !cores.empty()) parts.push_back(cores);
  if (parts.empty()) return "";
  return fmt::format("the speed of a CPU is not fixed here: {}; countercheck doctor says what would change that",
                     fmt::join(parts, "; "));
}

}  // namespace

Steadiness read_steadiness(const std::vector<unsigned>& cpus, const fs::path& root) {
  Steadiness state{.load = value_in<double>(root / "proc/loadavg"),
                   .times = read_times(root),
                   .boost = read_boost(root),
                   .own = own_seconds()};
  for (const unsigned cpu : cpus) {
    const fs::path folder = folder_of(root, cpu);
    if (const auto governor = value_in<std::string>(folder / "cpufreq/scaling_governor")) ++state.governors[*governor];
    std::vector<unsigned> siblings =
        cpu_list(value_in<std::string>(folder / "topology/thread_siblings_list").value_or(""));
    std::erase(siblings, cpu);
    if (!siblings.empty()) state.siblings[cpu] = std::move(siblings);
    for (const char* name : {"core_throttle_count", "package_throttle_count"}) {
      if (const auto count = value_in<std::uint64_t>(folder / "thermal_throttle" / name)) {
        state.throttled[fmt::format("{} of CPU {}", name, cpu)] = *count;
      }
    }
  }
  return state;
}

std::vector<std::string> unsteadiness(const Steadiness& before, const Steadiness& after,
                                      const std::vector<unsigned>& cpus, bool bound) {
  std::vector<std::string> sentences = {load_sentence(before, after, cpus.size()),
                                        others_sentence(before, after, cpus),
                                        bound ? sibling_sentence(before, after, cpus) : "",
                                        steal_sentence(before, after, cpus),
                                        throttle_sentence(before, after),
                                        clock_sentence(after, cpus)};
  std::erase(sentences, "");
  return sentences;
}

std::optional<double> stolen_share(const Steadiness& now, const std::vector<unsigned>& cpus) {
  Steadiness boot;
  for (const auto& [cpu, times] : now.times) boot.times[cpu] = {};
  const CpuTime spent = between(boot, now, cpus);
  if (spent.all == 0) return std::nullopt;
  return share(spent.steal, spent.all);
}

std::vector<std::string> standing_unsteadiness(const Steadiness& now, const std::vector<unsigned>& cpus) {
  std::vector<std::string> parts;
  if (const auto governors = governors_text(now); !governors.empty()) {
    parts.push_back(fmt::format(
        "the frequency governor is {}: keep the clock up with: sudo cpupower frequency-set -g performance", governors));
  }
  if (!now.boost.empty()) {
    const bool intel = now.boost.starts_with("intel_pstate");
    parts.push_back(
        fmt::format("turbo is on ({}), so the clock depends on heat and on what else runs: turn it off "
                    "with: echo {} | sudo tee /sys/devices/system/cpu/{}",
                    now.boost, intel ? 1 : 0, intel ? "intel_pstate/no_turbo" : "cpufreq/boost"));
  }
  if (const auto cores = shared_cores_text(now, cpus); !cores.empty()) {
    parts.push_back(cores + ": what runs on one slows the other; --cpus auto takes one of each");
  }
  std::uint64_t most = 0;
  std::string worst;
  for (const auto& [name, count] : now.throttled) {
    if (count > most) worst = name;
    most = std::max(most, count);
  }
  if (most > 0) parts.push_back(fmt::format("slowed down for heat since boot: {} is {}", worst, most));
  return parts;
}

}  // namespace countercheck
