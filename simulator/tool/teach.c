/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/teach.h"

#include "pub_tool_machine.h"
#include "simulator/tool/ir.h"
#include "simulator/tool/options.h"
#include "simulator/tool/replay.h"
#include "simulator/tool/thread.h"

Bool conditionals_are_inline(void) {
  return options.attribution == ATTRIBUTE_NOTHING && threads_predictor()->conditional != SIM_TAGE;
}

Bool indirects_are_inline(void) {
  return options.attribution == ATTRIBUTE_NOTHING && threads_predictor()->indirect == SIM_LAST_TARGET;
}

/* Where the counter of a branch is, as the sum of `from` and a constant, which costs nothing in an address. */
struct place {
  IRExpr* from;
  Long offset;
};

static struct place counter_of(IRSB* block, const struct event* event, IRExpr* counters, IRExpr* history) {
  const struct sim_branch_geometry* const geometry = threads_predictor();
  const ULong address = event->pc >> geometry->address_zeros;
  if (geometry->conditional == SIM_CACHEGRIND) {
    IRExpr* const shifted = ir_shift_left(block, history, SIM_CACHEGRIND_ADDRESS);
    IRExpr* const recent = ir_and(block, shifted, ((1u << SIM_CACHEGRIND_HISTORY) - 1) << SIM_CACHEGRIND_ADDRESS);
    return (struct place){ir_binary(block, Iop_Add64, recent, counters),
                          (Long)(address & ((1u << SIM_CACHEGRIND_ADDRESS) - 1))};
  }
  IRExpr* const recent = ir_and(block, history, (1u << geometry->history_bits) - 1);
  IRExpr* const index = ir_xor(block, recent, ir_word(address & ((1u << geometry->table_bits) - 1)));
  return (struct place){ir_binary(block, Iop_Add64, index, counters), 0};
}

static void add_to_member(IRSB* block, IRExpr* pointer, Long offset, IRExpr* number) {
  ir_store(block, ir_add(block, pointer, offset),
           ir_binary(block, Iop_Add64, number, ir_member(block, pointer, offset)));
}

static IRExpr* load_byte(IRSB* block, IRExpr* address) {
  return ir_assign(block, IRExpr_Unop(Iop_8Uto64, ir_load(block, Ity_I8, address)));
}

/* What sim_conditional_missed does. The order of operands is the one for which the fewest registers are copied. */
static void teach_conditional(IRSB* block, const struct event* event, IRExpr* taken) {
  IRExpr* const branches = ir_slot(block, SLOT_BRANCHES);
  IRExpr* const history = ir_member(block, branches, offsetof(struct sim_branches, history));
  IRExpr* const counters = ir_member(block, branches, offsetof(struct sim_branches, counters));
  const struct place counter = counter_of(block, event, counters, history);
  IRExpr* const now = load_byte(block, ir_add(block, counter.from, counter.offset));
  IRExpr* const turn = ir_binary(block, Iop_Add64, ir_binary(block, Iop_Add64, now, taken), branches);
  IRExpr* const next = load_byte(block, ir_add(block, turn, offsetof(struct sim_branches, next_counter)));
  ir_store(block, ir_add(block, counter.from, counter.offset), ir_assign(block, IRExpr_Unop(Iop_64to8, next)));
  IRExpr* const wrong = ir_and(block, next, SIM_WRONG);
  add_to_member(block, branches, offsetof(struct sim_branches, conditional_wrongs), wrong);
  IRExpr* const shifted = ir_binary(block, Iop_Or64, ir_shift_left(block, history, 1), taken);
  ir_store(block, ir_add(block, branches, offsetof(struct sim_branches, history)), shifted);
}

/* What sim_indirect_missed does for SIM_LAST_TARGET. */
static void teach_indirect(IRSB* block, const struct event* event, IRExpr* target) {
  const struct sim_branch_geometry* const geometry = threads_predictor();
  const ULong index = event->pc >> geometry->address_zeros & ((1u << geometry->target_bits) - 1);
  IRExpr* const branches = ir_slot(block, SLOT_BRANCHES);
  IRExpr* const targets = ir_member(block, branches, offsetof(struct sim_branches, targets));
  IRExpr* const place = ir_add(block, targets, (Long)index * 8);
  IRExpr* const differs = ir_assign(block, IRExpr_Binop(Iop_CmpNE64, target, ir_load(block, Ity_I64, place)));
  ir_store(block, place, target);
  IRExpr* const wrong = ir_assign(block, IRExpr_Unop(Iop_1Uto64, differs));
  add_to_member(block, branches, offsetof(struct sim_branches, indirect_wrongs), wrong);
}

static void call(IRSB* block, const HChar* name, void* function, const struct segment* segment, IRExpr* value) {
  IRExpr** const arguments = mkIRExprVec_2(ir_word((ULong)segment), value);
  addStmtToIRSB(block, IRStmt_Dirty(unsafeIRDirty_0_N(2, name, VG_(fnptr_to_fnentry)(function), arguments)));
}

void teach_by_call(IRSB* block, const struct draft* draft, const struct segment* segment) {
  const struct event* const event = segment_branch(segment);
  if (!event || event->kind != EVENT_PREDICTED) return;
  IRExpr* const value = draft->values[event->value];
  if (segment->tally.returns > 0) {
    call(block, "replay_return", &replay_return, segment, value);
  } else if (segment->tally.indirect > 0) {
    call(block, "replay_indirect", &replay_indirect, segment, value);
  } else {
    call(block, "replay_conditional", &replay_conditional, segment, value);
  }
}

void teach(IRSB* block, const struct draft* draft, const struct segment* segment) {
  const struct event* const event = segment_branch(segment);
  if (!event) return;
  if (event->kind == EVENT_CONDITIONAL) teach_conditional(block, event, draft->values[event->value]);
  if (event->kind == EVENT_INDIRECT) teach_indirect(block, event, draft->values[event->value]);
  teach_by_call(block, draft, segment);
}
