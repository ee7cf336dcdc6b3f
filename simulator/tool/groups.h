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

/* Of the events from `from` up to `to`, at most one for each. Returns how many. */
UInt groups_of(const struct event* events, UInt from, UInt to, struct group* groups);

/* Before each run of a segment that is left to the model. */
void groups_observe(struct segment* segment, const UWord* values);

/* What was observed of the group of all the segment's events that this one, of a few of them, is a part of. */
void groups_recall(const struct segment* segment, struct group* group);

/* Whether both lines are worth a look, or one look is enough, with the model called where there are two. */
Bool crossing_pays(const struct segment* segment, const struct group* group);
