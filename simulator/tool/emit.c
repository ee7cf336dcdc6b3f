/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/emit.h"

#include "pub_tool_libcassert.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_machine.h"
#include "pub_tool_mallocfree.h"
#include "simulator/tool/groups.h"
#include "simulator/tool/ir.h"
#include "simulator/tool/replay.h"
#include "simulator/tool/thread.h"

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
  IRExpr* thread;
  IRExpr* core;
  IRExpr* before; /* the clock */
  IRExpr* wrong;  /* not 0: a line is not in its filter; null: no access was looked at */
  IRExpr* doubt;  /* not 0: a branch may be mispredicted; null: no branch was looked at */
  struct use uses[4 * MOST_EVENTS];
  UInt use_count;
};

Bool conditionals_are_inline(void) {
  return threads_predictor()->conditional != SIM_TAGE;
}

Bool indirects_are_inline(void) {
  return threads_predictor()->indirect == SIM_LAST_TARGET;
}

static void add_wrong(struct writer* writer, IRExpr* word) {
  writer->wrong = ir_or(writer->block, writer->wrong, word);
}

static void add_use(struct writer* writer, IRExpr* place, Long offset, UInt after) {
  writer->uses[writer->use_count++] = (struct use){place, offset, after};
}

static IRExpr* get_slot(IRSB* block, enum slot slot) {
  return ir_assign(block, IRExpr_Get(thread_slot_offset(slot), Ity_I64));
}

static void count(IRSB* block, const struct segment* segment) {
  const Long offset = (Long)segment->number * (Long)sizeof(ULong);
  IRExpr* const place = ir_add(block, get_slot(block, SLOT_COUNTS), offset);
  ir_store(block, place, ir_add(block, ir_load(block, Ity_I64, place), 1));
}

/* Returns the clock before. */
static IRExpr* advance_clock(IRSB* block, UInt events) {
  IRExpr* const before = get_slot(block, SLOT_CLOCK);
  IRExpr* const after = ir_add(block, before, (Long)events * SIM_TICK);
  addStmtToIRSB(block, IRStmt_Put(thread_slot_offset(SLOT_CLOCK), after));
  return before;
}

