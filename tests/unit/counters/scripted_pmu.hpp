#pragma once

#include <linux/perf_event.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "counters/perf_event.hpp"

// A PMU that answers perf_event_open(2) and read(2) as the kernel would, for tests of what is asked of it: each
// descriptor is a file that holds what its counter would read. A group runs as a whole or not at all.
namespace countercheck::testing {

struct ScriptedPmu {
  using Kind = std::pair<std::uint32_t, std::uint64_t>;  // type and config, as asked

  struct Unit {
    unsigned general = 4;    // counters that take any event
    std::set<Kind> fixed{};  // events with a counter of their own
  };

  std::map<std::uint32_t, Unit> units{{0, {}}};  // by the PMU's number; 0: what names no PMU
  std::size_t largest_group = 99;                // more members are refused with EINVAL
  std::size_t counting = 99;                     // what is opened beyond so many runs and reads 0
  std::set<Kind> missing{};                      // ENOENT
  std::map<Kind, std::uint64_t> values{};        // else 100,000
  std::uint64_t leader = 0;                      // config of the event that must lead those of `led`; 0: none
  std::set<std::uint64_t> led{};
  std::size_t opened = 0;  // so far

  static ScriptedPmu& now() {
    static ScriptedPmu pmu;
    return pmu;
  }

  static int open(perf_event_attr* attr, pid_t, int, int group, unsigned long) { return now().answer(*attr, group); }

 private:
  struct Member {
    int descriptor;
    Kind kind;
  };

  static std::uint32_t unit_of(const Kind& kind) {
    const bool generic = kind.first == PERF_TYPE_HARDWARE || kind.first == PERF_TYPE_HW_CACHE;
    const auto number = generic ? static_cast<std::uint32_t>(kind.second >> 32) : kind.first;
    return now().units.contains(number) ? number : 0;
  }

  static int refuse(int error) {
    errno = error;
    return -1;
  }

  int answer(const perf_event_attr& attr, int group) {
    const Kind kind{attr.type, attr.config};
    const int descriptor = memfd_create("counter", MFD_CLOEXEC);
    if (attr.type == PERF_TYPE_SOFTWARE) {
      write(descriptor, {values.contains(kind) ? values[kind] : 7, 100, 100});
      return descriptor;
    }
    auto& members = groups_[group < 0 ? descriptor : group];
    if (group < 0) members.clear();
    const bool wrong_leader = led.contains(attr.config) && (members.empty() || members[0].kind.second != leader);
    const bool leads_not = leader != 0 && attr.config == leader && !members.empty();
    const bool foreign = !members.empty() && unit_of(members[0].kind) != unit_of(kind);
    if (missing.contains(kind) || wrong_leader || leads_not || foreign || members.size() >= largest_group) {
      ::close(descriptor);
      return refuse(missing.contains(kind) ? ENOENT : EINVAL);
    }
    ++opened;
    members.push_back({descriptor, kind});
    schedule(members);
    return descriptor;
  }

  void schedule(const std::vector<Member>& members) {
    const Unit& unit = units[unit_of(members[0].kind)];
    std::set<Kind> fixed = unit.fixed;
    unsigned needed = 0;
    for (const Member& member : members) needed += fixed.erase(member.kind) > 0 ? 0U : 1U;
    const std::uint64_t running = needed <= unit.general ? 100 : 0;
    std::size_t place = 0;
    for (const Member& member : members) {
      const std::uint64_t value = values.contains(member.kind) ? values[member.kind] : 100'000;
      write(member.descriptor, {running == 0 || place++ >= counting ? 0 : value, 100, running});
    }
  }

  static void write(int descriptor, const CounterValue& value) {
    if (pwrite(descriptor, &value, sizeof value, 0) != sizeof value) std::abort();
  }

  std::map<int, std::vector<Member>> groups_{};  // by the leader's descriptor
};

inline const ScriptedPmu::Kind kCycles{PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES};
inline const ScriptedPmu::Kind kInstructions{PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS};

}  // namespace countercheck::testing
