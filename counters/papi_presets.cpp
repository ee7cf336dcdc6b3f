#include <papi.h>

#include <string>

#include "counters/known_event.hpp"

namespace countercheck {
namespace {

// "Level 1 data cache misses", and the natives that PAPI would count for it here.
std::string meaning_of(const PAPI_event_info_t& preset) {
  std::string meaning = preset.long_descr[0] != '\0' ? preset.long_descr : preset.short_descr;
  std::string natives;
  for (unsigned i = 0; i < preset.count && i < PAPI_MAX_INFO_TERMS; ++i) {
    natives += (natives.empty() ? "" : ", ") + std::string(preset.name[i]);
  }
  return natives.empty() ? meaning : meaning + " (here: " + natives + ")";
}

}  // namespace

std::vector<KnownEvent> papi_presets() {
  std::vector<KnownEvent> presets;
  if (PAPI_library_init(PAPI_VER_CURRENT) != PAPI_VER_CURRENT) return presets;
  int code = static_cast<int>(PAPI_PRESET_MASK);
  if (PAPI_enum_event(&code, PAPI_ENUM_FIRST) == PAPI_OK) {
    do {
      PAPI_event_info_t preset{};
      if (PAPI_get_event_info(code, &preset) != PAPI_OK) continue;
      presets.push_back(
          {.name = preset.symbol, .meaning = meaning_of(preset), .whose = "PAPI", .here = preset.count > 0});
    } while (PAPI_enum_event(&code, PAPI_ENUM_ALL) == PAPI_OK);
  }
  PAPI_shutdown();
  return presets;
}

}  // namespace countercheck
