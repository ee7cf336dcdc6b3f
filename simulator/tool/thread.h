/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "simulator/model/branches.h"
#include "simulator/model/hierarchy.h"
#include "simulator/model/stream.h"
#include "simulator/tool/segment.h"

/* A row of misses: of each level, then mispredicted branches. */
#define MISS_COLUMNS (SIM_MAX_LEVELS + 1)
#define MISPREDICTED SIM_MAX_LEVELS

/* What cannot be told from how often each segment ran. */
struct misses {
  struct sim_answers answers;
  uint64_t coherence[SIM_KINDS];
  uint64_t invalidating_stores;
  uint64_t returns;
  uint64_t guarded_loads; /* accesses under a condition, counted one by one */
  uint64_t guarded_stores;
};

static inline void count_guarded(struct misses* misses, const struct event* event) {
  ++*(event->kind == EVENT_STORE ? &misses->guarded_stores : &misses->guarded_loads);
}

/* One thread of the program, while it lives and after. */
struct thread {
  struct sim_core* core;
  struct sim_branches* branches;
  UWord values[MOST_VALUES + 1]; /* of the segment that is about to be looked at; and 0, where there is NO_VALUE */
  uint64_t* counts;              /* the part of `where` that is counted now */
  struct misses* misses;         /* of the same part */
  struct thread* next;           /* an older one */
  ThreadId tid;                  /* Valgrind's, given again to another when the thread ends */
  UInt id;                       /* ours: 1 for the first, and so on */
  UInt core_index;
  Bool alive;
  Bool in_kernel; /* in a system call: wants no turn */
  struct {
    uint64_t* counts; /* by the number of the segment: how often it ran */
    struct misses misses;
  } where[2]; /* outside the region, inside */
};

/* The thread that runs now: Valgrind runs one at a time. */
extern struct thread* running;
/* All, the newest first. */
extern struct thread* threads;

/* What the translated code needs lies among the shadows of the thread's registers, where it reaches it without an
   address. */
enum slot {
  SLOT_THREAD,    /* struct thread* */
  SLOT_COUNTS,    /* its counts */
  SLOT_CORE,      /* struct sim_core* */
  SLOT_BRANCHES,  /* struct sim_branches* */
  SLOT_CLOCK,     /* time of the model; goes from thread to thread as they take turns */
  SLOT_WORDS,     /* where the next word is recorded (recorder.h) */
  SLOT_WORDS_END, /* beyond this place, room has to be made first */
  SLOTS
};
/* From the start of the guest's state. */
Int thread_slot_offset(enum slot slot);
void thread_set_slot(ThreadId id, enum slot slot, UWord value);
UWord thread_slot(ThreadId id, enum slot slot);

void threads_create(const struct sim_machine* machine, const struct sim_branch_geometry* branches);
const struct sim_branch_geometry* threads_predictor(void);

void thread_ends(ThreadId id);
/* Also where a thread is first seen. */
void thread_takes_its_turn(ThreadId id);
void thread_gives_up_its_turn(ThreadId id);
/* It is over as soon as it has begun. */
void thread_shorten_turn(ThreadId id);

void thread_enters_kernel(ThreadId id);
void thread_leaves_kernel(ThreadId id);

/* What its core counted goes to the thread that ran. */
void threads_gather(void);

/* From now on all threads count inside the region, or outside. */
void threads_go(Bool inside);

/* After a fork: the other threads are gone, and nothing is counted yet. */
void threads_forked(ThreadId id);

extern struct sim_hierarchy* hierarchy;
/* A core whose filters lead nowhere: the times of a segment that was looked at by the model go there. */
extern struct sim_core* no_core;
