#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "simulator/model/cache.h"
#include "simulator/model/filter.h"
#include "simulator/model/machine.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SIM_SMALL_PAGE_BITS 12
#define SIM_HUGE_PAGE_BITS 21

/* Who translated an address: the first level, the second, or the page tables in memory. */
enum sim_translation { SIM_FIRST_TLB, SIM_SECOND_TLB, SIM_PAGE_WALK };

/* One core's data TLB. The reads of a page walk itself are not simulated. */
struct sim_tlb {
  struct sim_cache small;
  struct sim_cache huge;   /* no sets where 2 MiB pages live in `small` */
  struct sim_cache second; /* no sets where there is none */
  struct sim_filter pages; /* by numbers of 4 KiB pages, also inside a huge one */
  uint64_t first_misses;
  uint64_t walks;
};

void sim_tlb_create(struct sim_tlb* tlb, const struct sim_tlb_geometry* geometry, uint32_t seed,
                    const struct sim_memory* memory);
void sim_tlb_destroy(struct sim_tlb* tlb, const struct sim_memory* memory);

/* One access to the page of an address. */
enum sim_translation sim_tlb_translate(struct sim_tlb* tlb, uint64_t address, bool huge, uint64_t now);

#ifdef __cplusplus
}
#endif
