#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "simulator/model/cache.h"
#include "simulator/model/filter.h"
#include "simulator/model/machine.h"
#include "simulator/model/memory.h"
#include "simulator/model/prefetcher.h"
#include "simulator/model/tlb.h"

#ifdef __cplusplus
extern "C" {
#endif

enum sim_side { SIM_DATA, SIM_CODE, SIM_SIDES };
enum sim_kind { SIM_FETCH, SIM_LOAD, SIM_STORE, SIM_KINDS };

/* From one access of the program to the next the time grows by this: in between there is room for the lines of an
   access (at most 64) and for what is prefetched after each. */
#define SIM_TICK 1024
#define SIM_TICK_OF_LINE 16

/* A cache in its place. */
struct sim_node {
  struct sim_cache cache;
  struct sim_node* below;
  struct sim_prefetcher* prefetcher; /* null for none */
  enum sim_inclusion inclusion;
  uint32_t level;
  uint32_t core;         /* of a private cache */
  bool shared;           /* by all cores */
  bool holds[SIM_SIDES]; /* both in a unified cache */
};

/* What one core sees: its way through the levels, and its counts. Hits of the first level are not counted here: who
   calls knows how many accesses there were. */
struct sim_core {
  /* Where nothing is written back a store is a load, and `loads` serves both. Where it is, `stores` holds what is dirty
     already and no other core has; a line in it is in `loads` as well, until another line takes its slot there. */
  struct sim_filter fetches, loads, stores;
  struct sim_filter* filters[SIM_KINDS]; /* the one that an access of each kind is looked up in */
  struct sim_tlb tlb;                    /* no sets where none is simulated */
  struct sim_node* path[SIM_SIDES][SIM_MAX_LEVELS];
  struct sim_hierarchy* hierarchy;
  uint32_t line_bits;
  uint64_t misses[SIM_MAX_LEVELS][SIM_KINDS];
  /* Misses of every private level on a line that is gone only because another core wrote to it. */
  uint64_t coherence_misses[SIM_KINDS];
  uint64_t invalidating_stores; /* stores that took the line away from another core */
  uint64_t code_is_lost; /* not 0: its first level for code has lost a line because a level below lost it. Zeroed by who
                            asks. */
  bool active;           /* it has made an access that was not in its filters, as the first one is not */
};

struct sim_hierarchy {
  struct sim_machine machine;
  struct sim_memory memory;
  struct sim_node* nodes;
  struct sim_core* cores;
  /* The cores that have made an access, in the order of their first. As long as there is one, there is nobody whose
     caches have to be asked: a machine of many cores costs a program of one thread nothing. */
  struct sim_core** active;
  uint32_t active_count;
  /* That one core, if there is also no prefetcher, no level is exclusive and none but those below the second inclusive:
     the simplest case has a way of its own through the model. Else null. */
  struct sim_core* plain;
  uint32_t node_count;
  uint32_t private_levels;
  bool filtering;   /* false where the first level's prefetcher learns from every access */
  bool prefetching; /* any level has one */
  bool including;   /* any level is inclusive */
  /* Whether an address lies on a 2 MiB page; null: none does. */
  bool (*is_huge)(void* context, uint64_t address);
  void* is_huge_context;
  uint64_t clock;        /* the program's time, for who has no better one */
  uint64_t memory_reads; /* lines */
  uint64_t memory_writes;
};

static inline enum sim_side sim_side_of(enum sim_kind kind) {
  return kind == SIM_FETCH ? SIM_CODE : SIM_DATA;
}

static inline struct sim_filter* sim_filter_of(struct sim_core* core, enum sim_kind kind) {
  return core->filters[kind];
}

/* A level's number from 0, or the number of levels for memory. */
struct sim_outcome {
  uint32_t served_by; /* of the line that came from farthest away */
  uint32_t translated_by;
};

/* The machine must have no fault. */
struct sim_hierarchy* sim_hierarchy_create(const struct sim_machine* machine, const struct sim_memory* memory);
void sim_hierarchy_destroy(struct sim_hierarchy* hierarchy);

/* One access of at most 64 lines by the instruction at `pc`, at a time of the program that is a SIM_TICK later than
   that of the access before; the first is at a SIM_TICK or later. */
struct sim_outcome sim_access(struct sim_core* core, enum sim_kind kind, uint64_t address, uint32_t bytes, uint64_t pc,
                              uint64_t now);

/* Zeroes the counts and leaves the caches as they are: what a mark at the start of a region does. */
void sim_hierarchy_zero_counts(struct sim_hierarchy* hierarchy);

#ifdef __cplusplus
}
#endif
