#include "counters/libpfm_library.hpp"

#include <cstdlib>

namespace countercheck {

bool libpfm_is_ready() {
  pfm_pmu_info_t info{};
  info.size = sizeof info;
  return pfm_get_pmu_info(PFM_PMU_PERF_EVENT, &info) != PFM_ERR_NOINIT || pfm_initialize() == PFM_SUCCESS;
}

void let_libpfm_encode_for_others() {
  if (libpfm_is_ready()) pfm_terminate();
  setenv("LIBPFM_ENCODE_INACTIVE", "1", 1);
  pfm_initialize();
}

}  // namespace countercheck
