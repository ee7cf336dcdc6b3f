/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/groups.h"

#include "simulator/tool/thread.h"

static Long smaller(Long one, Long other) {
  return one < other ? one : other;
}

static Long larger(Long one, Long other) {
  return one > other ? one : other;
}

static Bool takes_in(const struct group* group, const struct event* event) {
  const Long first = smaller(group->first, event->offset);
  const Long last = larger(group->last, event->offset + event->bytes - 1);
  return group->value == event->value && last - first < (Long)hierarchy->machine.line_bytes;
}

/* A group that may lie on two lines needs two looks, and both lines get the time of its last access: that is their
   order only if nothing else came between its accesses. A scalar is mostly aligned: there it is cheaper to let the
   model have the odd one that crosses. */
static Bool crossing_pays(const struct group* group) {
  return group->in_a_row && group->last - group->first >= 8;
}

UInt groups_of(const struct draft* draft, struct group* groups) {
  UInt count = 0;
  UInt accesses = 0;
  for (UInt i = 0; i < draft->event_count; ++i) {
    const struct event* const event = &draft->events[i];
    if (event->kind != EVENT_LOAD && event->kind != EVENT_STORE) continue;
    struct group* group = groups;
    while (group < groups + count && !takes_in(group, event)) ++group;
    if (group == groups + count) {
      ++count;
      *group = (struct group){.value = event->value,
                              .first = event->offset,
                              .last = event->offset + event->bytes - 1,
                              .in_a_row = True};
    } else {
      group->in_a_row = group->in_a_row && group->latest + 1 == accesses;
      group->first = smaller(group->first, event->offset);
      group->last = larger(group->last, event->offset + event->bytes - 1);
    }
    group->stores = group->stores || event->kind == EVENT_STORE;
    group->after = i;
    group->latest = accesses++;
    ++group->members;
  }
  for (UInt i = 0; i < count; ++i) groups[i].may_cross = crossing_pays(&groups[i]);
  return count;
}
