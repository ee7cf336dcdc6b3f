/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "simulator/tool/segment.h"

/* Accesses of one segment that are looked at as one: at known distances from the same value, all within a line's
   length. */
struct group {
  Long first; /* byte, from the value */
  Long last;
  UInt after;   /* events of the segment before the last of them */
  UInt latest;  /* number of that access among the segment's accesses */
  UInt crossed; /* how often they lay on two lines, as long as the segment was left to the model */
  UChar value;
  Bool stores; /* one of them is a store */
};

/* At most one for each event. Returns how many. */
UInt groups_of(const struct event* events, UInt event_count, struct group* groups);

/* Before each run of a segment that is left to the model. */
void groups_observe(struct segment* segment, const UWord* values);

/* Whether both lines are worth a look, or one look is enough, with the model called where there are two. */
Bool crossing_pays(const struct segment* segment, const struct group* group);
