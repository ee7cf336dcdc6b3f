/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/translate.h"

#include "pub_tool_libcassert.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_machine.h"
#include "pub_tool_mallocfree.h"
#include "simulator/tool/allocator.h"
#include "simulator/tool/draft.h"
#include "simulator/tool/emit.h"
#include "simulator/tool/heat.h"
#include "simulator/tool/ir.h"
#include "simulator/tool/record.h"
#include "simulator/tool/recorder.h"
#include "simulator/tool/teach.h"
#include "simulator/tool/thread.h"

/* A temporary as a distance from another. */
struct sum {
  IRExpr* value; /* null: not known, it stands for itself */
  Long distance;
};

struct translation {
  IRSB* out;
  const VexGuestLayout* layout;
  Bool hot;
  struct sum* sums; /* by temporary */
  Addr pc;          /* of the instruction */
  UInt bytes;
  Bool turned; /* the instruction is a conditional jump, and the translator leaves the block where it is taken */
  UInt room;   /* words that the block may still record */
  const struct event* read; /* the access before, where it was a load of this instruction; else null */
  IRExpr* read_address;
  struct draft draft;
};

static void open_segment(struct translation* translation) {
  VG_(memset)(&translation->draft, 0, offsetof(struct draft, events));
  translation->draft.hot = translation->hot;
  translation->read = NULL;
}

/* Before a segment records so many words. */
static void take_room(struct translation* translation, UInt words) {
  if (!recording) return;
  if (translation->room < words || translation->room == 0) {
    record_room(translation->out);
    translation->room = ROOM_WORDS;
  }
  translation->room -= words;
}

static void close_segment(struct translation* translation) {
  take_room(translation, record_words(&translation->draft));
  emit_segment(translation->out, &translation->draft);
  open_segment(translation);
}

static struct sum sum_of(const struct translation* translation, IRExpr* atom) {
  if (atom->tag == Iex_Const) return (struct sum){NULL, (Long)atom->Iex.Const.con->Ico.U64};
  const struct sum* const known = &translation->sums[atom->Iex.RdTmp.tmp];
  return known->value ? *known : (struct sum){atom, 0};
}

/* Learns a temporary that is another plus or minus a constant. */
static void learn_sum(struct translation* translation, IRTemp temporary, const IRExpr* expression) {
  if (expression->tag != Iex_Binop) return;
  const IROp operation = expression->Iex.Binop.op;
  IRExpr* const one = expression->Iex.Binop.arg1;
  IRExpr* const other = expression->Iex.Binop.arg2;
  if ((operation != Iop_Add64 && operation != Iop_Sub64) || one->tag != Iex_RdTmp || other->tag != Iex_Const) return;
  const struct sum from = sum_of(translation, one);
  const Long constant = (Long)other->Iex.Const.con->Ico.U64;
  translation->sums[temporary] =
      (struct sum){from.value, from.distance + (operation == Iop_Add64 ? constant : -constant)};
}

/* Cachegrind's accesses are cut to the length of a line. */
static UInt counted_bytes(Int bytes) {
  const UInt line = hierarchy->machine.line_bytes;
  return hierarchy->machine.straddle_as_one && bytes > (Int)line ? line : (UInt)bytes;
}

static void access(struct translation* translation, enum event_kind kind, IRExpr* address, Int bytes) {
  struct draft* const draft = &translation->draft;
  const struct sum sum = sum_of(translation, address);
  draft_access(draft, kind, translation->pc, sum.value, sum.distance, counted_bytes(bytes));
}

static void load(struct translation* translation, IRExpr* address, Int bytes) {
  ++translation->draft.tally.loads;
  access(translation, EVENT_LOAD, address, bytes);
  translation->read = &translation->draft.events[translation->draft.event_count - 1];
  translation->read_address = address;
}

