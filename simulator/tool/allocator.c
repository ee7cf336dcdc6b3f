/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/allocator.h"

#include "libvex_guest_offsets.h"
#include "pub_tool_debuginfo.h"
#include "pub_tool_execontext.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_machine.h"
#include "pub_tool_mallocfree.h"
#include "pub_tool_threadstate.h"
#include "pub_tool_vki.h"
#include "pub_tool_vkiscnums.h"
#include "simulator/tool/arrays.h"
#include "simulator/tool/ir.h"
#include "simulator/tool/options.h"

enum function { IS_MALLOC, IS_CALLOC, IS_REALLOC, IS_ALIGNED, IS_POSIX, IS_FREE, IS_NONE };

static const struct {
  const HChar* name;
  enum function function;
} functions[] = {
    {"malloc", IS_MALLOC},    {"calloc", IS_CALLOC},        {"realloc", IS_REALLOC}, {"aligned_alloc", IS_ALIGNED},
    {"memalign", IS_ALIGNED}, {"posix_memalign", IS_POSIX}, {"free", IS_FREE},       {"cfree", IS_FREE},
};

/* The names under which the C library has them too. */
static const HChar* plain(const HChar* name) {
  static const HChar* const prefixes[] = {"__GI_", "__libc_", "__"};
  for (UInt i = 0; i < sizeof prefixes / sizeof *prefixes; ++i) {
    const SizeT length = VG_(strlen)(prefixes[i]);
    if (VG_(strncmp)(name, prefixes[i], length) == 0) name += length;
  }
  return name;
}

static enum function function_at(Addr pc) {
  const HChar* name;
  if (!VG_(get_fnname_if_entry)(VG_(current_DiEpoch)(), pc, &name)) return IS_NONE;
  name = plain(name);
  for (UInt i = 0; i < sizeof functions / sizeof *functions; ++i) {
    if (VG_(strcmp)(name, functions[i].name) == 0) return functions[i].function;
  }
  return IS_NONE;
}

/* An allocation under way, one for each thread: what an allocator's function calls of its own is its business. */
struct pending {
  Bool is;
  Bool through_pointer; /* the result is at `result`, not returned */
  Addr result;
  Addr stack; /* pointer, when the function has returned */
  SizeT bytes;
  Addr replaced; /* by realloc; 0 for none */
  ExeContext* context;
};

static struct pending* pendings; /* by ThreadId */
static UWord pending_count;

#if defined(VGA_amd64)
#define ARGUMENT_0 OFFSET_amd64_RDI
#define ARGUMENT_1 OFFSET_amd64_RSI
#define ARGUMENT_2 OFFSET_amd64_RDX
#define RESULT OFFSET_amd64_RAX
#define POPPED_BY_RETURN 8
#elif defined(VGA_arm64)
#define ARGUMENT_0 OFFSET_arm64_X0
#define ARGUMENT_1 OFFSET_arm64_X1
#define ARGUMENT_2 OFFSET_arm64_X2
#define RESULT OFFSET_arm64_X0
#define POPPED_BY_RETURN 0
#endif

static UWord guest_register(ThreadId tid, Int offset) {
  UWord value;
  VG_(get_shadow_regs_area)(tid, (UChar*)&value, 0, offset, sizeof value);
  return value;
}

static VG_REGPARM(1) void entered(UWord function) {
  const ThreadId tid = VG_(get_running_tid)();
  if (!pendings) pendings = VG_(calloc)("countercheck.pendings", VG_N_THREADS, sizeof *pendings);
  struct pending* const pending = &pendings[tid];
  if (pending->is) return;
  const UWord first = guest_register(tid, ARGUMENT_0);
  const UWord second = guest_register(tid, ARGUMENT_1);
  *pending = (struct pending){.is = True, .stack = VG_(get_SP)(tid) + POPPED_BY_RETURN};
  if (function != IS_FREE) pending->context = VG_(record_ExeContext)(tid, 0);
  switch ((enum function)function) {
    case IS_MALLOC:
      pending->bytes = first;
      break;
    case IS_CALLOC:
      pending->bytes = first * second;
      break;
    case IS_REALLOC:
      pending->replaced = first;
      pending->bytes = second;
      break;
    case IS_ALIGNED:
      pending->bytes = second;
      break;
    case IS_POSIX:
      pending->through_pointer = True;
      pending->result = first;
      pending->bytes = guest_register(tid, ARGUMENT_2);
      break;
    case IS_FREE:
    case IS_NONE:
      pending->is = False;
      if (first != 0) arrays_freed(first);
      return;
  }
  ++pending_count;
}

static VG_REGPARM(2) void returned(Addr stack, UWord result) {
  const ThreadId tid = VG_(get_running_tid)();
  struct pending* const pending = &pendings[tid];
  if (!pending->is || stack != pending->stack) return;
  pending->is = False;
  --pending_count;
  if (pending->through_pointer) result = result == 0 ? *(const Addr*)pending->result : 0;
  if (result == 0) return;
  if (pending->replaced != 0) arrays_freed(pending->replaced);
  arrays_allocated(result, pending->bytes, pending->context);
}

void allocator_watch_entry(IRSB* block, Addr pc, const VexGuestLayout* layout) {
  if (options.attribution != ATTRIBUTE_ARRAYS) return;
  const enum function function = function_at(pc);
  if (function == IS_NONE) return;
  /* The call stack is unwound from here: a block need not write its own address before it ends. */
  addStmtToIRSB(block, IRStmt_Put(layout->offset_IP, ir_word(pc)));
  IRDirty* const call =
      unsafeIRDirty_0_N(1, "entered", VG_(fnptr_to_fnentry)(&entered), mkIRExprVec_1(ir_word(function)));
  addStmtToIRSB(block, IRStmt_Dirty(call));
}

void allocator_watch_return(IRSB* block, const VexGuestLayout* layout) {
  if (options.attribution != ATTRIBUTE_ARRAYS) return;
  IRExpr* const stack = ir_get(block, layout->offset_SP);
  IRExpr* const result = ir_get(block, RESULT);
  IRExpr* const count = ir_load(block, Ity_I64, ir_word((ULong)&pending_count));
  IRDirty* const call =
      unsafeIRDirty_0_N(2, "returned", VG_(fnptr_to_fnentry)(&returned), mkIRExprVec_2(stack, result));
  call->guard = ir_assign(block, IRExpr_Unop(Iop_CmpNEZ64, count));
  addStmtToIRSB(block, IRStmt_Dirty(call));
}

void allocator_after_system_call(ThreadId tid, UInt number, const UWord* arguments, SysRes result) {
  if (options.attribution != ATTRIBUTE_ARRAYS || sr_isError(result)) return;
  if (pendings && pendings[tid].is) return;
  if (number == __NR_mmap && arguments[3] & VKI_MAP_ANONYMOUS)
    arrays_mapped(sr_Res(result), arguments[1], VG_(record_ExeContext)(tid, 0));
  if (number == __NR_munmap) arrays_unmapped(arguments[0], arguments[1]);
  if (number == __NR_mremap) {
    arrays_unmapped(arguments[0], arguments[1]);
    arrays_mapped(sr_Res(result), arguments[2], VG_(record_ExeContext)(tid, 0));
  }
}

void allocator_thread_ends(ThreadId tid) {
  if (!pendings || !pendings[tid].is) return;
  pendings[tid].is = False;
  --pending_count;
}
