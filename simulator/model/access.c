#include "simulator/model/access.h"

#include "simulator/model/settle.h"

/* Levels of the simplest kind, but for inclusive ones below the second: what those do to the levels above, they do only
   when the second misses. */
static bool is_plain(const struct sim_hierarchy* hierarchy) {
  if (hierarchy->active_count > 1 || hierarchy->prefetching) return false;
  for (uint32_t level = 0; level < hierarchy->machine.level_count; ++level) {
    const enum sim_inclusion inclusion = hierarchy->machine.levels[level].inclusion;
    if (inclusion == SIM_EXCLUSIVE || (inclusion == SIM_INCLUSIVE && level < 2)) return false;
  }
  return true;
}

static void activate(struct sim_core* core) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  core->active = true;
  hierarchy->active[hierarchy->active_count++] = core;
  hierarchy->plain = is_plain(hierarchy) ? core : 0;
}

bool sim_settle_two_lines(struct sim_core* core, enum sim_kind kind, uint64_t address, uint64_t end, uint64_t now) {
  const struct sim_filter* const filter = sim_filter_of(core, kind);
  const uint64_t line = address >> core->line_bits;
  uint64_t* const time = sim_filter_find(filter, line);
  uint64_t* const last_time = sim_filter_find(filter, line + 1);
  if (!time || !last_time || end >> core->line_bits > line + 1) return false;
  if (kind != SIM_FETCH && core->tlb.small.sets > 0) {
    const uint64_t page = address >> SIM_SMALL_PAGE_BITS;
    const uint64_t more_pages = (end >> SIM_SMALL_PAGE_BITS) - page;
    uint64_t* const page_time = sim_filter_find(&core->tlb.pages, page);
    uint64_t* const last_page_time = more_pages == 0 ? page_time : sim_filter_find(&core->tlb.pages, page + more_pages);
    if (!page_time || !last_page_time) return false;
    *page_time = now;
    *last_page_time = now + more_pages * SIM_TICK_OF_LINE;
  }
  *time = now;
  *last_time = now + SIM_TICK_OF_LINE;
  return true;
}

static enum sim_translation translate_page(struct sim_core* core, uint64_t page, uint64_t now) {
  uint64_t* const time = sim_filter_find(&core->tlb.pages, page);
  if (time) {
    *time = now;
    return SIM_FIRST_TLB;
  }
  const struct sim_hierarchy* const hierarchy = core->hierarchy;
  const uint64_t address = page << SIM_SMALL_PAGE_BITS;
  const bool huge = hierarchy->is_huge && hierarchy->is_huge(hierarchy->is_huge_context, address);
  return sim_tlb_translate(&core->tlb, address, huge, now);
}

static enum sim_translation translate(struct sim_core* core, uint64_t address, uint32_t bytes, uint64_t now) {
  const uint64_t last = (address + bytes - 1) >> SIM_SMALL_PAGE_BITS;
  enum sim_translation farthest = SIM_FIRST_TLB;
  for (uint64_t page = address >> SIM_SMALL_PAGE_BITS; page <= last; ++page, now += SIM_TICK_OF_LINE) {
    const enum sim_translation by = translate_page(core, page, now);
    if (by > farthest) farthest = by;
  }
  return farthest;
}

static inline uint32_t refer(struct sim_core* core, enum sim_kind kind, uint64_t line, uint64_t pc, uint64_t now) {
  return core->hierarchy->plain == core ? sim_refer_plain(core, kind, line, now) : sim_refer(core, kind, line, pc, now);
}

static uint32_t refer_to_all(struct sim_core* core, enum sim_kind kind, uint64_t first, uint64_t last, uint64_t pc,
                             uint64_t now) {
  if (core->hierarchy->machine.straddle_as_one) return sim_refer_as_one(core, kind, first, last, now);
  uint32_t farthest = 0;
  for (uint64_t line = first; line <= last; ++line, now += SIM_TICK_OF_LINE) {
    const uint32_t served_by = refer(core, kind, line, pc, now);
    if (served_by > farthest) farthest = served_by;
  }
  return farthest;
}

struct sim_outcome sim_access(struct sim_core* core, enum sim_kind kind, uint64_t address, uint32_t bytes, uint64_t pc,
                              uint64_t now) {
  const uint32_t line_bits = core->line_bits;
  const uint64_t first = address >> line_bits;
  const uint64_t last = (address + bytes - 1) >> line_bits;
  struct sim_outcome outcome = {0, SIM_FIRST_TLB};
  if (!core->active) activate(core);
  if (kind != SIM_FETCH && core->tlb.small.sets > 0) {
    outcome.translated_by = translate(core, address, bytes, now);
  }
  outcome.served_by =
      first == last ? refer(core, kind, first, pc, now) : refer_to_all(core, kind, first, last, pc, now);
  return outcome;
}

struct sim_outcome sim_access_at(struct sim_core* core, enum sim_kind kind, uint64_t address, uint32_t bytes,
                                 uint64_t pc, uint64_t now) {
  const struct sim_outcome hit = {0, SIM_FIRST_TLB};
  if (sim_settle(core, kind, address, bytes, now)) return hit;
  return sim_access_unsettled(core, kind, address, bytes, pc, now);
}
