/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/heat.h"

#include "libvex_guest_offsets.h"
#include "pub_tool_guest.h"
#include "pub_tool_hashtable.h"
#include "pub_tool_mallocfree.h"
#include "pub_tool_xarray.h"
#include "simulator/tool/core.h"
#include "simulator/tool/ir.h"

struct block {
  VgHashNode node; /* by address */
  ULong runs;
};

static VgHashTable* blocks;

Bool heat_is_enough(Addr address) {
  const struct block* const block = blocks ? VG_(HT_lookup)(blocks, address) : NULL;
  return block && block->runs >= RUNS_UNTIL_HOT;
}

static struct block* block_at(Addr address) {
  if (!blocks) blocks = VG_(HT_construct)("countercheck.blocks");
  struct block* block = VG_(HT_lookup)(blocks, address);
  if (block) return block;
  block = VG_(malloc)("countercheck.block", sizeof *block);
  block->node.key = address;
  block->runs = 0;
  VG_(HT_add_node)(blocks, block);
  return block;
}

void heat_watch(IRSB* code, Addr block) {
#if defined(VGA_amd64)
  const Int start = offsetof(VexGuestAMD64State, guest_CMSTART);
  const Int length = offsetof(VexGuestAMD64State, guest_CMLEN);
#elif defined(VGA_arm64)
  const Int start = offsetof(VexGuestARM64State, guest_CMSTART);
  const Int length = offsetof(VexGuestARM64State, guest_CMLEN);
#endif
  IRExpr* const runs = ir_word((ULong)&block_at(block)->runs);
  IRExpr* const now = ir_add(code, ir_load(code, Ity_I64, runs), 1);
  ir_store(code, runs, now);
  /* An exit for stale code: what lies at these addresses is translated anew, and the program goes on there. */
  addStmtToIRSB(code, IRStmt_Put(start, ir_word(block)));
  addStmtToIRSB(code, IRStmt_Put(length, ir_word(1)));
  IRExpr* const enough = ir_assign(code, IRExpr_Binop(Iop_CmpEQ64, now, ir_word(RUNS_UNTIL_HOT)));
  addStmtToIRSB(code, IRStmt_Exit(enough, Ijk_InvalICache, IRConst_U64(block), code->offsIP));
}

static XArray* to_renew; /* of Addr */

void heat_renew(Addr pc) {
  if (!to_renew) to_renew = VG_(newXA)(VG_(malloc), "countercheck.renewed", VG_(free), sizeof pc);
  VG_(addToXA)(to_renew, &pc);
}

void heat_turn_is_over(void) {
  if (!to_renew) return;
  for (Word i = 0; i < VG_(sizeXA)(to_renew); ++i)
    VG_(discard_translations)(*(const Addr*)VG_(indexXA)(to_renew, i), 1, "countercheck");
  VG_(deleteXA)(to_renew);
  to_renew = NULL;
}
