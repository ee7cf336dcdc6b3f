/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "libvex_ir.h"
#include "pub_tool_basics.h"
#include "simulator/tool/thread.h"

/* Shorthands to write translated code: each adds a statement to the block and returns the new temporary. */

static inline IRExpr* ir_assign(IRSB* block, IRExpr* expression) {
  const IRTemp temporary = newIRTemp(block->tyenv, typeOfIRExpr(block->tyenv, expression));
  addStmtToIRSB(block, IRStmt_WrTmp(temporary, expression));
  return IRExpr_RdTmp(temporary);
}

static inline IRExpr* ir_word(ULong value) {
  return IRExpr_Const(IRConst_U64(value));
}

static inline IRExpr* ir_binary(IRSB* block, IROp operation, IRExpr* one, IRExpr* other) {
  return ir_assign(block, IRExpr_Binop(operation, one, other));
}

static inline IRExpr* ir_add(IRSB* block, IRExpr* one, Long constant) {
  return constant == 0 ? one : ir_binary(block, Iop_Add64, one, ir_word(constant));
}

static inline IRExpr* ir_and(IRSB* block, IRExpr* one, ULong constant) {
  return ir_binary(block, Iop_And64, one, ir_word(constant));
}

static inline IRExpr* ir_xor(IRSB* block, IRExpr* one, IRExpr* other) {
  return ir_binary(block, Iop_Xor64, one, other);
}

/* `one` may be null: nothing yet. */
static inline IRExpr* ir_or(IRSB* block, IRExpr* one, IRExpr* other) {
  return one ? ir_binary(block, Iop_Or64, one, other) : other;
}

static inline IRExpr* ir_shift_left(IRSB* block, IRExpr* one, UInt bits) {
  return bits == 0 ? one : ir_binary(block, Iop_Shl64, one, IRExpr_Const(IRConst_U8(bits)));
}

static inline IRExpr* ir_shift_right(IRSB* block, IRExpr* one, UInt bits) {
  return bits == 0 ? one : ir_binary(block, Iop_Shr64, one, IRExpr_Const(IRConst_U8(bits)));
}

static inline IRExpr* ir_load(IRSB* block, IRType type, IRExpr* address) {
  return ir_assign(block, IRExpr_Load(Iend_LE, type, address));
}

static inline IRExpr* ir_get(IRSB* block, Int offset) {
  return ir_assign(block, IRExpr_Get(offset, Ity_I64));
}

static inline IRExpr* ir_slot(IRSB* block, enum slot slot) {
  return ir_get(block, thread_slot_offset(slot));
}

static inline void ir_store(IRSB* block, IRExpr* address, IRExpr* value) {
  addStmtToIRSB(block, IRStmt_Store(Iend_LE, address, value));
}

/* The word at pointer + offset. */
static inline IRExpr* ir_member(IRSB* block, IRExpr* pointer, Long offset) {
  return ir_load(block, Ity_I64, ir_add(block, pointer, offset));
}
