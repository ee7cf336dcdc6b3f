/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/replay.h"

#include "pub_tool_threadstate.h"
#include "simulator/model/access.h"
#include "simulator/model/settle.h"
#include "simulator/tool/arrays.h"
#include "simulator/tool/groups.h"
#include "simulator/tool/heat.h"
#include "simulator/tool/region.h"
#include "simulator/tool/steps.h"
#include "simulator/tool/thread.h"

static ULong* row_of(const struct segment* segment, const struct event* event) {
  return segment && segment->missed && region_is_open() ? segment->missed + (event - segment->events) * MISS_COLUMNS
                                                        : NULL;
}

static __attribute__((noinline)) void attribute(ULong* row, enum sim_kind kind, Addr address, UInt served_by) {
  for (UInt level = 0; level < served_by; ++level) ++row[level];
  if (kind != SIM_FETCH) arrays_note(VG_(get_running_tid)(), address, kind, served_by);
}

static inline void note(ULong* row, enum sim_kind kind, Addr address, struct sim_outcome outcome) {
  sim_answers_note(&running->misses->answers, kind, outcome);
  if (row && outcome.served_by > 0) attribute(row, kind, address, outcome.served_by);
}

static inline void refer(const struct event* event, ULong* row, enum sim_kind kind, Addr address, ULong now) {
  const struct sim_outcome outcome = sim_access_at(running->core, kind, address, event->bytes, event->pc, now);
  if (outcome.served_by | outcome.translated_by) note(row, kind, address, outcome);
}

static void note_misprediction(uint64_t* count, ULong* row) {
  ++*count;
  if (row) ++row[MISPREDICTED];
}

_Static_assert((int)EVENT_FETCH == SIM_FETCH && (int)EVENT_LOAD == SIM_LOAD && (int)EVENT_STORE == SIM_STORE,
               "an event that is an access has the number of its kind");

/* Data may have pushed out the line that the next instruction comes from, where a level of cache includes those above
   it. Else one more fetch from it changes nothing. */
static __attribute__((noinline)) void fetch_again(const struct event* event, ULong now) {
  const struct event fetch = {.pc = event->pc + event->to_next, .bytes = 1};
  refer(&fetch, NULL, SIM_FETCH, fetch.pc, now + SIM_TICK / 2);
  running->core->code_is_lost = 0;
}

/* An access that the filters do not know, or after which code was lost. */
static inline __attribute__((always_inline)) void replay_unsettled(const struct segment* segment,
                                                                   const struct event* event, enum sim_kind kind,
                                                                   Addr address, ULong now) {
  struct sim_core* const core = running->core;
  const struct sim_outcome outcome = sim_access_unsettled(core, kind, address, event->bytes, event->pc, now);
  if (outcome.served_by | outcome.translated_by) note(row_of(segment, event), kind, address, outcome);
  if (core->code_is_lost && event->to_next != 0) fetch_again(event, now);
}

VG_REGPARM(3) void replay_fetch(const struct event* event, Addr address, ULong now) {
  replay_unsettled(NULL, event, SIM_FETCH, address, now);
}

VG_REGPARM(3) void replay_load(const struct event* event, Addr address, ULong now) {
  replay_unsettled(NULL, event, SIM_LOAD, address, now);
}

VG_REGPARM(3) void replay_store(const struct event* event, Addr address, ULong now) {
  replay_unsettled(NULL, event, SIM_STORE, address, now);
}

/* `judging`: what the filters do not know is noted for the judgement of steps. */
static inline void replay_events(struct segment* segment, UInt from, UInt to, ULong before, Bool judging) {
  const UWord* const values = running->values;
  struct sim_core* const core = running->core;
  for (UInt i = from; i < to; ++i) {
    const struct event* const event = &segment->events[i];
    const enum sim_kind kind = (enum sim_kind)event->kind;
    const Addr address = values[event->value] + (Addr)event->offset;
    const ULong now = before + i * SIM_TICK;
    if (!sim_settle(core, kind, address, event->bytes, now)) {
      replay_unsettled(segment, event, kind, address, now);
      if (judging) step_unsettled(segment, i);
    } else if (core->code_is_lost && event->to_next != 0) {
      fetch_again(event, now);
    }
  }
}

VG_REGPARM(3) void replay(struct segment* segment, UWord range, ULong before) {
  replay_events(segment, replay_from(range), replay_to(range), before, True);
  steps_note_replay(segment, running->counts[segment->number]);
}

/* Of a branch that nobody has looked at. */
static void predict(const UWord* values, const struct segment* segment) {
  const struct event* const event = segment_branch(segment);
  if (!event) return;
  const UWord value = values[event->value];
  if (segment->tally.returns > 0) {
    replay_return(segment, value);
  } else if (segment->tally.indirect > 0) {
    replay_indirect(segment, value);
  } else {
    replay_conditional(segment, value);
  }
}

VG_REGPARM(2) void replay_whole(struct segment* segment, ULong before) {
  const UWord* const values = running->values;
  ++running->counts[segment->number];
  if (segment->event_count == 0) return;
  groups_observe(segment, values);
  predict(values, segment);
  replay_events(segment, 0, segment_accesses(segment), before, segment->observed > RUNS_UNTIL_HOT / 2);
}

VG_REGPARM(3) void replay_guarded(const struct segment* segment, ULong before, Addr address) {
  const struct event* const event = segment->events;
  count_guarded(running->misses, event);
  refer(event, row_of(segment, event), (enum sim_kind)event->kind, address, before);
}

VG_REGPARM(2) void replay_conditional(const struct segment* segment, UWord taken) {
  const struct event* const event = segment_branch(segment);
  const Bool missed = segment->branch ? sim_tage_missed(running->branches->tage, segment->branch, taken != 0)
                                      : sim_conditional_missed(running->branches, event->pc, taken != 0);
  if (missed) note_misprediction(&running->misses->answers.conditional_misses, row_of(segment, event));
}

VG_REGPARM(2) void replay_indirect(const struct segment* segment, Addr target) {
  const struct event* const event = segment_branch(segment);
  if (sim_indirect_missed(running->branches, event->pc, target))
    note_misprediction(&running->misses->answers.indirect_misses, row_of(segment, event));
}

VG_REGPARM(2) void replay_return(const struct segment* segment, Addr target) {
  if (!sim_return_missed(running->branches, target)) return;
  note_misprediction(&running->misses->returns, row_of(segment, segment_branch(segment)));
}

VG_REGPARM(1) void replay_call(Addr return_address) {
  sim_called(running->branches, return_address);
}
