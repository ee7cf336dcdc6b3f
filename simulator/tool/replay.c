/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/replay.h"

#include "pub_tool_threadstate.h"
#include "simulator/model/access.h"
#include "simulator/tool/arrays.h"
#include "simulator/tool/region.h"
#include "simulator/tool/thread.h"

static ULong* row_of(const struct segment* segment, const struct event* event) {
  return segment->missed && region_is_open() ? segment->missed + (event - segment->events) * MISS_COLUMNS : NULL;
}

/* What is seldom: a miss, or a translation that the first TLB did not have. */
static __attribute__((noinline)) void note(ULong* row, enum sim_kind kind, Addr address,
                                           struct sim_outcome outcome) {
  struct misses* const misses = running->misses;
  for (UInt level = 0; level < outcome.served_by; ++level) {
    ++misses->of_level[level][kind];
    if (row) ++row[level];
  }
  misses->of_first_tlb[kind] += outcome.translated_by > SIM_FIRST_TLB;
  misses->page_walks[kind] += outcome.translated_by == SIM_PAGE_WALK;
  if (row && kind != SIM_FETCH) arrays_note(VG_(get_running_tid)(), address, kind, outcome.served_by);
}

static inline void refer(const struct event* event, ULong* row, enum sim_kind kind, Addr address, ULong now) {
  const struct sim_outcome outcome = sim_access_at(running->core, kind, address, event->bytes, event->pc, now);
  if (outcome.served_by | outcome.translated_by) note(row, kind, address, outcome);
}

/* Data may have pushed out the line that the next instruction comes from, where a level of cache includes those above
   it. If nothing was lost since then, one more fetch from it changes nothing. */
static inline void fetch_again(const struct event* event, ULong* losses, ULong now) {
  if (event->to_next == 0 || hierarchy->code_losses == *losses) return;
  *losses = hierarchy->code_losses;
  const struct event fetch = {.pc = event->pc + event->to_next, .bytes = 1};
  refer(&fetch, NULL, SIM_FETCH, fetch.pc, now + SIM_TICK / 2);
}

static void conditional(struct sim_branches* branches, const struct event* event, ULong* row, Bool taken) {
  if (!sim_conditional_missed(branches, event->pc, taken)) return;
  ++running->misses->conditional;
  if (row) ++row[MISPREDICTED];
}

static void indirect(struct sim_branches* branches, const struct event* event, ULong* row, Addr target) {
  if (!sim_indirect_missed(branches, event->pc, target)) return;
  ++running->misses->indirect;
  if (row) ++row[MISPREDICTED];
}

static inline void replay_event(struct thread* thread, const struct segment* segment, const struct event* event,
                                ULong now) {
  ULong* const row = row_of(segment, event);
  const UWord value = event->value == NO_VALUE ? 0 : thread->values[event->value];
  switch ((enum event_kind)event->kind) {
    case EVENT_FETCH:
      refer(event, row, SIM_FETCH, event->offset, now);
      break;
    case EVENT_LOAD:
      refer(event, row, SIM_LOAD, value + event->offset, now);
      break;
    case EVENT_STORE:
      refer(event, row, SIM_STORE, value + event->offset, now);
      break;
    case EVENT_CONDITIONAL: {
      const ULong history = thread->branches->history;
      thread->branches->history = history >> 1;
      conditional(thread->branches, event, row, value != 0);
      thread->branches->history = history;
      break;
    }
    case EVENT_INDIRECT:
      indirect(thread->branches, event, row, value);
      break;
    case EVENT_PREDICTED:
      break;
  }
}

VG_REGPARM(3) void replay(const struct segment* segment, ULong before, UWord wrong) {
  struct thread* const thread = running;
  const struct event* const end = segment->events + segment->event_count;
  if (!wrong) {
    replay_event(thread, segment, end - 1, before); /* a branch ends its segment */
    return;
  }
  ULong losses = hierarchy->code_losses;
  for (const struct event* event = segment->events; event < end; ++event, before += SIM_TICK) {
    replay_event(thread, segment, event, before);
    fetch_again(event, &losses, before);
  }
}

VG_REGPARM(3) void replay_guarded(const struct segment* segment, ULong before, Addr address) {
  const struct event* const event = segment->events;
  const enum sim_kind kind = event->kind == EVENT_STORE ? SIM_STORE : SIM_LOAD;
  if (kind == SIM_STORE) {
    ++running->misses->guarded_stores;
  } else {
    ++running->misses->guarded_loads;
  }
  refer(event, row_of(segment, event), kind, address, before);
}

VG_REGPARM(3) void replay_conditional(const struct segment* segment, UWord event, UWord taken) {
  conditional(running->branches, &segment->events[event], row_of(segment, &segment->events[event]), taken != 0);
}

VG_REGPARM(3) void replay_indirect(const struct segment* segment, UWord event, Addr target) {
  indirect(running->branches, &segment->events[event], row_of(segment, &segment->events[event]), target);
}

VG_REGPARM(3) void replay_return(const struct segment* segment, UWord event, Addr target) {
  if (!sim_return_missed(running->branches, target)) return;
  ++running->misses->returns;
  ULong* const row = row_of(segment, &segment->events[event]);
  if (row) ++row[MISPREDICTED];
}

VG_REGPARM(1) void replay_call(Addr return_address) {
  sim_called(running->branches, return_address);
}
