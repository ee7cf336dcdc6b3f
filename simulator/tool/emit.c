/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/emit.h"

#include "pub_tool_libcassert.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_machine.h"
#include "pub_tool_mallocfree.h"
#include "simulator/tool/groups.h"
#include "simulator/tool/ir.h"
#include "simulator/tool/replay.h"
#include "simulator/tool/teach.h"
#include "simulator/tool/thread.h"

/* The fast way of a segment without a branch in between:

       count it; set the clock; let the predictor's tables learn its branch
       leave the run-time values to the model
       look every line and page of its accesses up in the filters
       call the model where one was not found
       write the time of last use of each, or nowhere if the model was called */

/* Where the times of one more use are to go, once it is known that every line was found. */
struct use {
  IRExpr* place; /* of the pointer to the time, from the start of struct sim_core */
  Long offset;
  UInt after; /* events of the segment before the use */
};

/* A segment being written. */
struct writer {
  IRSB* block;
  const struct draft* draft;
  IRExpr* core;
  IRExpr* before; /* the clock */
  IRExpr* wrong;  /* not 0: a line is not in its filter; null: no access was looked at */
  UInt use_count;
  struct use uses[4 * MOST_EVENTS];
};

static void add_wrong(struct writer* writer, IRExpr* word) {
  writer->wrong = ir_or(writer->block, writer->wrong, word);
}

static void add_use(struct writer* writer, IRExpr* place, Long offset, UInt after) {
  writer->uses[writer->use_count++] = (struct use){place, offset, after};
}

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

/* Code lies where it lies: the slot of its line is known now. */
static void look_at_code(struct writer* writer, ULong line, UInt after) {
  IRSB* const block = writer->block;
  const Long slot = (Long)sim_filter_slot(line) * 8;
  const Long numbers = offsetof(struct sim_core, fetches.numbers) + slot;
  add_wrong(writer, ir_xor(block, ir_word(line), ir_member(block, writer->core, numbers)));
  add_use(writer, NULL, offsetof(struct sim_core, fetches.times) + slot, after);
}

static void look_at_all_code(struct writer* writer) {
  const struct draft* const draft = writer->draft;
  ULong lines[2 * MOST_EVENTS];
  UInt last_use[2 * MOST_EVENTS];
  UInt count = 0;
  for (UInt i = 0; i < draft->event_count; ++i) {
    const struct event* const event = &draft->events[i];
    if (event->kind != EVENT_FETCH) continue;
    const ULong last = (event->offset + event->bytes - 1) >> hierarchy->cores->line_bits;
    for (ULong line = event->offset >> hierarchy->cores->line_bits; line <= last; ++line) {
      UInt known = 0;
      while (known < count && lines[known] != line) ++known;
      if (known == count) lines[count++] = line;
      last_use[known] = i;
    }
  }
  for (UInt i = 0; i < count; ++i) look_at_code(writer, lines[i], last_use[i]);
}

/* What sim_filter_slot does. */
static IRExpr* slot_of(struct writer* writer, IRExpr* number) {
  IRSB* const block = writer->block;
  return ir_and(block, ir_xor(block, number, ir_shift_right(block, number, SIM_FILTER_BITS)), SIM_FILTER_SLOTS - 1);
}

/* In the form that becomes one address with base, scaled index and displacement. */
static IRExpr* at(struct writer* writer, IRExpr* core, IRExpr* slot, Long offset) {
  IRSB* const block = writer->block;
  return ir_add(block, ir_binary(block, Iop_Add64, core, ir_shift_left(block, slot, 3)), offset);
}

/* Looks for a number in the slot of another that is the same unless an access goes beyond the line or page. */
static void look_for(struct writer* writer, IRExpr* slot, IRExpr* number, Long filter, UInt after) {
  IRSB* const block = writer->block;
  IRExpr* const found =
      ir_load(block, Ity_I64, at(writer, writer->core, slot, filter + (Long)offsetof(struct sim_filter, numbers)));
  add_wrong(writer, ir_xor(block, number, found));
  add_use(writer, slot, filter + (Long)offsetof(struct sim_filter, times), after);
}

static void look_at_group(struct writer* writer, const struct segment* segment, const struct group* group) {
  IRSB* const block = writer->block;
  const UInt bits = hierarchy->cores->line_bits;
  const Long filter = group->stores && hierarchy->machine.writes_back ? offsetof(struct sim_core, stores)
                                                                      : offsetof(struct sim_core, loads);
  IRExpr* const value = group->value == NO_VALUE ? ir_word(0) : writer->draft->values[group->value];
  IRExpr* const first = ir_add(block, value, group->first);
  IRExpr* const last = ir_add(block, value, group->last);
  IRExpr* const first_line = ir_shift_right(block, first, bits);
  IRExpr* const last_line = group->first == group->last ? first_line : ir_shift_right(block, last, bits);
  IRExpr* const slot = slot_of(writer, first_line);
  if (crossing_pays(segment, group)) {
    look_for(writer, slot, first_line, filter, group->after);
    look_for(writer, slot_of(writer, last_line), last_line, filter, group->after);
  } else {
    look_for(writer, slot, last_line, filter, group->after);
  }
  if (hierarchy->machine.tlb.small.ways == 0) return;
  IRExpr* const first_page = ir_shift_right(block, first, SIM_SMALL_PAGE_BITS);
  IRExpr* const last_page = group->first == group->last ? first_page : ir_shift_right(block, last, SIM_SMALL_PAGE_BITS);
  look_for(writer, slot_of(writer, first_page), last_page, offsetof(struct sim_core, tlb.pages), group->after);
}

