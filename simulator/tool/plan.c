/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/plan.h"

#include "pub_tool_libcassert.h"
#include "pub_tool_mallocfree.h"

/* Among the words of a run. */
static UChar place_of(const struct event* event) {
  return (UChar)(1 + event->value);
}

static struct sim_planned_access planned(const struct event* event) {
  const Bool has_value = event->value != NO_VALUE;
  tl_assert(event->bytes >= 1 && event->kind <= EVENT_STORE);
  return (struct sim_planned_access){.offset = (ULong)event->offset,
                                     .last = (UShort)(event->bytes - 1),
                                     .value = has_value ? place_of(event) : 0,
                                     .kind = event->kind,
                                     .again = event->to_next != 0};
}

static void need(struct sim_segment* plan, UChar place) {
  if (plan->words <= place) plan->words = (UChar)(place + 1);
}

static void plan_branch(struct sim_segment* plan, const struct event* event) {
  if (!event) return;
  plan->pc = event->pc;
  if (event->kind == EVENT_CONDITIONAL) plan->branch = SIM_CONDITIONAL;
  if (event->kind != EVENT_INDIRECT) return;
  plan->branch = SIM_INDIRECT;
  plan->target = place_of(event);
  need(plan, plan->target);
}

_Static_assert(MOST_VALUES < SIM_SEGMENT_WORDS, "a run has a head and its values");

/* In one piece: both are read for every run. */
struct planned {
  struct sim_segment segment;
  struct sim_planned_access accesses[];
};

static struct sim_segment* create(const struct segment* segment) {
  const UInt count = segment_accesses(segment);
  struct planned* const all = VG_(calloc)("countercheck.plan", 1, sizeof *all + count * sizeof all->accesses[0]);
  struct sim_segment* const plan = &all->segment;
  struct sim_planned_access* const accesses = all->accesses;
  plan->accesses = accesses;
  plan->access_count = (UShort)count;
  plan->number = segment->number;
  plan->words = 1;
  for (UInt i = 0; i < count; ++i) {
    accesses[i] = planned(&segment->events[i]);
    need(plan, accesses[i].value);
  }
  plan_branch(plan, segment_branch(segment));
  return plan;
}

const struct sim_segment* plan_of(struct segment* segment) {
  if (!segment->plan) segment->plan = create(segment);
  return segment->plan;
}
