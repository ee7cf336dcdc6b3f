// Lets PAPI count the kernel's software events where it knows no PMU of the processor: its perf_event component then
// switches itself off, "libpfm4 no default PMU found", software events included
// (src/components/perf_event/perf_event.c, _pe_init_component). Linked into a benchmark, this stands before libpfm4's
// own function and gives the PMU of the kernel's events, "perf", the role of the one that is missing. Where there is a
// PMU it changes nothing.
#include "scripts/bench.d/papi_without_pmu.hpp"

#include <dlfcn.h>
#include <perfmon/pfmlib.h>

#include <string_view>

namespace {

pfm_err_t really_get_pmu_info(pfm_pmu_t pmu, pfm_pmu_info_t* info) {
  using Function = pfm_err_t (*)(pfm_pmu_t, pfm_pmu_info_t*);
  static const auto really = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "pfm_get_pmu_info"));
  return really(pmu, info);
}

bool look_for_core_pmu() {
  for (int pmu = 0; pmu < PFM_PMU_MAX; ++pmu) {
    pfm_pmu_info_t info{};
    info.size = sizeof info;
    if (really_get_pmu_info(static_cast<pfm_pmu_t>(pmu), &info) != PFM_SUCCESS || !info.is_present) continue;
    // PAPI leaves out the architectural PMU of Intel's, which is there beside the model's own.
    if (info.type == PFM_PMU_TYPE_CORE && std::string_view(info.name) != "ix86arch") return true;
  }
  return false;
}

}  // namespace

bool papi_knows_the_processor() {
  pfm_initialize();
  static const bool known = look_for_core_pmu();
  return known;
}

extern "C" pfm_err_t pfm_get_pmu_info(pfm_pmu_t pmu, pfm_pmu_info_t* info) {
  const pfm_err_t result = really_get_pmu_info(pmu, info);
  if (result == PFM_SUCCESS && std::string_view(info->name) == "perf" && !papi_knows_the_processor()) {
    info->type = PFM_PMU_TYPE_CORE;
    info->num_cntrs = 8;
  }
  return result;
}
