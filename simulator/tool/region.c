/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/region.h"

#include "pub_tool_libcbase.h"
#include "pub_tool_mallocfree.h"
#include "simulator/tool/options.h"
#include "simulator/tool/recorder.h"
#include "simulator/tool/thread.h"

Bool region_open;
static ULong entries;
static struct model_counts sums; /* of what happened inside, as far as it was gathered */

/* The model counts from 0 since the region was opened or its counts were gathered. */
static void gather(Bool inside) {
  recorder_settle();
  for (UInt i = 0; inside && i < hierarchy->node_count; ++i) {
    const struct sim_cache_counts* const now = &hierarchy->nodes[i].cache.counts;
    struct sim_cache_counts* const sum = &sums.of_node[i];
    sum->evictions += now->evictions;
    sum->write_backs += now->write_backs;
    sum->back_invalidations += now->back_invalidations;
    sum->invalidations += now->invalidations;
    sum->prefetches += now->prefetches;
    sum->useful_prefetches += now->useful_prefetches;
    sum->useless_prefetches += now->useless_prefetches;
  }
  if (inside) {
    sums.memory_reads += hierarchy->memory_reads;
    sums.memory_writes += hierarchy->memory_writes;
  }
  threads_gather();
  sim_hierarchy_zero_counts(hierarchy);
}

static void go(Bool inside) {
  gather(region_open);
  region_open = inside;
  threads_go(inside);
}

void region_create(void) {
  sums.of_node = VG_(calloc)("countercheck.nodes", hierarchy->node_count, sizeof *sums.of_node);
  region_open = !options.region;
}

void region_begin(void) {
  ++entries;
  if (options.region && !region_open) go(True);
}

void region_end(void) {
  if (options.region && region_open) go(False);
}

ULong region_entries(void) {
  return entries;
}

const struct model_counts* region_model_counts(void) {
  gather(region_open);
  return &sums;
}

void region_forked(void) {
  sim_hierarchy_zero_counts(hierarchy);
  VG_(memset)(sums.of_node, 0, hierarchy->node_count * sizeof *sums.of_node);
  sums.memory_reads = 0;
  sums.memory_writes = 0;
  entries = 0;
}