/* The values that addresses are made of, or all of them. */
static void hand_over_values(const struct writer* writer, Bool all) {
  const struct draft* const draft = writer->draft;
  Bool wanted[MOST_VALUES] = {False};
  for (UInt i = 0; i < draft->event_count; ++i) {
    const struct event* const event = &draft->events[i];
    if (event->value != NO_VALUE && (all || event_is_access(event))) wanted[event->value] = True;
  }
  IRExpr* thread = NULL;
  for (UInt i = 0; i < draft->value_count; ++i) {
    if (!wanted[i]) continue;
    if (!thread) thread = ir_slot(writer->block, SLOT_THREAD);
    const Long offset = (Long)(offsetof(struct thread, values) + i * sizeof(UWord));
    ir_store(writer->block, ir_add(writer->block, thread, offset), draft->values[i]);
  }
}

static int by_place_in_segment(const void* one, const void* other) {
  return (Int)((const struct use*)one)->after - (Int)((const struct use*)other)->after;
}

/* Every line was found: each gets the time of its last use. Else the model has done that, and the times go nowhere.
   Each time is made of the one before: that takes the fewest instructions. */
static void write_times(struct writer* writer) {
  IRSB* const block = writer->block;
  IRExpr* const is_wrong = ir_assign(block, IRExpr_Unop(Iop_CmpNEZ64, writer->wrong));
  IRExpr* const core = ir_assign(block, IRExpr_ITE(is_wrong, ir_word((ULong)no_core), writer->core));
  VG_(ssort)(writer->uses, writer->use_count, sizeof writer->uses[0], by_place_in_segment);
  IRExpr* now = writer->before;
  UInt after = 0;
  for (UInt i = 0; i < writer->use_count; ++i) {
    const struct use* const use = &writer->uses[i];
    IRExpr* const place = use->place ? at(writer, core, use->place, use->offset) : ir_add(block, core, use->offset);
    now = ir_add(block, now, (Long)(use->after - after) * SIM_TICK);
    after = use->after;
    ir_store(block, ir_load(block, Ity_I64, place), now);
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

/* The model is called where the filters do not show that all is as they say. */
static void look(struct writer* writer, const struct segment* segment) {
  IRSB* const block = writer->block;
  look_at_all_code(writer);
  for (UInt i = 0; i < segment->group_count; ++i) look_at_group(writer, segment, &segment->groups[i]);
  if (!writer->wrong) return;
  IRDirty* const call = unsafeIRDirty_0_N(2, "replay", VG_(fnptr_to_fnentry)(&replay),
                                          mkIRExprVec_2(ir_word((ULong)segment), writer->before));
  call->guard = ir_assign(block, IRExpr_Unop(Iop_CmpNEZ64, writer->wrong));
  addStmtToIRSB(block, IRStmt_Dirty(call));
  write_times(writer);
}

/* As little code as can be: one call. */
static void leave_to_the_model(struct writer* writer, const struct segment* segment) {
  hand_over_values(writer, True);
  IRExpr** const arguments = mkIRExprVec_2(ir_word((ULong)segment), advance_clock(writer->block, segment->event_count));
  addStmtToIRSB(writer->block,
                IRStmt_Dirty(unsafeIRDirty_0_N(2, "replay_whole", VG_(fnptr_to_fnentry)(&replay_whole), arguments)));
}

static void write_code(struct writer* writer, const struct segment* segment) {
  IRSB* const block = writer->block;
  count(block, segment);
  if (segment->event_count == 0) return;
  writer->before = advance_clock(block, segment->event_count);
  teach(block, writer->draft, segment);
  hand_over_values(writer, False);
  writer->core = ir_slot(block, SLOT_CORE);
  look(writer, segment);
}

void emit_segment(IRSB* block, const struct draft* draft) {
  if (draft_is_empty(draft)) return;
  const Addr pc = draft->event_count > 0 ? draft->events[0].pc : 0;
  struct segment* const segment = segment_of(pc, &draft->tally, draft->events, draft->event_count);
  const Bool asks_tage = draft->tally.conditional > 0 && threads_predictor()->conditional == SIM_TAGE;
  if (asks_tage && !segment->branch) segment->branch = create_branch(segment->events[segment->event_count - 1].pc);
  struct writer writer; /* large: what has no use yet is not written */
  VG_(memset)(&writer, 0, offsetof(struct writer, uses));
  writer.block = block;
  writer.draft = draft;
  if (!draft->hot || is_for_the_model(draft)) {
    leave_to_the_model(&writer, segment);
  } else {
    write_code(&writer, segment);
  }
}

void emit_guarded(IRSB* block, IRExpr* guard, enum event_kind kind, Addr pc, IRExpr* address, UInt bytes) {
  struct event event;
  VG_(memset)(&event, 0, sizeof event);
  event.kind = kind;
  event.pc = pc;
  event.bytes = bytes;
  event.value = NO_VALUE;
  const struct tally nothing = {0};
  IRExpr** const arguments =
      mkIRExprVec_3(ir_word((ULong)segment_of(pc, &nothing, &event, 1)), advance_clock(block, 1), address);
  IRDirty* const call = unsafeIRDirty_0_N(3, "replay_guarded", VG_(fnptr_to_fnentry)(&replay_guarded), arguments);
  call->guard = guard;
  addStmtToIRSB(block, IRStmt_Dirty(call));
}

void emit_call(IRSB* block, Addr return_address) {
  if (threads_predictor()->returns == 0) return;
  addStmtToIRSB(block, IRStmt_Dirty(unsafeIRDirty_0_N(1, "replay_call", VG_(fnptr_to_fnentry)(&replay_call),
                                                      mkIRExprVec_1(ir_word(return_address)))));
}
