#include "counters/papi_event.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <papi.h>

#include <algorithm>
#include <cctype>

#include "counters/encoding.hpp"
#include "counters/papi_library.hpp"

namespace countercheck {
namespace {

bool is_preset_name(std::string_view name) {
  return name.starts_with("PAPI_");
}

// PAPI's presets are all in capitals and it compares them so.
std::string capitals(std::string name) {
  std::string upper = name;
  std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return std::toupper(c); });
  return is_preset_name(upper) ? upper : name;
}

std::optional<PAPI_event_info_t> info_of(int code) {
  PAPI_event_info_t info{};
  return PAPI_get_event_info(code, &info) == PAPI_OK ? std::optional(info) : std::nullopt;
}

std::optional<PAPI_event_info_t> info_of(const std::string& name) {
  int code = 0;
  if (PAPI_event_name_to_code(name.c_str(), &code) != PAPI_OK) return std::nullopt;
  return info_of(code);
}

std::vector<std::string> natives_of(const PAPI_event_info_t& info) {
  std::vector<std::string> names;
  for (unsigned term = 0; term < info.count && term < PAPI_MAX_INFO_TERMS; ++term) names.emplace_back(info.name[term]);
  return names;
}

// The modes said for each event: then PAPI's mode of the whole set does not matter (perf_event.c,
// _pe_update_control_state).
std::string with_modes(const std::string& name, Privilege privilege) {
  return fmt::format("{}:u={:d}:k={:d}", name, privilege != Privilege::kernel, privilege != Privilege::user);
}

}  // namespace

PapiEvent papi_native(const std::string& name, Privilege privilege) {
  const auto encoded = encode_with_libpfm(name);
  const auto* const encoding = std::get_if<Encoding>(&encoded);
  return {.name = with_modes(name, privilege), .software = encoding && is_software(*encoding), .privilege = privilege};
}

PapiEvent in_user_mode(const PapiEvent& event) {
  PapiEvent user_only = event;
  user_only.privilege = Privilege::user;
  const auto modes = user_only.name.rfind(":u=");
  if (modes != std::string::npos) user_only.name = with_modes(user_only.name.substr(0, modes), Privilege::user);
  return user_only;
}

std::optional<PapiEvent> find_papi_event(const std::string& name, Privilege privilege) {
  if (!papi_library().failure.empty()) return std::nullopt;
  const std::string asked = capitals(name);
  int code = 0;
  if (PAPI_event_name_to_code(asked.c_str(), &code) != PAPI_OK) return std::nullopt;
  if (is_preset_name(asked)) return PapiEvent{.name = asked, .preset = true, .privilege = privilege};
  // Components other than perf_event take no modes.
  if (name.find(":::") != std::string::npos) return PapiEvent{.name = name, .privilege = privilege};
  return papi_native(name, privilege);
}

std::vector<PapiPreset> papi_presets() {
  std::vector<PapiPreset> presets;
  if (!papi_library().failure.empty()) return presets;
  int code = PAPI_PRESET_MASK;
  if (PAPI_enum_event(&code, PAPI_ENUM_FIRST) != PAPI_OK) return presets;
  do {
    if (const auto info = info_of(code)) presets.push_back({info->symbol, info->long_descr, natives_of(*info)});
  } while (PAPI_enum_event(&code, PAPI_ENUM_EVENTS) == PAPI_OK);
  return presets;
}

std::optional<std::string> lack_of_mapping(const PapiEvent& event) {
  if (!event.preset) return std::nullopt;
  const auto info = info_of(event.name);
  if (info && info->count > 0) return std::nullopt;
  const std::string lack = papi_lack(papi_library());
  if (!lack.empty()) {
    return fmt::format("PAPI cannot count {} nor say which native events it would need: {}", event.name, lack);
  }
  return fmt::format(
      "PAPI cannot count {}: its tables map it to no native event of this CPU (papi_avail -a shows the presets it has)",
      event.name);
}

std::string needed_natives(const PapiEvent& event) {
  if (!event.preset) return "";
  const auto info = info_of(event.name);
  if (!info || info->count == 0) return "";
  const auto natives = natives_of(*info);
  return fmt::format("; it would need the native event{} {}", natives.size() == 1 ? "" : "s",
                     fmt::join(natives, " and "));
}

}  // namespace countercheck