/* Where a store is as a load, an instruction that reads and writes the same place is one load: Cachegrind's way. */
static void store(struct translation* translation, IRExpr* address, Int bytes) {
  const struct event* const read = translation->read;
  translation->read = NULL;
  if (!hierarchy->machine.writes_back && read && read->bytes == counted_bytes(bytes) &&
      eqIRAtom(translation->read_address, address))
    return;
  ++translation->draft.tally.stores;
  access(translation, EVENT_STORE, address, bytes);
}

static void guarded(struct translation* translation, IRExpr* guard, enum event_kind kind, IRExpr* address, Int bytes) {
  close_segment(translation);
  take_room(translation, GUARDED_WORDS);
  emit_guarded(translation->out, guard, kind, translation->pc, address, counted_bytes(bytes));
}

static Int bytes_of(const struct translation* translation, const IRExpr* data) {
  return sizeofIRType(typeOfIRExpr(translation->out->tyenv, data));
}

static void call_is_chased(struct translation* translation, Addr target);

/* The translator follows unconditional jumps and calls into the same block: they show as a gap between instructions. */
static void instruction(struct translation* translation, Addr pc, UInt bytes) {
  const Bool first = translation->bytes == 0;
  if (first) allocator_watch_entry(translation->out, pc, translation->layout);
  if (!first && pc != translation->pc + translation->bytes && !translation->turned) call_is_chased(translation, pc);
  if (draft_is_full(&translation->draft)) close_segment(translation);
  translation->pc = pc;
  translation->bytes = bytes;
  translation->read = NULL;
  translation->turned = False;
  draft_fetch(&translation->draft, pc, bytes);
}

static Bool is_direct_call(Addr pc) {
#if defined(VGA_amd64)
  return *(const UChar*)pc == 0xe8;
#elif defined(VGA_arm64)
  return *(const UInt*)pc >> 26 == 0x25; /* BL */
#endif
}

static void call_is_chased(struct translation* translation, Addr target) {
  (void)target;
  ++translation->draft.tally.direct;
  if (is_direct_call(translation->pc)) emit_call(translation->out, translation->pc + translation->bytes);
}

/* A condition as a word of 0 or 1: whether the jump of the program is taken, which the translator may have turned. */
static void conditional_exit(struct translation* translation, const IRStmt* exit) {
  IRSB* const out = translation->out;
  const ULong target = exit->Ist.Exit.dst->Ico.U64;
  const Bool turned = target == translation->pc + translation->bytes;
  translation->turned = turned;
  IRExpr* const guard = exit->Ist.Exit.guard;
  IRExpr* const taken = turned ? ir_assign(out, IRExpr_Unop(Iop_Not1, guard)) : guard;
  IRExpr* const word = ir_assign(out, IRExpr_Unop(Iop_1Uto64, taken));
  ++translation->draft.tally.conditional;
  draft_branch(&translation->draft, conditionals_are_inline() ? EVENT_CONDITIONAL : EVENT_PREDICTED, translation->pc,
               word);
}

static Bool is_of_the_program(IRJumpKind kind) {
  return kind == Ijk_Boring || kind == Ijk_Call || kind == Ijk_Ret;
}

