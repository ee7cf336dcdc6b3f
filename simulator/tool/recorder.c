/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/recorder.h"

#include "pub_tool_aspacemgr.h"
#include "pub_tool_vki.h"
#include "pub_tool_vkiscnums.h"
#include "simulator/model/repeats.h"
#include "simulator/model/word.h"
#include "simulator/tool/core.h"
#include "simulator/tool/options.h"
#include "simulator/tool/thread.h"

/* As many words as stay in a first cache of most hosts. */
#define BUFFER_WORDS 4096

#define MADV_HUGEPAGE 14 /* of Linux, on every processor */

Bool recording;

static UWord buffer[BUFFER_WORDS];
static UInt count;           /* words in it, while no turn is on */
static struct thread* owner; /* whose they are */
static UWord* history;       /* as many words as the longest period that can be known */
static struct sim_stream stream;
static struct sim_stream_counts told; /* of the stream's counts, to the threads */
static struct sim_repeats repeats;

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

static void tell(ULong* to, uint64_t* known, const uint64_t* now, UInt numbers) {
  for (UInt i = 0; i < numbers; ++i) {
    to[i] += now[i] - known[i];
    known[i] = now[i];
  }
}

static void tell_thread(void) {
  struct misses* const misses = owner->misses;
  tell(&misses->of_level[0][0], &told.misses[0][0], &stream.counts.misses[0][0], SIM_MAX_LEVELS * SIM_KINDS);
  tell(misses->of_first_tlb, told.first_tlb_misses, stream.counts.first_tlb_misses, SIM_KINDS);
  tell(misses->page_walks, told.page_walks, stream.counts.page_walks, SIM_KINDS);
}

/* As long as one core is all that there is, nobody else changes what its caches hold. */
static Bool is_alone(void) {
  return owner->core == stream.core && hierarchy->active_count == 1 && hierarchy->active[0] == stream.core;
}

static void simulate_beside_repeats(void) {
  struct sim_core* const first = stream.core;
  sim_repeats_settle(&repeats);
  stream.core = owner->core;
  sim_stream_replay(&stream, buffer, count);
  stream.core = first;
}

/* To translate all code again does not pay as long as much of it is new: so many segments in a history. */
#define NEW_SEGMENTS 2000

static Bool code_is_known; /* as of the last time that was looked at */

static void look_for_new_code(void) {
  static ULong place;
  static UInt segments;
  if (repeats.place < place + history_words()) return;
  code_is_known = segments_known() < segments + NEW_SEGMENTS;
  segments = segments_known();
  place = repeats.place;
}

static void simulate(void) {
  if (count == 0) return;
  if (!stream.core) {
    stream.core = owner->core;
    sim_repeats_create(&repeats, &stream, history, history_words());
  }
  if (is_alone()) {
    sim_repeats_take(&repeats, buffer, count);
  } else {
    simulate_beside_repeats();
  }
  count = 0;
  tell_thread();
  look_for_new_code();
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
  const struct event* const event = segment->events;
  count_guarded(running->misses, event);
  UWord* const word = (UWord*)thread_slot(running->tid, SLOT_WORDS);
  *word = (address << SIM_WORD_SHIFT) + sim_word_of((enum sim_kind)event->kind, False, event->bytes);
  thread_set_slot(running->tid, SLOT_WORDS, (UWord)(word + 1));
}

static Bool is_worth_it(void) {
  return !stream.core || hierarchy->active_count == 0 ||
         (is_alone() && (sim_repeats_is_promising(&repeats) || !code_is_known));
}

void recorder_turn_begins(void) {
  if (!recording) return;
  if (owner != running) simulate();
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
  if (!stream.core) return;
  sim_repeats_settle(&repeats);
  tell_thread();
}

ULong recorder_repeated(void) {
  return repeats.skipped;
}
