#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "counters/reading.hpp"

namespace countercheck {

// An event as PAPI is to count it.
struct PapiEvent {
  std::string name{};  // "PAPI_TOT_INS"; a native one with the modes that it says itself: "perf::PAGE-FAULTS:u=1:k=0"
  bool preset = false;
  bool software = false;  // the kernel counts it, no PMU is needed
  Privilege privilege = Privilege::user_and_kernel;

  bool operator==(const PapiEvent&) const = default;
};

// A preset or a native event by PAPI's own name, without a modifier. Natives are libpfm4's names where PAPI's component
// perf_event has them, and "component:::event" otherwise; PAPI knows only those of components that are enabled.
std::optional<PapiEvent> find_papi_event(const std::string& name, Privilege privilege);

// A native event of which libpfm4 has already said that it is one.
PapiEvent papi_native(const std::string& name, Privilege privilege);

// The same without the kernel.
PapiEvent in_user_mode(const PapiEvent& event);

// One of PAPI's preset events.
struct PapiPreset {
  std::string name{};
  std::string meaning{};               // PAPI's own
  std::vector<std::string> natives{};  // what it is made of on this CPU; empty where PAPI cannot map it
};

std::vector<PapiPreset> papi_presets();

// Why this preset has no mapping here, if it has none: which is no matter of permissions.
std::optional<std::string> lack_of_mapping(const PapiEvent& event);

// "; it would need the native events a::B and a::C", or nothing: to append to why a preset could not be counted.
std::string needed_natives(const PapiEvent& event);

}  // namespace countercheck
