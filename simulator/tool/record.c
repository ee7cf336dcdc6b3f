/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/record.h"

#include "pub_tool_libcassert.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_machine.h"
#include "simulator/model/word.h"
#include "simulator/tool/ir.h"
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

/* The values of a segment, shifted; null: not needed yet. */
struct shifted {
  IRExpr* values[MOST_VALUES];
};

static IRExpr* word_of(IRSB* block, const struct draft* draft, struct shifted* shifted, const struct event* event) {
  tl_assert(event->bytes <= SIM_WORD_BYTES);
  const UWord known = ((UWord)event->offset << SIM_WORD_SHIFT) +
                      sim_word_of((enum sim_kind)event->kind, event->to_next != 0, event->bytes);
  if (event->value == NO_VALUE) return ir_word(known);
  IRExpr** const value = &shifted->values[event->value];
  if (!*value) *value = ir_shift_left(block, draft->values[event->value], SIM_WORD_SHIFT);
  return ir_add(block, *value, (Long)known);
}

void record_accesses(IRSB* block, const struct draft* draft, const struct segment* segment) {
  const UInt accesses = segment_accesses(segment);
  if (accesses == 0) return;
  struct shifted shifted;
  VG_(memset)(&shifted, 0, sizeof shifted);
  IRExpr* const at = ir_slot(block, SLOT_WORDS);
  for (UInt i = 0; i < accesses; ++i) {
    IRExpr* const word = word_of(block, draft, &shifted, &segment->events[i]);
    ir_store(block, ir_add(block, at, (Long)(i * sizeof(UWord))), word);
  }
  IRExpr* const after = ir_add(block, at, (Long)(accesses * sizeof(UWord)));
  addStmtToIRSB(block, IRStmt_Put(thread_slot_offset(SLOT_WORDS), after));
}

void record_guarded(IRSB* block, IRExpr* guard, const struct segment* segment, IRExpr* address) {
  add_call(block,
           unsafeIRDirty_0_N(2, "recorder_note_guarded", VG_(fnptr_to_fnentry)(&recorder_note_guarded),
                             mkIRExprVec_2(ir_word((ULong)segment), address)),
           guard);
}
