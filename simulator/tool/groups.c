/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/groups.h"

#include "simulator/tool/thread.h"

/* A scalar is mostly aligned. */
#define WORD 8 /* bytes */

/* A second look costs about as much in so many runs as one call of the model. */
#define RUNS_TO_ONE_CROSSING 16

static Long smaller(Long one, Long other) {
  return one < other ? one : other;
}

static Long larger(Long one, Long other) {
  return one > other ? one : other;
}

/* A group over more than a word may lie on two lines, and then both get the time of its last access. That is their
   place in the order if nothing else came between its accesses, or if the last of them reaches over all of it. */
static Bool takes_in(const struct group* group, Bool in_a_row, const struct event* event) {
  const Long first = smaller(group->first, event->offset);
  const Long last = larger(group->last, event->offset + event->bytes - 1);
  if (group->value != event->value || last - first >= (Long)hierarchy->machine.line_bytes) return False;
  const Bool reaches_over_all = first == event->offset && last == event->offset + event->bytes - 1;
  return in_a_row || reaches_over_all || last - first < WORD;
}

UInt groups_of(const struct event* events, UInt from, UInt to, struct group* groups) {
  UInt count = 0;
  UInt accesses = 0;
  for (UInt i = from; i < to; ++i) {
    const struct event* const event = &events[i];
    if (!event_is_access(event)) continue;
    struct group* group = groups;
    while (group < groups + count && !takes_in(group, group->latest + 1 == accesses, event)) ++group;
    if (group == groups + count) {
      ++count;
      *group = (struct group){.value = event->value, .first = event->offset, .last = event->offset + event->bytes - 1};
    } else {
      group->first = smaller(group->first, event->offset);
      group->last = larger(group->last, event->offset + event->bytes - 1);
    }
    group->stores = group->stores || event->kind == EVENT_STORE;
    group->after = i;
    group->latest = accesses++;
  }
  return count;
}

void groups_observe(struct segment* segment, const UWord* values) {
  const UInt line_bits = hierarchy->cores->line_bits;
  ++segment->observed;
  for (UInt i = 0; i < segment->group_count; ++i) {
    struct group* const group = &segment->groups[i];
    const Addr base = values[group->value];
    group->crossed += (base + (Addr)group->first) >> line_bits != (base + (Addr)group->last) >> line_bits;
  }
}

void groups_recall(const struct segment* segment, struct group* group) {
  for (UInt i = 0; i < segment->group_count; ++i) {
    const struct group* const whole = &segment->groups[i];
    if (whole->value == group->value && whole->first <= group->first && group->last <= whole->last)
      group->crossed = whole->crossed;
  }
}

Bool crossing_pays(const struct segment* segment, const struct group* group) {
  if (segment->observed == 0) return group->last - group->first >= WORD;
  return group->crossed > segment->observed / RUNS_TO_ONE_CROSSING;
}
