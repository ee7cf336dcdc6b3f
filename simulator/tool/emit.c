/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/emit.h"

#include "pub_tool_libcassert.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_machine.h"
#include "pub_tool_mallocfree.h"
#include "simulator/tool/ir.h"
#include "simulator/tool/look.h"
#include "simulator/tool/record.h"
#include "simulator/tool/recorder.h"
#include "simulator/tool/replay.h"
#include "simulator/tool/steps.h"
#include "simulator/tool/teach.h"
#include "simulator/tool/thread.h"

/* The fast way of a segment without a branch in between:

       count it; set the clock; let the predictor's tables learn its branch
       look at its accesses, in one step or in several (look.h, steps.h) */

static void count(IRSB* block, const struct segment* segment) {
  const Long offset = (Long)segment->number * (Long)sizeof(ULong);
  IRExpr* const place = ir_add(block, ir_slot(block, SLOT_COUNTS), offset);
  ir_store(block, place, ir_add(block, ir_load(block, Ity_I64, place), 1));
}

/* Returns the clock before. */
static IRExpr* advance_clock(IRSB* block, UInt events) {
  IRExpr* const before = ir_slot(block, SLOT_CLOCK);
  IRExpr* const after = ir_add(block, before, (Long)events * SIM_TICK);
  addStmtToIRSB(block, IRStmt_Put(thread_slot_offset(SLOT_CLOCK), after));
  return before;
}

/* The values that the events from `from` up to `to` use. */
static void hand_over_values(IRSB* block, const struct draft* draft, UInt from, UInt to) {
  Bool wanted[MOST_VALUES] = {False};
  for (UInt i = from; i < to; ++i) {
    if (draft->events[i].value != NO_VALUE) wanted[draft->events[i].value] = True;
  }
  IRExpr* thread = NULL;
  for (UInt i = 0; i < draft->value_count; ++i) {
    if (!wanted[i]) continue;
    if (!thread) thread = ir_slot(block, SLOT_THREAD);
    const Long offset = (Long)(offsetof(struct thread, values) + i * sizeof(UWord));
    ir_store(block, ir_add(block, thread, offset), draft->values[i]);
  }
}

static struct sim_tage_branch* create_branch(Addr pc) {
  struct sim_tage_branch* const branch = VG_(malloc)("countercheck.branch", sizeof *branch);
  *branch = sim_tage_branch_at(pc >> threads_predictor()->address_zeros);
  return branch;
}

/* An access that may reach over more than two lines is left to the model. */
static Bool is_for_the_model(const struct draft* draft) {
  if (!hierarchy->filtering) return True;
  for (UInt i = 0; i < draft->event_count; ++i) {
    const struct event* const event = &draft->events[i];
    if (event_is_access(event) && event->bytes > hierarchy->machine.line_bytes) return True;
  }
  return False;
}

static IRDirty* call_of_one(const struct look* look, UInt number) {
  const struct event* const event = &look->segment->events[number];
  IRExpr** const arguments =
      mkIRExprVec_3(ir_word((ULong)event), ir_add(look->block, draft_value(look->draft, event->value), event->offset),
                    ir_add(look->block, look->before, (Long)number * SIM_TICK));
  switch (event->kind) {
    case EVENT_FETCH:
      return unsafeIRDirty_0_N(3, "replay_fetch", VG_(fnptr_to_fnentry)(&replay_fetch), arguments);
    case EVENT_LOAD:
      return unsafeIRDirty_0_N(3, "replay_load", VG_(fnptr_to_fnentry)(&replay_load), arguments);
    default:
      return unsafeIRDirty_0_N(3, "replay_store", VG_(fnptr_to_fnentry)(&replay_store), arguments);
  }
}

static IRDirty* call_of_several(const struct look* look, const struct step* step) {
  hand_over_values(look->block, look->draft, step->from, step->to);
  IRExpr** const arguments =
      mkIRExprVec_3(ir_word((ULong)look->segment), ir_word(replay_range(step->from, step->to)), look->before);
  return unsafeIRDirty_0_N(3, "replay", VG_(fnptr_to_fnentry)(&replay), arguments);
}

