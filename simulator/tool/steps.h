/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "simulator/tool/segment.h"

/* Events of a segment that are looked at together: the model hears of all of them if the filters do not know one. That
   takes the least code where all are known; but an event that often is not makes a step of its own, or the model would
   hear of the others for nothing. Which those are is seen before a block is hot, and again as it runs. */
struct step {
  UInt from, to;
  Bool alone;
};

/* The steps of all but the branch at the end, at most one for each event. Returns how many. */
UInt steps_of(const struct segment* segment, struct step* steps);

/* What was seen of the events of a segment since they were last judged. */
struct step_record {
  Bool judged;  /* at all */
  ULong runs;   /* of the segment at that time, in the table of counts */
  UInt replays; /* by the model, of several events */
  struct {
    UInt unsettled; /* how often the filters did not know it */
    Bool alone;     /* judged so, once and for all */
  } events[];
};

struct step_record* step_records_create(UInt event_count);

/* The filters did not know an event. */
static inline void step_unsettled(struct segment* segment, UInt number) {
  ++segment->records->events[number].unsettled;
}

/* Before a segment gets code of its own: by the second half of the runs that it was observed. */
void steps_judge_observed(struct segment* segment);

/* The model replayed several events of a segment that ran so often by now. When it has done so often, code that looks
   at them in better steps may be worth another translation. */
void steps_note_replay(struct segment* segment, ULong runs);
