/* Lets PAPI attach on a machine without a PMU, so that what it does with the kernel's software events can be tested
 * there: to be preloaded (LD_PRELOAD), or linked into a test. Counts are the kernel's own; nothing is invented. PAPI
 * asks two things of a machine before it counts anything of a process, and these are answered for it:
 *   - a PMU of the processor among those of libpfm4: its PMU "perf", of the kernel's generic names, passes for one;
 *   - opening "instructions" once, never to be read (perf_event.c, check_permissions, not disabled as real counters
 * are): the kernel's dummy event is opened instead.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/perf_event.h>
#include <perfmon/pfmlib.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>

pfm_err_t pfm_get_pmu_info(pfm_pmu_t pmu, pfm_pmu_info_t* info) {
  typedef pfm_err_t (*Function)(pfm_pmu_t, pfm_pmu_info_t*);
  static Function real;
  if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "pfm_get_pmu_info");
  const pfm_err_t result = real(pmu, info);
  if (result == PFM_SUCCESS && strcmp(info->name, "perf") == 0) {
    info->type = PFM_PMU_TYPE_CORE;
    info->is_dfl = 1;
  }
  return result;
}

long syscall(long number, ...) {
  typedef long (*Function)(long, ...);
  static Function real;
  if (real == NULL) *(void**)&real = dlsym(RTLD_NEXT, "syscall");
  long words[6];
  va_list list;
  va_start(list, number);
  for (int i = 0; i < 6; ++i) words[i] = va_arg(list, long);
  va_end(list);
  struct perf_event_attr dummy;
  if (number == SYS_perf_event_open) {
    memcpy(&dummy, (const void*)words[0], sizeof dummy);
    if (dummy.type == PERF_TYPE_HARDWARE && dummy.config == PERF_COUNT_HW_INSTRUCTIONS && !dummy.disabled) {
      dummy.type = PERF_TYPE_SOFTWARE;
      dummy.config = PERF_COUNT_SW_DUMMY;
      words[0] = (long)&dummy;
    }
  }
  return real(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}
