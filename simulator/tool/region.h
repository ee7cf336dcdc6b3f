/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "simulator/model/cache.h"

/* What is counted: all, or what runs between the program's marks. The model runs on outside, so that a region finds
   the caches as the program left them. */

void region_begin(void);
void region_end(void);

extern Bool region_open;
static inline Bool region_is_open(void) {
  return region_open;
}

/* How often the region was entered. */
ULong region_entries(void);

/* Counts that the model keeps for itself, as they were while the region was open. */
struct model_counts {
  struct sim_cache_counts* of_node; /* by number of the node */
  ULong memory_reads;
  ULong memory_writes;
};
const struct model_counts* region_model_counts(void);

/* Opens the region at once where everything is to be counted. */
void region_create(void);
void region_forked(void);
