#include "simulator/model/tlb.h"

#include "simulator/model/filters.h"
#include "simulator/model/set.h"

/* Tells a huge page's number from a small one's where both live in one cache; above every number of a page, below the
   bits of state. */
#define HUGE_PAGE (UINT64_C(1) << 57)

void sim_tlb_create(struct sim_tlb* tlb, const struct sim_tlb_geometry* geometry, uint32_t seed,
                    const struct sim_memory* memory) {
  *tlb = (struct sim_tlb){0};
  sim_cache_create(&tlb->small, geometry->small, true, seed, memory);
  if (geometry->huge.ways > 0) sim_cache_create(&tlb->huge, geometry->huge, true, seed + 1, memory);
  if (geometry->second.ways > 0) sim_cache_create(&tlb->second, geometry->second, false, seed + 2, memory);
  sim_filter_clear(&tlb->pages);
}

void sim_tlb_destroy(struct sim_tlb* tlb, const struct sim_memory* memory) {
  sim_cache_destroy(&tlb->small, memory);
  if (tlb->huge.sets > 0) sim_cache_destroy(&tlb->huge, memory);
  if (tlb->second.sets > 0) sim_cache_destroy(&tlb->second, memory);
}

static bool in_second(struct sim_tlb* tlb, uint64_t page) {
  if (tlb->second.sets == 0) return false;
  const uint64_t set = sim_set_of(&tlb->second, page);
  uint64_t* const tag = sim_set_find(&tlb->second, set, page);
  const uint64_t now = ++tlb->second.clock;
  if (tag) {
    sim_set_use(&tlb->second, set, tag, now);
  } else {
    uint64_t victim;
    sim_set_fill(&tlb->second, set, page, 0, now, &victim);
  }
  return tag != 0;
}

static void drop(struct sim_filter* pages, uint64_t victim) {
  if (victim == SIM_EMPTY) return;
  if (!(victim & HUGE_PAGE)) {
    sim_filter_drop(pages, victim);
    return;
  }
  const uint64_t huge_page = victim & ~HUGE_PAGE;
  for (uint32_t i = 0; i < SIM_FILTER_SLOTS; ++i) {
    if (pages->numbers[i] >> (SIM_HUGE_PAGE_BITS - SIM_SMALL_PAGE_BITS) == huge_page) pages->numbers[i] = UINT64_MAX;
  }
}

enum sim_translation sim_tlb_translate(struct sim_tlb* tlb, uint64_t address, bool huge, uint64_t now) {
  struct sim_cache* const first = huge && tlb->huge.sets > 0 ? &tlb->huge : &tlb->small;
  const uint64_t page = huge ? address >> SIM_HUGE_PAGE_BITS | HUGE_PAGE : address >> SIM_SMALL_PAGE_BITS;
  enum sim_translation by = SIM_FIRST_TLB;
  const uint64_t set = sim_set_of(first, page);
  uint64_t* tag = sim_set_find(first, set, page);
  if (!tag) {
    ++tlb->first_misses;
    by = in_second(tlb, page) ? SIM_SECOND_TLB : SIM_PAGE_WALK;
    if (by == SIM_PAGE_WALK) ++tlb->walks;
    uint64_t victim;
    tag = sim_set_fill(first, set, page, 0, now, &victim);
    drop(&tlb->pages, victim);
  }
  uint64_t* const time = sim_cache_time(first, tag);
  *time = now;
  sim_filter_add(&tlb->pages, address >> SIM_SMALL_PAGE_BITS, time);
  return by;
}
