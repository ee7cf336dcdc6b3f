#pragma once

#include <linux/perf_event.h>

#include <cstdint>
#include <string>
#include <variant>

#include "counters/reading.hpp"

namespace countercheck {

// An event as perf_event_open(2) wants it, before anything is opened: encoding needs no permission and no PMU.
struct Encoding {
  std::uint32_t type = 0;
  std::uint64_t config = 0;
  std::uint64_t config1 = 0;
  std::uint64_t config2 = 0;
  bool exclude_user = false;
  bool exclude_kernel = false;
  bool exclude_hypervisor = false;

  bool operator==(const Encoding&) const = default;
};

bool is_software(const Encoding& encoding);
Privilege privilege(const Encoding& encoding);
std::string describe(const Encoding& encoding);  // "type 4, config 0x151"

// The attributes of a counter that counts this for a task and all it starts: disabled, inherited, with both times.
perf_event_attr attributes(const Encoding& encoding);

// How libpfm4 names an event that it could not encode.
enum class EncodingFailure {
  unknown,     // no PMU of libpfm4 has the event
  other_pmu,   // the event belongs to a PMU that libpfm4 knows and this machine is not
  bad_suffix,  // the event is known, one of its attributes or modifiers is not
};

// Encodes libpfm4's names: "perf::CYCLES", "skl::L1D:REPLACEMENT:u", "perf_raw::r01c2".
// Source: libpfm4's pfm_get_os_event_encoding(3) with PFM_OS_PERF_EVENT_EXT.
std::variant<Encoding, EncodingFailure> encode_with_libpfm(const std::string& name);

// The same for an event of a CPU that this machine need not be, which cannot be opened here.
std::variant<Encoding, EncodingFailure> encode_for_any_machine(const std::string& name);

// The PMUs of the CPU that libpfm4 recognises on this machine, "icl, perf"; for sentences.
std::string libpfm_pmus();

}  // namespace countercheck