/* Code lies where it lies: the slot of its line is known now. */
static void look_at_code(struct writer* writer, ULong line, UInt after) {
  IRSB* const block = writer->block;
  const Long slot = (Long)sim_filter_slot(line) * 8;
  const Long numbers = offsetof(struct sim_core, fetches.numbers) + slot;
  add_wrong(writer, ir_xor(block, ir_member(block, writer->core, numbers), ir_word(line)));
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

/* The slot of a line or page. */
static IRExpr* slot_of(struct writer* writer, IRExpr* number) {
  IRSB* const block = writer->block;
  IRExpr* const folded = ir_xor(block, number, ir_shift_right(block, number, SIM_FILTER_BITS));
  return ir_and(block, folded, SIM_FILTER_SLOTS - 1);
}

/* In the form that becomes one address with base, scaled index and displacement. */
static IRExpr* at(struct writer* writer, IRExpr* core, IRExpr* slot, Long offset) {
  IRSB* const block = writer->block;
  return ir_add(block, ir_binary(block, Iop_Add64, core, ir_shift_left(block, slot, 3)), offset);
}

/* Looks for a number in the slot of another that is the same unless an access goes beyond the line or page. */
static void look_for(struct writer* writer, IRExpr* slot, IRExpr* number, Long filter, UInt after) {
  IRSB* const block = writer->block;
  IRExpr* const found = ir_load(block, Ity_I64,
                                at(writer, writer->core, slot, filter + (Long)offsetof(struct sim_filter, numbers)));
  add_wrong(writer, ir_xor(block, found, number));
  add_use(writer, slot, filter + (Long)offsetof(struct sim_filter, times), after);
}

static void look_at_group(struct writer* writer, const struct group* group) {
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
  if (group->may_cross) {
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

/* 0 where the counter is as far as it goes in the direction that the branch takes: then it is predicted and nothing
   changes but the history. */
static void look_at_conditional(struct writer* writer, const struct event* event) {
  IRSB* const block = writer->block;
  const struct sim_branch_geometry* const geometry = threads_predictor();
  IRExpr* const branches = ir_member(block, writer->thread, offsetof(struct thread, branches));
  IRExpr* const history = ir_member(block, branches, offsetof(struct sim_branches, history));
  IRExpr* const taken = writer->draft->values[event->value];
  const ULong address = event->pc >> geometry->address_zeros;
  IRExpr* index;
  if (geometry->conditional == SIM_CACHEGRIND) {
    IRExpr* const recent = ir_and(block, history, (1u << SIM_CACHEGRIND_HISTORY) - 1);
    index = ir_binary(block, Iop_Or64, ir_shift_left(block, recent, SIM_CACHEGRIND_ADDRESS),
                      ir_word(address & ((1u << SIM_CACHEGRIND_ADDRESS) - 1)));
  } else {
    IRExpr* const recent = ir_and(block, history, (1u << geometry->history_bits) - 1);
    index = ir_xor(block, recent, ir_word(address & ((1u << geometry->table_bits) - 1)));
  }
  IRExpr* const counters = ir_member(block, branches, offsetof(struct sim_branches, counters));
  IRExpr* const counter = ir_assign(
      block, IRExpr_Unop(Iop_8Uto64, ir_load(block, Ity_I8, ir_binary(block, Iop_Add64, counters, index))));
  IRExpr* const wanted = ir_binary(block, Iop_Add64, taken, ir_shift_left(block, taken, 1));
  writer->doubt = ir_xor(block, counter, wanted);
  IRExpr* const shifted = ir_binary(block, Iop_Or64, ir_shift_left(block, history, 1), taken);
  ir_store(block, ir_add(block, branches, offsetof(struct sim_branches, history)), shifted);
}

static void look_at_indirect(struct writer* writer, const struct event* event) {
  IRSB* const block = writer->block;
  const struct sim_branch_geometry* const geometry = threads_predictor();
  const ULong index = event->pc >> geometry->address_zeros & ((1u << geometry->target_bits) - 1);
  IRExpr* const branches = ir_member(block, writer->thread, offsetof(struct thread, branches));
  IRExpr* const targets = ir_member(block, branches, offsetof(struct sim_branches, targets));
  IRExpr* const target = ir_member(block, targets, (Long)index * 8);
  writer->doubt = ir_xor(block, target, writer->draft->values[event->value]);
}

static void look_at_branches(struct writer* writer) {
  for (UInt i = 0; i < writer->draft->event_count; ++i) {
    const struct event* const event = &writer->draft->events[i];
    if (event->kind == EVENT_CONDITIONAL) look_at_conditional(writer, event);
    if (event->kind == EVENT_INDIRECT) look_at_indirect(writer, event);
  }
}

static void hand_over_values(struct writer* writer, UInt first) {
  const Long values = offsetof(struct thread, values);
  for (UInt i = first; i < writer->draft->value_count; ++i) {
    ir_store(writer->block, ir_add(writer->block, writer->thread, values + (Long)i * 8), writer->draft->values[i]);
  }
}

static IRDirty* call_of_replay(const struct writer* writer, const struct segment* segment, IRExpr* wrong) {
  return unsafeIRDirty_0_N(3, "replay", VG_(fnptr_to_fnentry)(&replay),
                           mkIRExprVec_3(ir_word((ULong)segment), writer->before, wrong));
}

/* Every line was found: each gets the time of its last use. Else the model has done that, and the times go nowhere. */
static void write_times(struct writer* writer, IRExpr* is_wrong) {
  IRSB* const block = writer->block;
  IRExpr* const core = ir_assign(block, IRExpr_ITE(is_wrong, ir_word((ULong)no_core), writer->core));
  for (UInt i = 0; i < writer->use_count; ++i) {
    const struct use* const use = &writer->uses[i];
    IRExpr* const place = use->place ? at(writer, core, use->place, use->offset) : ir_add(block, core, use->offset);
    IRExpr* const time = ir_load(block, Ity_I64, place);
    ir_store(block, time, ir_add(block, writer->before, (Long)use->after * SIM_TICK));
  }
}

static struct sim_tage_branch* create_branch(Addr pc) {
  struct sim_tage_branch* const branch = VG_(malloc)("countercheck.branch", sizeof *branch);
  *branch = sim_tage_branch_at(pc >> threads_predictor()->address_zeros);
  return branch;
}

/* Predictors that are called instead of looked into: of the branch that ends the segment. */
static void call_predictor(struct writer* writer, const struct segment* segment) {
  const struct event* const event = &segment->events[segment->event_count - 1];
  if (event->kind != EVENT_PREDICTED) return;
  IRExpr** const arguments = mkIRExprVec_2(ir_word((ULong)segment), writer->draft->values[event->value]);
  IRDirty* call;
  if (segment->tally.conditional > 0) {
    call = unsafeIRDirty_0_N(2, "replay_conditional", VG_(fnptr_to_fnentry)(&replay_conditional), arguments);
  } else if (segment->tally.indirect > 0) {
    call = unsafeIRDirty_0_N(2, "replay_indirect", VG_(fnptr_to_fnentry)(&replay_indirect), arguments);
  } else {
    call = unsafeIRDirty_0_N(2, "replay_return", VG_(fnptr_to_fnentry)(&replay_return), arguments);
  }
  addStmtToIRSB(writer->block, IRStmt_Dirty(call));
}

/* An access that may reach over more than two lines is left to the model. */
static Bool is_for_the_model(const struct draft* draft) {
  if (!hierarchy->filtering) return True;
  for (UInt i = 0; i < draft->event_count; ++i) {
    const struct event* const event = &draft->events[i];
    if ((event->kind == EVENT_LOAD || event->kind == EVENT_STORE) && event->bytes > hierarchy->machine.line_bytes)
      return True;
  }
  return False;
}

/* The model is called where the filters and the predictors' tables do not show that all is as they say. */
static void look(struct writer* writer, const struct segment* segment) {
  IRSB* const block = writer->block;
  struct group groups[MOST_EVENTS];
  look_at_all_code(writer);
  const UInt group_count = groups_of(writer->draft, groups);
  for (UInt i = 0; i < group_count; ++i) look_at_group(writer, &groups[i]);
  if (!writer->wrong && !writer->doubt) return;
  IRExpr* const wrong = writer->wrong ? writer->wrong : ir_word(0);
  IRExpr* const either = writer->doubt ? ir_or(block, writer->wrong, writer->doubt) : wrong;
  IRDirty* const call = call_of_replay(writer, segment, wrong);
  call->guard = ir_assign(block, IRExpr_Unop(Iop_CmpNEZ64, either));
  addStmtToIRSB(block, IRStmt_Dirty(call));
  if (writer->wrong) write_times(writer, ir_assign(block, IRExpr_Unop(Iop_CmpNEZ64, writer->wrong)));
}

/* The helper finds these slots in the state of the guest. */
static void declare_slots(IRDirty* call) {
  const enum slot slots[] = {SLOT_COUNTS, SLOT_CLOCK};
  call->nFxState = 2;
  for (Int i = 0; i < 2; ++i) {
    call->fxState[i].fx = slots[i] == SLOT_CLOCK ? Ifx_Modify : Ifx_Read;
    call->fxState[i].offset = (UShort)thread_slot_offset(slots[i]);
    call->fxState[i].size = sizeof(ULong);
    call->fxState[i].nRepeats = 0;
    call->fxState[i].repeatLen = 0;
  }
}

/* As little code as can be: one call. */
static void leave_to_the_model(struct writer* writer, const struct segment* segment) {
  const struct draft* const draft = writer->draft;
  IRExpr* values[VALUES_AS_ARGUMENTS];
  for (UInt i = 0; i < VALUES_AS_ARGUMENTS; ++i) values[i] = i < draft->value_count ? draft->values[i] : ir_word(0);
  if (draft->value_count > VALUES_AS_ARGUMENTS) {
    writer->thread = get_slot(writer->block, SLOT_THREAD);
    hand_over_values(writer, VALUES_AS_ARGUMENTS);
  }
  IRDirty* const call = unsafeIRDirty_0_N(
      0, "replay_whole", VG_(fnptr_to_fnentry)(&replay_whole),
      mkIRExprVec_6(IRExpr_GSPTR(), ir_word((ULong)segment), values[0], values[1], values[2], values[3]));
  declare_slots(call);
  addStmtToIRSB(writer->block, IRStmt_Dirty(call));
}

static void write_code(struct writer* writer, const struct segment* segment) {
  IRSB* const block = writer->block;
  count(block, segment);
  if (segment->event_count == 0) return;
  writer->thread = get_slot(block, SLOT_THREAD);
  writer->before = advance_clock(block, segment->event_count);
  call_predictor(writer, segment);
  look_at_branches(writer);
  hand_over_values(writer, 0);
  writer->core = get_slot(block, SLOT_CORE);
  look(writer, segment);
}

void emit_segment(IRSB* block, const struct draft* draft) {
  if (draft_is_empty(draft)) return;
  const Addr pc = draft->event_count > 0 ? draft->events[0].pc : 0;
  struct segment* const segment = segment_of(pc, &draft->tally, draft->events, draft->event_count);
  const Bool asks_tage = draft->tally.conditional > 0 && !conditionals_are_inline();
  if (asks_tage && !segment->branch) segment->branch = create_branch(segment->events[segment->event_count - 1].pc);
  struct writer writer = {.block = block, .draft = draft};
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
