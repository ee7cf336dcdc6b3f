#include "simulator/model/access.h"

#include "simulator/model/traffic.h"

static bool is_plain(const struct sim_hierarchy* hierarchy) {
  if (hierarchy->active_count > 1 || hierarchy->prefetching) return false;
  for (uint32_t level = 0; level < hierarchy->machine.level_count; ++level) {
    if (hierarchy->machine.levels[level].inclusion != SIM_NON_INCLUSIVE) return false;
  }
  return true;
}

static void activate(struct sim_core* core) {
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  core->active = true;
  hierarchy->active[hierarchy->active_count++] = core;
  hierarchy->plain = is_plain(hierarchy) ? core : 0;
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
  if (core->hierarchy->machine.straddle_as_one) {
    if (core->hierarchy->plain == core && last == first + 1) return sim_refer_pair_as_one(core, kind, first, now);
    return sim_refer_as_one(core, kind, first, last, now);
  }
  uint32_t farthest = 0;
  for (uint64_t line = first; line <= last; ++line, now += SIM_TICK_OF_LINE) {
    const uint32_t served_by = refer(core, kind, line, pc, now);
    if (served_by > farthest) farthest = served_by;
  }
  return farthest;
}

/* Two lines or pages next to each other, or one that is both: their times, where the filter knows them. */
struct pair {
  uint64_t* first;
  uint64_t* second;
  uint64_t later; /* how much later the second is used */
};

static bool find_pair(const struct sim_filter* filter, uint64_t first, uint64_t last, struct pair* pair) {
  pair->first = sim_filter_find(filter, first);
  pair->second = last == first ? pair->first : sim_filter_find(filter, last);
  pair->later = (last - first) * SIM_TICK_OF_LINE;
  return pair->first && pair->second && last - first <= 1;
}

static void use_pair(const struct pair* pair, uint64_t now) {
  *pair->first = now;
  *pair->second = now + pair->later;
}

/* An access over two lines that the filters know all of, as vectors often make. */
static bool is_filtered(struct sim_core* core, enum sim_kind kind, uint64_t address, uint64_t last, uint64_t now) {
  struct pair lines;
  struct pair pages;
  const bool translates = kind != SIM_FETCH && core->tlb.small.sets > 0;
  if (!find_pair(sim_filter_of(core, kind), address >> core->line_bits, last >> core->line_bits, &lines)) return false;
  if (translates) {
    if (!find_pair(&core->tlb.pages, address >> SIM_SMALL_PAGE_BITS, last >> SIM_SMALL_PAGE_BITS, &pages)) return false;
    use_pair(&pages, now);
  }
  use_pair(&lines, now);
  return true;
}

/* Any access. */
static __attribute__((noinline)) struct sim_outcome access_all(struct sim_core* core, enum sim_kind kind,
                                                               uint64_t address, uint32_t bytes, uint64_t pc,
                                                               uint64_t now) {
  const uint32_t line_bits = core->line_bits;
  const uint64_t first = address >> line_bits;
  const uint64_t last = (address + bytes - 1) >> line_bits;
  struct sim_outcome outcome = {0, SIM_FIRST_TLB};
  if (first != last && is_filtered(core, kind, address, address + bytes - 1, now)) return outcome;
  if (!core->active) activate(core);
  if (kind != SIM_FETCH && core->tlb.small.sets > 0) {
    outcome.translated_by = (uint8_t)translate(core, address, bytes, now);
  }
  outcome.served_by =
      (uint8_t)(first == last ? refer(core, kind, first, pc, now) : refer_to_all(core, kind, first, last, pc, now));
  return outcome;
}

/* Most accesses that come here: to one line, of a page that is known, by the only core of a plain machine. */
struct sim_outcome sim_access(struct sim_core* core, enum sim_kind kind, uint64_t address, uint32_t bytes, uint64_t pc,
                              uint64_t now) {
  const struct sim_hierarchy* const hierarchy = core->hierarchy;
  const uint64_t line = address >> core->line_bits;
  if (hierarchy->plain != core || (address + bytes - 1) >> core->line_bits != line)
    return access_all(core, kind, address, bytes, pc, now);
  if (kind != SIM_FETCH && core->tlb.small.sets > 0) {
    uint64_t* const time = sim_filter_find(&core->tlb.pages, address >> SIM_SMALL_PAGE_BITS);
    if (!time) return access_all(core, kind, address, bytes, pc, now);
    *time = now;
  }
  return (struct sim_outcome){(uint8_t)sim_refer_plain(core, kind, line, now), SIM_FIRST_TLB};
}
