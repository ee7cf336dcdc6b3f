/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/draft.h"

#include "pub_tool_libcassert.h"
#include "pub_tool_libcbase.h"
#include "simulator/tool/options.h"
#include "simulator/tool/thread.h"

/* The most that one instruction was seen to do is a fetch, a load and a store of each half of a wide gather. */
#define MOST_OF_ONE_INSTRUCTION 20

Bool draft_is_full(const struct draft* draft) {
  return draft->event_count + MOST_OF_ONE_INSTRUCTION > MOST_EVENTS ||
         draft->value_count + MOST_OF_ONE_INSTRUCTION > MOST_VALUES;
}

Bool draft_is_empty(const struct draft* draft) {
  return draft->event_count == 0 && draft->tally.instructions == 0 && draft->tally.direct == 0;
}

static struct event* add(struct draft* draft, enum event_kind kind, Addr pc) {
  tl_assert(draft->event_count < MOST_EVENTS);
  struct event* const event = &draft->events[draft->event_count++];
  VG_(memset)(event, 0, sizeof *event); /* padding too: events are compared as memory */
  event->kind = kind;
  event->pc = pc;
  event->value = NO_VALUE;
  return event;
}

static UChar number_of(struct draft* draft, IRExpr* value) {
  for (UInt i = 0; i < draft->value_count; ++i) {
    if (eqIRAtom(draft->values[i], value)) return i;
  }
  tl_assert(draft->value_count < MOST_VALUES);
  draft->values[draft->value_count] = value;
  return draft->value_count++;
}

static const struct event* last_fetch(const struct draft* draft) {
  for (UInt i = draft->event_count; i-- > 0;) {
    if (draft->events[i].kind == EVENT_FETCH) return &draft->events[i];
  }
  return NULL;
}

/* Whether an instruction comes from the line that was fetched last. It is the newest of its set: to fetch from it again
   changes nothing, as long as data cannot push it out or make it older. */
static Bool is_fetched(const struct draft* draft, Addr pc, UInt bytes) {
  const struct event* const last = last_fetch(draft);
  const UInt bits = hierarchy->cores->line_bits;
  if (!last) return False;
  const ULong line = (last->offset + last->bytes - 1) >> bits;
  return pc >> bits == line && (pc + bytes - 1) >> bits == line;
}

/* Where counts are attributed, each instruction has an event to count with; and where code shares its first cache with
   data, its place in the order of use matters. */
static Bool is_told_of(const struct draft* draft) {
  if (options.attribution != ATTRIBUTE_NOTHING) return True;
  return !hierarchy->machine.levels[0].split && draft->events[draft->event_count - 1].kind != EVENT_FETCH;
}

void draft_fetch(struct draft* draft, Addr pc, UInt bytes) {
  ++draft->tally.instructions;
  if (!is_fetched(draft, pc, bytes) || is_told_of(draft)) {
    struct event* const event = add(draft, EVENT_FETCH, pc);
    event->offset = pc;
    event->bytes = bytes;
    return;
  }
  struct event* const last = &draft->events[draft->event_count - 1];
  if (last->kind != EVENT_FETCH && last->to_next == 0) last->to_next = (Int)(pc - last->pc);
}

void draft_access(struct draft* draft, enum event_kind kind, Addr pc, IRExpr* value, Long offset, UInt bytes) {
  struct event* const event = add(draft, kind, pc);
  event->offset = offset;
  event->bytes = bytes;
  if (value) event->value = number_of(draft, value);
}

UInt draft_branch(struct draft* draft, enum event_kind kind, Addr pc, IRExpr* value) {
  struct event* const event = add(draft, kind, pc);
  event->value = number_of(draft, value);
  return draft->event_count - 1;
}

IRExpr* draft_value(const struct draft* draft, UChar number) {
  return number == NO_VALUE ? IRExpr_Const(IRConst_U64(0)) : draft->values[number];
}
