#include "simulator/model/stream.h"

#include "simulator/model/access.h"
#include "simulator/model/settle.h"
#include "simulator/model/word.h"

static inline void note(struct sim_stream_counts* counts, enum sim_kind kind, struct sim_outcome outcome) {
  for (uint32_t level = 0; level < outcome.served_by; ++level) ++counts->misses[level][kind];
  if (outcome.translated_by == SIM_FIRST_TLB) return;
  ++counts->first_tlb_misses[kind];
  counts->page_walks[kind] += outcome.translated_by == SIM_PAGE_WALK;
}

/* Data may have pushed out the line that the next instruction comes from, where a level of cache includes those above
   it. Else one more fetch from it changes nothing. */
static __attribute__((noinline)) void fetch_again(struct sim_stream* stream, const uint64_t* begin,
                                                  const uint64_t* word, uint64_t now) {
  while (word > begin && sim_word_kind(word[-1]) != SIM_FETCH) --word;
  const uint64_t fetch = word > begin ? word[-1] : stream->last_fetch;
  const uint64_t address = sim_word_address(fetch) + sim_word_last(fetch);
  const uint64_t between = now + SIM_TICK / 2;
  note(&stream->counts, SIM_FETCH, sim_access_at(stream->core, SIM_FETCH, address, 1, address, between));
  stream->core->code_is_lost = 0;
}

static __attribute__((noinline)) void replay_one(struct sim_stream* stream, uint64_t word, uint64_t now) {
  const enum sim_kind kind = sim_word_kind(word);
  const uint64_t address = sim_word_address(word);
  note(&stream->counts, kind, sim_access_at(stream->core, kind, address, sim_word_last(word) + 1, 0, now));
}

/* Of any machine. */
static uint64_t replay_each(struct sim_stream* stream, const uint64_t* begin, const uint64_t* end, uint64_t now) {
  for (const uint64_t* at = begin; at < end; ++at, now += SIM_TICK) {
    const uint64_t word = *at;
    if (!sim_settle(stream->core, sim_word_kind(word), sim_word_address(word), sim_word_last(word) + 1, now))
      replay_one(stream, word, now);
    if (stream->core->code_is_lost && word & SIM_WORD_AGAIN) fetch_again(stream, begin, at, now);
  }
  return now;
}

static __attribute__((noinline)) void replay_line(struct sim_stream* stream, enum sim_kind kind, uint64_t line,
                                                  uint64_t now) {
  const uint32_t served_by = sim_refer_plain(stream->core, kind, line, now);
  for (uint32_t level = 0; level < served_by; ++level) ++stream->counts.misses[level][kind];
}

/* Of the simplest case, sim_hierarchy.plain, without a TLB. A line's length is a constant for the compiler. */
static inline __attribute__((always_inline)) uint64_t replay_plain(struct sim_stream* stream, const uint64_t* begin,
                                                                   const uint64_t* end, uint64_t now,
                                                                   uint32_t line_bits) {
  struct sim_core* const core = stream->core;
  for (const uint64_t* at = begin; at < end; ++at, now += SIM_TICK) {
    const uint64_t word = *at;
    const struct sim_filter* const filter = core->filters[sim_word_kind(word)];
    const uint64_t line = sim_word_address(word) >> line_bits;
    const uint64_t last = (sim_word_address(word) + sim_word_last(word)) >> line_bits;
    uint64_t* const time = sim_filter_find(filter, line);
    if (__builtin_expect(!time, 0)) {
      if (last == line) {
        replay_line(stream, sim_word_kind(word), line, now);
      } else {
        replay_one(stream, word, now);
      }
    } else if (last == line) {
      *time = now;
    } else {
      uint64_t* const last_time = sim_filter_find(filter, line + 1);
      if (last == line + 1 && last_time) {
        *time = now;
        *last_time = now + SIM_TICK_OF_LINE;
      } else {
        replay_one(stream, word, now);
      }
    }
  }
  return now;
}

static void keep_last_fetch(struct sim_stream* stream, const uint64_t* begin, const uint64_t* end) {
  while (end > begin && sim_word_kind(end[-1]) != SIM_FETCH) --end;
  if (end > begin) stream->last_fetch = end[-1];
}

#define USUAL_LINE_BITS 6

void sim_stream_replay(struct sim_stream* stream, const uint64_t* words, uint64_t count) {
  const struct sim_core* const core = stream->core;
  struct sim_hierarchy* const hierarchy = core->hierarchy;
  const uint64_t* const end = words + count;
  const bool plain = hierarchy->plain == core && core->tlb.small.sets == 0 && !hierarchy->including;
  if (!plain) {
    hierarchy->clock = replay_each(stream, words, end, hierarchy->clock);
  } else if (core->line_bits == USUAL_LINE_BITS) {
    hierarchy->clock = replay_plain(stream, words, end, hierarchy->clock, USUAL_LINE_BITS);
  } else {
    hierarchy->clock = replay_plain(stream, words, end, hierarchy->clock, core->line_bits);
  }
  if (hierarchy->including) keep_last_fetch(stream, words, end);
}