static void statement(struct translation* translation, IRStmt* statement) {
  switch (statement->tag) {
    case Ist_IMark:
      instruction(translation, statement->Ist.IMark.addr + statement->Ist.IMark.delta, statement->Ist.IMark.len);
      break;
    case Ist_WrTmp: {
      const IRExpr* const data = statement->Ist.WrTmp.data;
      learn_sum(translation, statement->Ist.WrTmp.tmp, data);
      if (data->tag == Iex_Load) load(translation, data->Iex.Load.addr, sizeofIRType(data->Iex.Load.ty));
      break;
    }
    case Ist_Store:
      store(translation, statement->Ist.Store.addr, bytes_of(translation, statement->Ist.Store.data));
      break;
    case Ist_LoadG: {
      const IRLoadG* const details = statement->Ist.LoadG.details;
      IRType result, memory;
      typeOfIRLoadGOp(details->cvt, &result, &memory);
      guarded(translation, details->guard, EVENT_LOAD, details->addr, sizeofIRType(memory));
      break;
    }
    case Ist_StoreG: {
      const IRStoreG* const details = statement->Ist.StoreG.details;
      guarded(translation, details->guard, EVENT_STORE, details->addr, bytes_of(translation, details->data));
      break;
    }
    case Ist_Dirty: {
      const IRDirty* const call = statement->Ist.Dirty.details;
      if (call->mFx == Ifx_Read || call->mFx == Ifx_Modify) load(translation, call->mAddr, call->mSize);
      if (call->mFx == Ifx_Write || call->mFx == Ifx_Modify) store(translation, call->mAddr, call->mSize);
      break;
    }
    case Ist_CAS: {
      const IRCAS* const details = statement->Ist.CAS.details;
      const Int bytes = bytes_of(translation, details->dataLo) * (details->dataHi ? 2 : 1);
      load(translation, details->addr, bytes);
      store(translation, details->addr, bytes);
      break;
    }
    case Ist_LLSC: {
      IRExpr* const data = statement->Ist.LLSC.storedata;
      if (data) {
        store(translation, statement->Ist.LLSC.addr, bytes_of(translation, data));
      } else {
        const IRType type = typeOfIRTemp(translation->out->tyenv, statement->Ist.LLSC.result);
        load(translation, statement->Ist.LLSC.addr, sizeofIRType(type));
      }
      break;
    }
    case Ist_Exit:
      if (is_of_the_program(statement->Ist.Exit.jk)) conditional_exit(translation, statement);
      close_segment(translation);
      break;
    default:
      break;
  }
  addStmtToIRSB(translation->out, statement);
}

/* How the block is left at its end. */
static void last_jump(struct translation* translation) {
  IRSB* const out = translation->out;
  struct draft* const draft = &translation->draft;
  const Addr next = translation->pc + translation->bytes;
  if (!is_of_the_program(out->jumpkind)) return;
  if (out->next->tag == Iex_Const) {
    if (out->next->Iex.Const.con->Ico.U64 != next && !translation->turned) ++draft->tally.direct;
  } else if (out->jumpkind == Ijk_Ret) {
    ++draft->tally.returns;
    allocator_watch_return(out, translation->layout);
    if (threads_predictor()->returns > 0) draft_branch(draft, EVENT_PREDICTED, translation->pc, out->next);
  } else {
    ++draft->tally.indirect;
    draft_branch(draft, indirects_are_inline() ? EVENT_INDIRECT : EVENT_PREDICTED, translation->pc, out->next);
  }
  if (out->jumpkind == Ijk_Call) emit_call(out, next);
}

IRSB* translate(VgCallbackClosure* closure, IRSB* in, const VexGuestLayout* layout, const VexGuestExtents* extents,
                const VexArchInfo* host, IRType guest_word, IRType host_word) {
  (void)extents;
  (void)host;
  if (guest_word != host_word) VG_(tool_panic)("host and guest have words of different sizes");
  static struct translation translation; /* large, and one at a time */
  VG_(memset)(&translation, 0, offsetof(struct translation, draft));
  translation.hot = heat_is_enough(closure->nraddr);
  open_segment(&translation);
  translation.out = deepCopyIRSBExceptStmts(in);
  translation.layout = layout;
  translation.sums = VG_(calloc)("countercheck.sums", in->tyenv->types_used + 1, sizeof *translation.sums);
  if (!recording && !translation.hot) heat_watch(translation.out, closure->nraddr);
  Int i = 0;
  for (; i < in->stmts_used && in->stmts[i]->tag != Ist_IMark; ++i) addStmtToIRSB(translation.out, in->stmts[i]);
  take_room(&translation, 0);
  for (; i < in->stmts_used; ++i) statement(&translation, in->stmts[i]);
  last_jump(&translation);
  close_segment(&translation);
  VG_(free)(translation.sums);
  return translation.out;
}
