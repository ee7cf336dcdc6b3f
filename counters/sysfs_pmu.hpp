#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "counters/encoding.hpp"

namespace countercheck {

inline const std::filesystem::path kEventSources = "/sys/bus/event_source/devices";

// The PMUs that the kernel offers, sorted by name. Source: Documentation/ABI/testing/sysfs-bus-event_source-devices-*.
std::vector<std::string> sysfs_pmus(const std::filesystem::path& root = kEventSources);

// Of those the ones that count for a CPU core: "cpu", "cpu_core", "cpu_atom", "armv8_pmuv3_0", ….
std::vector<std::string> cpu_pmus(const std::filesystem::path& root = kEventSources);

// The events that a PMU announces by name under its folder events/.
std::vector<std::string> sysfs_events(const std::string& pmu, const std::filesystem::path& root = kEventSources);

// What those files tell of one event: its terms ("event=0x3c,umask=0x00"), and the unit and the scale of its count,
// which most events do not have.
struct SysfsEvent {
  std::string terms{};
  std::string unit{};
  std::string scale{};
};
SysfsEvent sysfs_event(const std::string& pmu, const std::string& event,
                       const std::filesystem::path& root = kEventSources);

// The PMU that has this number in perf_event_attr.type: "cpu" for 4; empty where none has.
std::string sysfs_pmu_of(std::uint32_t type, const std::filesystem::path& root = kEventSources);

// Places a value into the bits that a format file names: "config:0-7,32-35" takes the value's low eight bits at 0 and
// the next four at 32. False when the value does not fit or the text is not of this form.
bool place_bits(std::string_view format, std::uint64_t value, Encoding& encoding);

// Encodes the terms of perf's "pmu/term=value,term,…/": a term is a format's name with a value (0x for hexadecimal,
// none for 1), the name of one of the PMU's events, or config, config1, config2. Throws UserError for a PMU or term
// that is not there.
Encoding encode_with_sysfs(const std::string& pmu, std::string_view terms,
                           const std::filesystem::path& root = kEventSources);

}  // namespace countercheck
