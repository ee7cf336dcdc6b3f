/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/look.h"

#include "pub_tool_libcbase.h"
#include "simulator/tool/groups.h"
#include "simulator/tool/ir.h"
#include "simulator/tool/thread.h"

void look_begin(struct look* look, IRSB* block, const struct draft* draft, const struct segment* segment,
                IRExpr* before) {
  look->block = block;
  look->draft = draft;
  look->segment = segment;
  look->before = before;
  look->core = ir_slot(block, SLOT_CORE);
}

static void add_wrong(struct look* look, IRExpr* word) {
  look->wrong = ir_or(look->block, look->wrong, word);
}

static void add_use(struct look* look, IRExpr* place, Long offset, UInt after) {
  look->uses[look->use_count++] = (struct use){place, offset, after};
}

/* Code lies where it lies: the slot of its line is known now. */
static void look_at_code(struct look* look, ULong line, UInt after) {
  IRSB* const block = look->block;
  const Long slot = (Long)sim_filter_slot(line) * 8;
  const Long numbers = offsetof(struct sim_core, fetches.numbers) + slot;
  add_wrong(look, ir_xor(block, ir_word(line), ir_member(block, look->core, numbers)));
  add_use(look, NULL, offsetof(struct sim_core, fetches.times) + slot, after);
}

static void look_at_all_code(struct look* look, UInt from, UInt to) {
  ULong lines[2 * MOST_EVENTS];
  UInt last_use[2 * MOST_EVENTS];
  UInt count = 0;
  for (UInt i = from; i < to; ++i) {
    const struct event* const event = &look->segment->events[i];
    if (event->kind != EVENT_FETCH) continue;
    const ULong last = (event->offset + event->bytes - 1) >> hierarchy->cores->line_bits;
    for (ULong line = event->offset >> hierarchy->cores->line_bits; line <= last; ++line) {
      UInt known = 0;
      while (known < count && lines[known] != line) ++known;
      if (known == count) lines[count++] = line;
      last_use[known] = i;
    }
  }
  for (UInt i = 0; i < count; ++i) look_at_code(look, lines[i], last_use[i]);
}

/* What sim_filter_slot does. */
static IRExpr* slot_of(struct look* look, IRExpr* number) {
  IRSB* const block = look->block;
  return ir_and(block, ir_xor(block, number, ir_shift_right(block, number, SIM_FILTER_BITS)), SIM_FILTER_SLOTS - 1);
}

/* In the form that becomes one address with base, scaled index and displacement. */
static IRExpr* at(struct look* look, IRExpr* core, IRExpr* slot, Long offset) {
  IRSB* const block = look->block;
  return ir_add(block, ir_binary(block, Iop_Add64, core, ir_shift_left(block, slot, 3)), offset);
}

/* Looks for a number in the slot of another that is the same unless an access goes beyond the line or page. */
static void look_for(struct look* look, IRExpr* slot, IRExpr* number, Long filter, UInt after) {
  IRSB* const block = look->block;
  IRExpr* const found =
      ir_load(block, Ity_I64, at(look, look->core, slot, filter + (Long)offsetof(struct sim_filter, numbers)));
  add_wrong(look, ir_xor(block, number, found));
  add_use(look, slot, filter + (Long)offsetof(struct sim_filter, times), after);
}

static void look_at_group(struct look* look, const struct group* group) {
  IRSB* const block = look->block;
  const UInt bits = hierarchy->cores->line_bits;
  const Long filter = group->stores && hierarchy->machine.writes_back ? offsetof(struct sim_core, stores)
                                                                      : offsetof(struct sim_core, loads);
  IRExpr* const value = draft_value(look->draft, group->value);
  IRExpr* const first = ir_add(block, value, group->first);
  IRExpr* const last = ir_add(block, value, group->last);
  IRExpr* const first_line = ir_shift_right(block, first, bits);
  IRExpr* const last_line = group->first == group->last ? first_line : ir_shift_right(block, last, bits);
  IRExpr* const slot = slot_of(look, first_line);
  if (crossing_pays(look->segment, group)) {
    look_for(look, slot, first_line, filter, group->after);
    look_for(look, slot_of(look, last_line), last_line, filter, group->after);
  } else {
    look_for(look, slot, last_line, filter, group->after);
  }
  if (hierarchy->machine.tlb.small.ways == 0) return;
  IRExpr* const first_page = ir_shift_right(block, first, SIM_SMALL_PAGE_BITS);
  IRExpr* const last_page = group->first == group->last ? first_page : ir_shift_right(block, last, SIM_SMALL_PAGE_BITS);
  look_for(look, slot_of(look, first_page), last_page, offsetof(struct sim_core, tlb.pages), group->after);
}

void look_at_events(struct look* look, UInt from, UInt to) {
  struct group groups[MOST_EVENTS];
  const UInt count = groups_of(look->segment->events, from, to, groups);
  look->wrong = NULL;
  look->use_count = 0;
  look_at_all_code(look, from, to);
  for (UInt i = 0; i < count; ++i) {
    groups_recall(look->segment, &groups[i]);
    look_at_group(look, &groups[i]);
  }
}

void look_at_lost_code(struct look* look) {
  add_wrong(look, ir_member(look->block, look->core, offsetof(struct sim_core, code_is_lost)));
}

static int by_place_in_segment(const void* one, const void* other) {
  return (Int)((const struct use*)one)->after - (Int)((const struct use*)other)->after;
}

/* Every line was found: each gets the time of its last use. Else the model has done that, and the times go nowhere.
   Each time is made of the one before: that takes the fewest instructions. */
static void write_times(struct look* look) {
  IRSB* const block = look->block;
  IRExpr* const is_wrong = ir_assign(block, IRExpr_Unop(Iop_CmpNEZ64, look->wrong));
  IRExpr* const core = ir_assign(block, IRExpr_ITE(is_wrong, ir_word((ULong)no_core), look->core));
  VG_(ssort)(look->uses, look->use_count, sizeof look->uses[0], by_place_in_segment);
  IRExpr* now = look->before;
  UInt after = 0;
  for (UInt i = 0; i < look->use_count; ++i) {
    const struct use* const use = &look->uses[i];
    IRExpr* const place = use->place ? at(look, core, use->place, use->offset) : ir_add(block, core, use->offset);
    now = ir_add(block, now, (Long)(use->after - after) * SIM_TICK);
    after = use->after;
    ir_store(block, ir_load(block, Ity_I64, place), now);
  }
}

void look_conclude(struct look* look, IRDirty* call) {
  if (!look->wrong) return;
  call->guard = ir_assign(look->block, IRExpr_Unop(Iop_CmpNEZ64, look->wrong));
  addStmtToIRSB(look->block, IRStmt_Dirty(call));
  write_times(look);
}
