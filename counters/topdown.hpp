#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "counters/cpu_identity.hpp"
#include "counters/event.hpp"
#include "counters/sysfs_pmu.hpp"

namespace countercheck {

// The name that stands for all events of the first level of the top-down method on this machine.
inline constexpr std::string_view kTopdown = "topdown";

// Those events: Intel's since Ice Lake, which the kernel announces beside "slots" (of a hybrid machine's performance
// cores only), or AMD's since Zen 4. Empty where the machine has neither.
std::vector<Event> topdown_events(const CpuIdentity& cpu, const std::filesystem::path& event_sources = kEventSources);

// One of either maker's by its name, absent with the reason on a machine that does not have it. Empty: no such name.
std::optional<Event> find_topdown_event(std::string_view name, const CpuIdentity& cpu,
                                        const std::filesystem::path& event_sources = kEventSources);

// What `topdown` itself is on a machine without any: absent, with the reason.
Event no_topdown(const std::filesystem::path& event_sources = kEventSources);

}  // namespace countercheck
