/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/record.h"

#include "pub_tool_machine.h"
#include "simulator/tool/ir.h"
#include "simulator/tool/plan.h"
#include "simulator/tool/recorder.h"

/* A call that changes where the next word goes. The translator need not be told, which would want a pointer to the
   guest's state among the arguments, and arm64's back end refuses that: a slot is read anew after the call, and a GET
   is never moved up. */
static void add_call(IRSB* block, IRDirty* call, IRExpr* guard) {
  call->guard = guard;
  addStmtToIRSB(block, IRStmt_Dirty(call));
}

void record_room(IRSB* block) {
  IRExpr* const full =
      ir_assign(block, IRExpr_Binop(Iop_CmpLT64U, ir_slot(block, SLOT_WORDS_END), ir_slot(block, SLOT_WORDS)));
  add_call(block,
           unsafeIRDirty_0_N(0, "recorder_make_room", VG_(fnptr_to_fnentry)(&recorder_make_room), mkIRExprVec_0()),
           full);
}

UInt record_words(const struct draft* draft) {
  return 1 + draft->value_count;
}

static IRExpr* head_of(IRSB* block, const struct draft* draft, const struct segment* segment) {
  const struct sim_segment* const plan = segment->plan;
  IRExpr* const head = ir_word(sim_head(plan));
  if (plan->branch != SIM_CONDITIONAL) return head;
  IRExpr* const taken = draft->values[segment_branch(segment)->value];
  return ir_or(block, ir_shift_left(block, taken, SIM_TAKEN_SHIFT), head);
}

void record_run(IRSB* block, const struct draft* draft, struct segment* segment) {
  const struct sim_segment* const plan = plan_of(segment);
  IRExpr* const at = ir_slot(block, SLOT_WORDS);
  ir_store(block, at, head_of(block, draft, segment));
  for (UInt i = 1; i < plan->words; ++i)
    ir_store(block, ir_add(block, at, (Long)(i * sizeof(UWord))), draft->values[i - 1]);
  IRExpr* const after = ir_add(block, at, (Long)(plan->words * sizeof(UWord)));
  addStmtToIRSB(block, IRStmt_Put(thread_slot_offset(SLOT_WORDS), after));
}

void record_guarded(IRSB* block, IRExpr* guard, struct segment* segment, IRExpr* address) {
  plan_of(segment);
  add_call(block,
           unsafeIRDirty_0_N(2, "recorder_note_guarded", VG_(fnptr_to_fnentry)(&recorder_note_guarded),
                             mkIRExprVec_2(ir_word((ULong)segment), address)),
           guard);
}
