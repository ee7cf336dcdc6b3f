#include "counters/papi_status.hpp"

#include <fmt/format.h>
#include <papi.h>

namespace countercheck {
namespace {

bool can_start(int preset) {
  int set = PAPI_NULL;
  if (PAPI_create_eventset(&set) != PAPI_OK) return false;
  bool started = false;
  if (PAPI_add_event(set, preset) == PAPI_OK && PAPI_start(set) == PAPI_OK) {
    long long value = 0;
    started = PAPI_stop(set, &value) == PAPI_OK && value > 0;
  }
  PAPI_cleanup_eventset(set);
  PAPI_destroy_eventset(&set);
  return started;
}

}  // namespace

PapiStatus read_papi_status() {
  PapiStatus status;
  const int version = PAPI_library_init(PAPI_VER_CURRENT);
  if (version != PAPI_VER_CURRENT) {
    status.failure = version > 0 ? "its headers and its library are of different versions" : PAPI_strerror(version);
    return status;
  }
  status.version =
      fmt::format("{}.{}.{}", PAPI_VERSION_MAJOR(version), PAPI_VERSION_MINOR(version), PAPI_VERSION_REVISION(version));
  status.announced = PAPI_num_cmp_hwctrs(0);
  for (int i = 0; i < PAPI_num_components(); ++i) {
    const PAPI_component_info_t* const info = PAPI_get_component_info(i);
    if (info && !info->disabled) status.components.emplace_back(info->name);
  }
  status.opens = can_start(static_cast<int>(PAPI_TOT_INS)) || can_start(static_cast<int>(PAPI_TOT_CYC));
  PAPI_shutdown();
  return status;
}

}  // namespace countercheck