/* Whether a step before may have pushed out the line of code that an instruction of this one comes from. */
static Bool may_have_lost_code(const struct segment* segment, const struct step* step) {
  if (!hierarchy->including || step->from == 0) return False;
  for (UInt i = step->from; i < step->to; ++i) {
    if (segment->events[i].to_next != 0) return True;
  }
  return False;
}

static void look_at_step(struct look* look, const struct step* step) {
  look_at_events(look, step->from, step->to);
  if (may_have_lost_code(look->segment, step)) look_at_lost_code(look);
  look_conclude(look, step->alone ? call_of_one(look, step->from) : call_of_several(look, step));
}

/* As little code as can be: one call. */
static void leave_to_the_model(IRSB* block, const struct draft* draft, const struct segment* segment) {
  hand_over_values(block, draft, 0, draft->event_count);
  IRExpr** const arguments = mkIRExprVec_2(ir_word((ULong)segment), advance_clock(block, segment->event_count));
  addStmtToIRSB(block,
                IRStmt_Dirty(unsafeIRDirty_0_N(2, "replay_whole", VG_(fnptr_to_fnentry)(&replay_whole), arguments)));
}

static void look_at_accesses(IRSB* block, const struct draft* draft, struct segment* segment) {
  struct look look;
  struct step steps[MOST_EVENTS];
  steps_judge_observed(segment);
  const UInt step_count = steps_of(segment, steps);
  look_begin(&look, block, draft, segment, advance_clock(block, segment->event_count));
  for (UInt i = 0; i < step_count; ++i) look_at_step(&look, &steps[i]);
}

static void write_code(IRSB* block, const struct draft* draft, struct segment* segment) {
  count(block, segment);
  if (segment->event_count == 0) return;
  teach(block, draft, segment);
  look_at_accesses(block, draft, segment);
}

void emit_segment(IRSB* block, const struct draft* draft) {
  if (draft_is_empty(draft)) return;
  const Addr pc = draft->event_count > 0 ? draft->events[0].pc : 0;
  struct segment* const segment = segment_of(pc, &draft->tally, draft->events, draft->event_count);
  const Bool asks_tage = draft->tally.conditional > 0 && threads_predictor()->conditional == SIM_TAGE;
  if (asks_tage && !segment->branch) segment->branch = create_branch(segment_branch(segment)->pc);
  if (recording) {
    teach_by_call(block, draft, segment);
    record_run(block, draft, segment);
  } else if (!draft->hot || is_for_the_model(draft)) {
    leave_to_the_model(block, draft, segment);
  } else {
    write_code(block, draft, segment);
  }
}

void emit_guarded(IRSB* block, IRExpr* guard, enum event_kind kind, Addr pc, IRExpr* address, UInt bytes) {
  struct event event;
  VG_(memset)(&event, 0, sizeof event);
  event.kind = kind;
  event.pc = pc;
  event.bytes = bytes;
  event.value = 0; /* the address is the one value of a run */
  const struct tally nothing = {0};
  struct segment* const segment = segment_of(pc, &nothing, &event, 1);
  if (recording) {
    record_guarded(block, guard, segment, address);
    return;
  }
  IRExpr** const arguments = mkIRExprVec_3(ir_word((ULong)segment), advance_clock(block, 1), address);
  IRDirty* const call = unsafeIRDirty_0_N(3, "replay_guarded", VG_(fnptr_to_fnentry)(&replay_guarded), arguments);
  call->guard = guard;
  addStmtToIRSB(block, IRStmt_Dirty(call));
}

void emit_call(IRSB* block, Addr return_address) {
  if (threads_predictor()->returns == 0) return;
  addStmtToIRSB(block, IRStmt_Dirty(unsafeIRDirty_0_N(1, "replay_call", VG_(fnptr_to_fnentry)(&replay_call),
                                                      mkIRExprVec_1(ir_word(return_address)))));
}
