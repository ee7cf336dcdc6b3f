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

/* The line that was fetched last is the newest of its set: to fetch from it again changes nothing, unless data can push
   code out. But where counts are attributed, each instruction has an event to count with. */
static Bool changes_nothing(const struct draft* draft, Addr pc, UInt bytes) {
  const struct event* const last = last_fetch(draft);
  const UInt bits = hierarchy->cores->line_bits;
  if (!last || draft->fetch_again || options.attribution != ATTRIBUTE_NOTHING) return False;
  const ULong line = (last->offset + last->bytes - 1) >> bits;
  return pc >> bits == line && (pc + bytes - 1) >> bits == line;
}

void draft_fetch(struct draft* draft, Addr pc, UInt bytes) {
  ++draft->tally.instructions;
  if (changes_nothing(draft, pc, bytes)) return;
  struct event* const event = add(draft, EVENT_FETCH, pc);
  event->offset = pc;
  event->bytes = bytes;
  draft->fetch_again = False;
}

/* Whether a line of code can leave its first-level cache because of data. */
static Bool data_moves_code(void) {
  const struct sim_machine* const machine = &hierarchy->machine;
  if (!machine->levels[0].split) return True;
  for (UInt level = 1; level < machine->level_count; ++level) {
    if (machine->levels[level].inclusion == SIM_INCLUSIVE) return True;
  }
  return machine->cores > 1 && machine->writes_back;
}

void draft_access(struct draft* draft, enum event_kind kind, Addr pc, IRExpr* value, Long offset, UInt bytes) {
  struct event* const event = add(draft, kind, pc);
  event->offset = offset;
  event->bytes = bytes;
  if (value) event->value = number_of(draft, value);
  draft->fetch_again = data_moves_code();
}

UInt draft_branch(struct draft* draft, enum event_kind kind, Addr pc, IRExpr* value) {
  struct event* const event = add(draft, kind, pc);
  event->value = number_of(draft, value);
  return draft->event_count - 1;
}
