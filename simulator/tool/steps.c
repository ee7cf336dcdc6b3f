/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/steps.h"

#include "simulator/tool/options.h"

/* More seldom, and it costs less to let the model hear of the others. */
#define RUNS_TO_ONE_MISS 8

/* Where misses are attributed, the model has to know of whose segment they are. */
static Bool is_alone(const struct segment* segment, UInt number) {
  return options.attribution == ATTRIBUTE_NOTHING &&
         segment->unsettled[number] * RUNS_TO_ONE_MISS > segment->observed - segment->observed / 2;
}

UInt steps_of(const struct segment* segment, struct step* steps) {
  UInt count = 0;
  for (UInt i = 0; i < segment->event_count; ++i) {
    if (segment->events[i].kind >= EVENT_CONDITIONAL) break;
    const Bool alone = is_alone(segment, i);
    if (count > 0 && !alone && !steps[count - 1].alone) {
      steps[count - 1].to = i + 1;
    } else {
      steps[count++] = (struct step){i, i + 1, alone};
    }
  }
  return count;
}
