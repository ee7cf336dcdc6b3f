#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "simulator/model/machine.h"

#define SIM_STRIDE_ENTRIES 64
#define SIM_STRIDE_CONFIDENCE 2 /* repetitions of a stride after it was first seen */

struct sim_stride_entry {
  uint64_t pc;
  uint64_t line;
  int64_t stride;
  uint32_t confidence;
};

/* What one level's prefetcher remembers. It says which lines it would bring; the hierarchy brings them. */
struct sim_prefetcher {
  enum sim_prefetch_kind kind;
  uint32_t degree;
  uint32_t lines_in_page;
  struct sim_stride_entry entries[SIM_STRIDE_ENTRIES]; /* by the low bits of the instruction's address */
};

/* A demand for a line came to the level; `news` if it missed, or was the first use of a prefetched line. Writes the
   lines to bring and returns how many. */
uint32_t sim_prefetcher_observe(struct sim_prefetcher* prefetcher, uint64_t line, uint64_t pc, bool news,
                                uint64_t lines[SIM_MAX_DEGREE]);
