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

static void note_misprediction(ULong* count, ULong* row) {
  ++*count;
  if (row) ++row[MISPREDICTED];
}

static void conditional(struct sim_branches* branches, const struct event* event, ULong* row, Bool taken) {
  if (sim_conditional_missed(branches, event->pc, taken)) note_misprediction(&running->misses->conditional, row);
}

static void indirect(struct sim_branches* branches, const struct event* event, ULong* row, Addr target) {
  if (sim_indirect_missed(branches, event->pc, target)) note_misprediction(&running->misses->indirect, row);
}

/* A branch ends its segment. */
static const struct event* branch_of(const struct segment* segment) {
  return segment->events + segment->event_count - 1;
}

static inline UWord value_of(const struct thread* thread, const struct event* event) {
  return event->value == NO_VALUE ? 0 : thread->values[event->value];
}

static inline void replay_access(const struct thread* thread, const struct segment* segment, const struct event* event,
                                 ULong now) {
  ULong* const row = row_of(segment, event);
  switch ((enum event_kind)event->kind) {
    case EVENT_FETCH:
      refer(event, row, SIM_FETCH, event->offset, now);
      break;
    case EVENT_LOAD:
      refer(event, row, SIM_LOAD, value_of(thread, event) + event->offset, now);
      break;
    case EVENT_STORE:
      refer(event, row, SIM_STORE, value_of(thread, event) + event->offset, now);
      break;
    default:
      break;
  }
}

static inline void replay_accesses(const struct thread* thread, const struct segment* segment, ULong now) {
  const struct event* const end = segment->events + segment->event_count;
  ULong losses = hierarchy->code_losses;
  for (const struct event* event = segment->events; event < end; ++event, now += SIM_TICK) {
    replay_access(thread, segment, event, now);
    fetch_again(event, &losses, now);
  }
}

/* Of a branch that the translated code looked at: its history has been shifted. */
static inline void replay_branch(const struct thread* thread, const struct segment* segment) {
  const struct event* const event = branch_of(segment);
  if (event->kind == EVENT_INDIRECT) {
    indirect(thread->branches, event, row_of(segment, event), value_of(thread, event));
  } else if (event->kind == EVENT_CONDITIONAL) {
    const ULong history = thread->branches->history;
    thread->branches->history = history >> 1;
    conditional(thread->branches, event, row_of(segment, event), value_of(thread, event) != 0);
    thread->branches->history = history;
  }
}

VG_REGPARM(3) void replay(const struct segment* segment, ULong before, UWord wrong) {
  replay_branch(running, segment);
  if (wrong) replay_accesses(running, segment, before);
}

/* Of a branch that nobody has looked at. */
static void predict(const struct thread* thread, const struct segment* segment) {
  const struct event* const event = branch_of(segment);
  const UWord value = value_of(thread, event);
  if (event->kind < EVENT_CONDITIONAL) return;
  if (segment->tally.returns > 0) {
    replay_return(segment, value);
  } else if (segment->tally.indirect > 0) {
    replay_indirect(segment, value);
  } else if (event->kind == EVENT_PREDICTED) {
    replay_conditional(segment, value);
  } else {
    conditional(thread->branches, event, row_of(segment, event), value != 0);
  }
}

static ULong* slot_in(void* guest, enum slot slot) {
  return (ULong*)((UChar*)guest + thread_slot_offset(slot));
}

void replay_whole(void* guest, const struct segment* segment, UWord first, UWord second, UWord third, UWord fourth) {
  struct thread* const thread = running;
  ULong* const clock = slot_in(guest, SLOT_CLOCK);
  const ULong before = *clock;
  *clock += (ULong)segment->event_count * SIM_TICK;
  ++((ULong*)*slot_in(guest, SLOT_COUNTS))[segment->number];
  if (segment->event_count == 0) return;
  thread->values[0] = first;
  thread->values[1] = second;
  thread->values[2] = third;
  thread->values[3] = fourth;
  predict(thread, segment);
  replay_accesses(thread, segment, before);
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

VG_REGPARM(2) void replay_conditional(const struct segment* segment, UWord taken) {
  if (!sim_tage_missed(running->branches->tage, segment->branch, taken != 0)) return;
  note_misprediction(&running->misses->conditional, row_of(segment, branch_of(segment)));
}

VG_REGPARM(2) void replay_indirect(const struct segment* segment, Addr target) {
  const struct event* const event = branch_of(segment);
  indirect(running->branches, event, row_of(segment, event), target);
}

VG_REGPARM(2) void replay_return(const struct segment* segment, Addr target) {
  if (!sim_return_missed(running->branches, target)) return;
  note_misprediction(&running->misses->returns, row_of(segment, branch_of(segment)));
}

VG_REGPARM(1) void replay_call(Addr return_address) {
  sim_called(running->branches, return_address);
}
