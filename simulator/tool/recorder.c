/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/recorder.h"

#include "pub_tool_aspacemgr.h"
#include "pub_tool_vki.h"
#include "pub_tool_vkiscnums.h"
#include "simulator/model/repeats.h"
#include "simulator/tool/core.h"
#include "simulator/tool/options.h"
#include "simulator/tool/plan.h"
#include "simulator/tool/thread.h"

/* As many words as stay in a first cache of most hosts. */
#define BUFFER_WORDS 2048

#define MADV_HUGEPAGE 14 /* of Linux, on every processor */

Bool recording;

static UWord buffer[BUFFER_WORDS];
static UInt count;           /* words in it, while no turn is on */
static struct thread* owner; /* whose they are */
static UWord* history;       /* as many words as the longest period that can be known */
static struct sim_stream stream;
static struct sim_repeats repeats;
static struct sim_core* first; /* the core that repeats are looked for on; null: nothing has come yet */

static SizeT history_words(void) {
  return (SizeT)1 << options.history_bits;
}

void recorder_create(void) {
  recording = options.repeats && options.attribution == ATTRIBUTE_NOTHING && sim_snapshot_is_possible(hierarchy->cores);
  if (!recording) return;
  /* It costs nothing until it is written to. */
  history = VG_(am_shadow_alloc)(history_words() * sizeof(UWord));
  if (!history) {
    recording = False;
    return;
  }
  /* Only a wish, without which it takes longer: whether the kernel grants it does not matter. */
  VG_(do_syscall)(__NR_madvise, (RegWord)history, history_words() * sizeof(UWord), MADV_HUGEPAGE, 0, 0, 0);
}

static void tell_thread(void) {
  sim_answers_add(&owner->misses->answers, &stream.answers);
  stream.answers = (struct sim_answers){0};
}

/* As long as one core is all that there is, nobody else changes what its caches hold. */
static Bool is_alone(void) {
  return owner->core == first && hierarchy->active_count == 1 && hierarchy->active[0] == first;
}

static void listen_to_owner(void) {
  stream.core = owner->core;
  stream.branches = owner->branches;
  stream.runs = owner->counts;
  stream.segments = segments_known();
}

static void simulate(void) {
  if (count == 0) return;
  listen_to_owner();
  if (!first) {
    first = owner->core;
    sim_repeats_create(&repeats, &stream, history, history_words());
  }
  if (is_alone()) {
    sim_repeats_take(&repeats, buffer, count);
  } else {
    sim_stream_replay(&stream, SIM_WHOLE_RUNS, buffer, count);
  }
  count = 0;
}

static void go_on(void) {
  thread_set_slot(running->tid, SLOT_WORDS, (UWord)(buffer + count));
  thread_set_slot(running->tid, SLOT_WORDS_END, (UWord)(buffer + BUFFER_WORDS - ROOM_WORDS));
  thread_set_slot(running->tid, SLOT_CLOCK, hierarchy->clock);
}

static void note_count(void) {
  count = (UInt)((const UWord*)thread_slot(running->tid, SLOT_WORDS) - buffer);
}

void recorder_make_room(void) {
  note_count();
  simulate();
  go_on();
}

VG_REGPARM(2) void recorder_note_guarded(const struct segment* segment, Addr address) {
  count_guarded(running->misses, segment->events);
  UWord* const words = (UWord*)thread_slot(running->tid, SLOT_WORDS);
  words[0] = sim_head(segment->plan);
  words[1] = address;
  thread_set_slot(running->tid, SLOT_WORDS, (UWord)(words + GUARDED_WORDS));
}

/* As much is lost by recording so many words as it takes to translate a segment anew. */
#define WORDS_TO_ONE_SEGMENT 2000

static Bool is_worth_it(void) {
  if (!first || hierarchy->active_count == 0) return True;
  return is_alone() &&
         (sim_repeats_is_promising(&repeats) || repeats.idle < (ULong)WORDS_TO_ONE_SEGMENT * segments_known());
}

void recorder_turn_begins(void) {
  if (!recording) return;
  if (owner != running) recorder_settle();
  owner = running;
  go_on();
  if (!is_worth_it()) thread_shorten_turn(running->tid);
}

void recorder_turn_ends(void) {
  if (recording) note_count();
}

static void stop(void) {
  recorder_settle();
  recording = False;
  sim_repeats_destroy(&repeats);
  VG_(am_munmap_valgrind)((Addr)history, history_words() * sizeof(UWord));
  VG_(discard_translations)(1, ~0ULL - 1, "countercheck");
}

void recorder_turn_is_over(void) {
  if (recording && !is_worth_it()) stop();
}

void recorder_settle(void) {
  if (!recording) return;
  simulate();
  if (!first) return;
  sim_repeats_settle(&repeats);
  tell_thread();
}

void recorder_forked(void) {
  repeats.repeated_accesses = 0;
}

ULong recorder_repeated(void) {
  return repeats.repeated_accesses;
}
