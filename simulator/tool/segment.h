/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "pub_tool_hashtable.h"

/* A segment is a run of translated instructions that is left only at its end: a whole block of code, or the part of it
   up to the next conditional exit. What it does is known when it is translated; only the addresses are not. So it is
   counted with one word, and its accesses are looked at together. */

enum event_kind {
  EVENT_FETCH,
  EVENT_LOAD,
  EVENT_STORE,
  EVENT_CONDITIONAL,
  EVENT_INDIRECT,
  EVENT_PREDICTED, /* a branch whose predictor the translated code calls itself */
};

#define MOST_EVENTS 96
#define MOST_VALUES 40
#define NO_VALUE MOST_VALUES /* the address is `offset` alone */

/* One thing that the model has to know of, in the order of the program. */
struct event {
  Addr pc;
  Long offset;  /* from the value; of a fetch: the address */
  UShort bytes; /* 0 for a branch */
  UChar kind;   /* enum event_kind */
  UChar value;  /* number of the run-time value: a base address, a condition, a target */
  Int to_next;  /* of a load or store: how far from `pc` the next instruction is, if it comes from the line fetched
                   last and no event tells of it; else 0 */
};

static inline Bool event_is_access(const struct event* event) {
  return event->kind == EVENT_LOAD || event->kind == EVENT_STORE;
}

/* What one execution adds to the counts. */
struct tally {
  UInt instructions;
  UInt loads;
  UInt stores;
  UInt conditional;
  UInt indirect;
  UInt returns;
  UInt direct;
};

struct group;
struct step_record;
struct sim_segment;

struct segment {
  VgHashNode node; /* by the address of its first instruction */
  UInt number;     /* of its word in a table of counts */
  UInt event_count;
  UInt group_count;
  UInt observed;               /* runs that were left to the model, as far as they were watched */
  struct step_record* records; /* steps.h */
  struct group* groups;        /* groups.h */
  struct tally tally;
  struct sim_tage_branch* branch; /* of the conditional branch at its end, where TAGE is asked; else null */
  ULong* missed;                  /* for each event a row of MISS_COLUMNS; null unless misses are attributed */
  struct sim_segment* plan;       /* what the recorder tells the model of it (plan.h); null until it does */
  struct event events[];
};

/* The branch that ends it; null where none does. */
static inline const struct event* segment_branch(const struct segment* segment) {
  if (segment->event_count == 0) return NULL;
  const struct event* const last = &segment->events[segment->event_count - 1];
  return last->kind >= EVENT_CONDITIONAL ? last : NULL;
}

/* Its events but for the branch. */
static inline UInt segment_accesses(const struct segment* segment) {
  return segment->event_count - (segment_branch(segment) ? 1 : 0);
}

#define MOST_SEGMENTS (1u << 23)

/* The segment with these parts: the one that was made of the same code before, or a new one. */
struct segment* segment_of(Addr pc, const struct tally* tally, const struct event* events, UInt event_count);

UInt segments_known(void);
struct segment* segment_numbered(UInt number);
