#pragma once

#include <perfmon/pfmlib.h>

namespace countercheck {

// libpfm4, initialised for the process: by us on first use, and again where PAPI, which ends it for everybody when it
// gives up one of its components, has done so. Only files that speak with it include this.
bool libpfm_is_ready();

// Initialises it anew, so that it encodes events of machines that this is not, too. It reads its variable
// LIBPFM_ENCODE_INACTIVE only then, and never forgets it.
void let_libpfm_encode_for_others();

// Calls visit(info) for every PMU that libpfm4 was built with, present here or not.
template <typename Visit>
void for_each_pmu(Visit visit) {
  if (!libpfm_is_ready()) return;
  for (int pmu = 0; pmu < PFM_PMU_MAX; ++pmu) {
    pfm_pmu_info_t info{};
    info.size = sizeof info;
    if (pfm_get_pmu_info(static_cast<pfm_pmu_t>(pmu), &info) == PFM_SUCCESS) visit(info);
  }
}

}  // namespace countercheck
