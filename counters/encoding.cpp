#include "counters/encoding.hpp"

#include <fmt/format.h>
#include <perfmon/pfmlib_perf_event.h>
#include <strings.h>

#include <cstring>

#include "counters/libpfm_library.hpp"

namespace countercheck {
namespace {

bool names_absent_pmu(const std::string& name) {
  const auto colons = name.find("::");
  if (colons == std::string::npos) return false;
  const std::string pmu = name.substr(0, colons);
  bool absent = false;
  for_each_pmu([&](const pfm_pmu_info_t& info) {
    if (strcasecmp(info.name, pmu.c_str()) == 0 && !info.is_present) absent = true;
  });
  return absent;
}

}  // namespace

bool is_software(const Encoding& encoding) {
  return encoding.type == PERF_TYPE_SOFTWARE;
}

Privilege privilege(const Encoding& encoding) {
  if (encoding.exclude_kernel) return Privilege::user;
  if (encoding.exclude_user) return Privilege::kernel;
  return Privilege::user_and_kernel;
}

std::string describe(const Encoding& encoding) {
  std::string text = fmt::format("type {}, config {:#x}", encoding.type, encoding.config);
  if (encoding.config1 != 0) text += fmt::format(", config1 {:#x}", encoding.config1);
  if (encoding.config2 != 0) text += fmt::format(", config2 {:#x}", encoding.config2);
  return text;
}

perf_event_attr attributes(const Encoding& encoding) {
  perf_event_attr attr{};
  attr.size = sizeof attr;
  attr.type = encoding.type;
  attr.config = encoding.config;
  attr.config1 = encoding.config1;
  attr.config2 = encoding.config2;
  attr.exclude_user = encoding.exclude_user;
  attr.exclude_kernel = encoding.exclude_kernel;
  attr.exclude_hv = encoding.exclude_hypervisor;
  attr.disabled = 1;
  attr.inherit = 1;
  attr.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  return attr;
}

std::variant<Encoding, EncodingFailure> encode_with_libpfm(const std::string& name) {
  if (!libpfm_is_ready()) return EncodingFailure::unknown;
  perf_event_attr attr{};
  attr.size = sizeof attr;
  pfm_perf_encode_arg_t argument{};
  argument.attr = &attr;
  argument.size = sizeof argument;
  const int result = pfm_get_os_event_encoding(name.c_str(), PFM_PLM0 | PFM_PLM3, PFM_OS_PERF_EVENT_EXT, &argument);
  switch (result) {
    case PFM_SUCCESS:
      break;
    case PFM_ERR_ATTR:
    case PFM_ERR_ATTR_VAL:
    case PFM_ERR_ATTR_SET:
    case PFM_ERR_UMASK:
      return EncodingFailure::bad_suffix;
    default:
      return names_absent_pmu(name) ? EncodingFailure::other_pmu : EncodingFailure::unknown;
  }
  return Encoding{.type = attr.type,
                  .config = attr.config,
                  .config1 = attr.config1,
                  .config2 = attr.config2,
                  .exclude_user = attr.exclude_user != 0,
                  .exclude_kernel = attr.exclude_kernel != 0,
                  .exclude_hypervisor = attr.exclude_hv != 0};
}

std::variant<Encoding, EncodingFailure> encode_for_any_machine(const std::string& name) {
  // From here on encode_with_libpfm does so too, and no longer says other_pmu: for a program that shows and then ends.
  let_libpfm_encode_for_others();
  return encode_with_libpfm(name);
}

std::string libpfm_pmus() {
  std::string names;
  for_each_pmu([&](const pfm_pmu_info_t& info) {
    if (!info.is_present) return;
    if (!names.empty()) names += ", ";
    names += info.name;
  });
  return names;
}

}  // namespace countercheck
