/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/steps.h"

#include "pub_tool_mallocfree.h"
#include "simulator/tool/heat.h"
#include "simulator/tool/options.h"

/* Where misses are more seldom, it costs less to let the model hear of the other events. */
#define RUNS_TO_ONE_MISS 10

#define REPLAYS_UNTIL_JUDGED 20000

struct step_record* step_records_create(UInt event_count) {
  struct step_record* record = NULL;
  return VG_(calloc)("countercheck.steps", 1, sizeof *record + event_count * sizeof record->events[0]);
}

UInt steps_of(const struct segment* segment, struct step* steps) {
  const UInt accesses = segment_accesses(segment);
  UInt count = 0;
  for (UInt i = 0; i < accesses; ++i) {
    const Bool alone = segment->records->events[i].alone;
    if (count > 0 && !alone && !steps[count - 1].alone) {
      steps[count - 1].to = i + 1;
    } else {
      steps[count++] = (struct step){i, i + 1, alone};
    }
  }
  return count;
}

/* By what was seen in so many runs. Returns whether there are new steps. */
static Bool judge(struct segment* segment, ULong runs) {
  struct step_record* const record = segment->records;
  Bool news = False;
  for (UInt i = 0; i < segment->event_count; ++i) {
    if (!record->events[i].alone && (ULong)record->events[i].unsettled * RUNS_TO_ONE_MISS > runs)
      record->events[i].alone = news = True;
    record->events[i].unsettled = 0;
  }
  return news;
}

/* Where misses are attributed, the model has to know of whose segment they are. */
static Bool may_be_alone(void) {
  return options.attribution == ATTRIBUTE_NOTHING;
}

void steps_judge_observed(struct segment* segment) {
  if (segment->records->judged || !may_be_alone()) return;
  segment->records->judged = True;
  judge(segment, segment->observed / 2);
}

void steps_note_replay(struct segment* segment, ULong runs) {
  struct step_record* const record = segment->records;
  if (++record->replays < REPLAYS_UNTIL_JUDGED) return;
  const ULong since = runs - record->runs; /* far too many if another table was begun: then nothing is news */
  record->replays = 0;
  record->runs = runs;
  if (may_be_alone() && judge(segment, since)) heat_renew(segment->events[0].pc);
}
