#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "simulator/model/cache.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SIM_MAX_LEVELS 4
#define SIM_MAX_CORES 256
#define SIM_MAX_DEGREE 8

/* What a level has to do with the levels above it, nearer to the core.
   SIM_NON_INCLUSIVE: a line on its way up is kept here too; what leaves here may stay above.
   SIM_INCLUSIVE: the same, but what leaves here leaves the levels above as well.
   SIM_EXCLUSIVE: a line on its way up passes by, a line found here moves up, and every line that the level above gives
   up comes here, clean or dirty. */
enum sim_inclusion { SIM_NON_INCLUSIVE, SIM_INCLUSIVE, SIM_EXCLUSIVE };

/* SIM_NEXT_LINE: after a miss here, and after the first use of a line it brought, the `degree` lines that follow.
   SIM_STRIDE: once the requests of one instruction have come the same number of lines apart three times running, the
   `degree` lines that continue the row. Neither crosses a 4 KiB page, as no prefetcher of physical addresses can. */
enum sim_prefetch_kind { SIM_NO_PREFETCH, SIM_NEXT_LINE, SIM_STRIDE };

struct sim_level {
  struct sim_geometry data; /* of a unified level: for both */
  struct sim_geometry code; /* of a split level */
  bool split;
  bool shared; /* one for all cores; else one for each */
  enum sim_inclusion inclusion;
  enum sim_prefetch_kind prefetch;
  uint32_t degree;
};

/* Two levels of data TLB; 0 ways where there is none. Without `huge`, 2 MiB pages live among the small ones. */
struct sim_tlb_geometry {
  struct sim_geometry small;
  struct sim_geometry huge;
  struct sim_geometry second;
};

struct sim_machine {
  uint32_t line_bytes;
  uint32_t cores;
  uint32_t level_count;
  struct sim_level levels[SIM_MAX_LEVELS];
  struct sim_tlb_geometry tlb;
  /* False: a store is as a load, nothing is dirty and nothing is written back; Cachegrind's way. */
  bool writes_back;
  /* An access over two lines misses a level at most once, and asks the next for both lines if it missed: Cachegrind's
     way. Else every line is an access of its own. */
  bool straddle_as_one;
  uint32_t seed; /* of random replacement */
};

/* What is wrong with a machine, as the end of a sentence, or null. The model takes only machines that pass. */
const char* sim_machine_fault(const struct sim_machine* machine);

#ifdef __cplusplus
}
#endif
