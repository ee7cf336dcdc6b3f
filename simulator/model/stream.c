#include "simulator/model/stream.h"

#include "simulator/model/access.h"
#include "simulator/model/settle.h"

void sim_answers_add(struct sim_answers* answers, const struct sim_answers* more) {
  for (uint32_t kind = 0; kind < SIM_KINDS; ++kind) {
    for (uint32_t level = 0; level < SIM_MAX_LEVELS; ++level) answers->misses[level][kind] += more->misses[level][kind];
    answers->first_tlb_misses[kind] += more->first_tlb_misses[kind];
    answers->page_walks[kind] += more->page_walks[kind];
  }
  answers->conditional_misses += more->conditional_misses;
  answers->indirect_misses += more->indirect_misses;
}

/* Data may have pushed out the line that the next instruction comes from, where a level of cache includes those above
   it. Else one more fetch from it changes nothing. */
static __attribute__((noinline)) void fetch_again(struct sim_stream* stream, const struct sim_segment* segment,
                                                  const struct sim_planned_access* after, uint64_t now) {
  const struct sim_planned_access* fetch = after;
  while (fetch > segment->accesses && fetch->kind != SIM_FETCH) --fetch;
  const uint64_t address = fetch->offset + fetch->last;
  const uint64_t between = now + SIM_TICK / 2;
  sim_answers_note(&stream->answers, SIM_FETCH, sim_access_at(stream->core, SIM_FETCH, address, 1, address, between));
  stream->core->code_is_lost = 0;
}

static __attribute__((noinline)) void replay_unsettled(struct sim_stream* stream,
                                                       const struct sim_planned_access* access, uint64_t address,
                                                       uint64_t now) {
  const enum sim_kind kind = (enum sim_kind)access->kind;
  sim_answers_note(&stream->answers, kind,
                   sim_access_unsettled(stream->core, kind, address, access->last + 1U, 0, now));
}

typedef void replay_access(struct sim_stream* stream, const struct sim_segment* segment,
                           const struct sim_planned_access* access, uint64_t address, uint64_t now);

/* Of any machine. */
static inline __attribute__((always_inline)) void replay_any(struct sim_stream* stream,
                                                             const struct sim_segment* segment,
                                                             const struct sim_planned_access* access, uint64_t address,
                                                             uint64_t now) {
  if (!sim_settle(stream->core, (enum sim_kind)access->kind, address, access->last + 1U, now))
    replay_unsettled(stream, access, address, now);
  if (stream->core->code_is_lost && access->again) fetch_again(stream, segment, access, now);
}

static __attribute__((noinline)) void replay_line(struct sim_stream* stream, enum sim_kind kind, uint64_t line,
                                                  uint64_t now) {
  const struct sim_outcome outcome = {sim_refer_plain(stream->core, kind, line, now), SIM_FIRST_TLB};
  sim_answers_note(&stream->answers, kind, outcome);
}

static __attribute__((noinline)) void replay_lines(struct sim_stream* stream, const struct sim_planned_access* access,
                                                   uint64_t address, uint64_t now) {
  const uint64_t end = address + access->last;
  if (!sim_settle_two_lines(stream->core, (enum sim_kind)access->kind, address, end, now))
    replay_unsettled(stream, access, address, now);
}

#define USUAL_LINE_BITS 6

/* Of the simplest case, sim_hierarchy.plain, without a TLB, and with lines of a length that the compiler knows. */
static inline __attribute__((always_inline)) void replay_plain(struct sim_stream* stream,
                                                               const struct sim_segment* segment,
                                                               const struct sim_planned_access* access,
                                                               uint64_t address, uint64_t now) {
  (void)segment;
  const enum sim_kind kind = (enum sim_kind)access->kind;
  const uint64_t line = address >> USUAL_LINE_BITS;
  uint64_t* const time = sim_filter_find(stream->core->filters[kind], line);
  if (__builtin_expect((address + access->last) >> USUAL_LINE_BITS != line, 0)) {
    replay_lines(stream, access, address, now);
  } else if (__builtin_expect(time != 0, 1)) {
    *time = now;
  } else {
    replay_line(stream, kind, line, now);
  }
}

static inline void teach(struct sim_stream* stream, const struct sim_segment* segment, const uint64_t* run) {
  struct sim_answers* const answers = &stream->answers;
  if (segment->branch == SIM_CONDITIONAL) {
    answers->conditional_misses += sim_counter_missed(stream->branches, segment->pc, sim_is_taken(run[0]));
  } else if (segment->branch == SIM_INDIRECT) {
    answers->indirect_misses += sim_indirect_missed(stream->branches, segment->pc, run[segment->target]);
  }
}

static inline __attribute__((always_inline)) uint64_t make_accesses(struct sim_stream* stream,
                                                                    const struct sim_segment* segment,
                                                                    const uint64_t* run, replay_access* replay,
                                                                    uint64_t now) {
  const struct sim_planned_access* const end = segment->accesses + segment->access_count;
  for (const struct sim_planned_access* access = segment->accesses; access < end; ++access, now += SIM_TICK)
    replay(stream, segment, access, sim_planned_address(access, run), now);
  return now;
}

/* Returns where the first run begins that does not end before `end`. */
static inline __attribute__((always_inline)) const uint64_t* replay_runs(struct sim_stream* stream, const uint64_t* run,
                                                                         const uint64_t* end, enum sim_parts parts,
                                                                         replay_access* replay) {
  uint64_t now = stream->core->hierarchy->clock;
  while (run < end) {
    const struct sim_segment* const segment = sim_segment_of(run[0]);
    if (segment->words > (uint64_t)(end - run)) break;
    if (parts & SIM_BRANCHES) teach(stream, segment, run);
    if (parts & SIM_ACCESSES) {
      ++stream->runs[segment->number];
      now = make_accesses(stream, segment, run, replay, now);
    }
    run += segment->words;
  }
  stream->core->hierarchy->clock = now;
  return run;
}

static const uint64_t* replay_those_that_end(struct sim_stream* stream, enum sim_parts parts, const uint64_t* words,
                                             const uint64_t* end) {
  const struct sim_core* const core = stream->core;
  const bool plain = core->hierarchy->plain == core && core->tlb.small.sets == 0 && !core->hierarchy->including;
  if (parts == SIM_BRANCHES) return replay_runs(stream, words, end, SIM_BRANCHES, replay_any);
  if (parts == SIM_ACCESSES) return replay_runs(stream, words, end, SIM_ACCESSES, replay_any);
  if (plain && core->line_bits == USUAL_LINE_BITS) return replay_runs(stream, words, end, SIM_WHOLE_RUNS, replay_plain);
  return replay_runs(stream, words, end, SIM_WHOLE_RUNS, replay_any);
}

static bool has_ended(const struct sim_stream* stream) {
  return stream->begun_count > 0 && stream->begun_count == sim_segment_of(stream->begun[0])->words;
}

/* Returns where the words of the next run begin. */
static const uint64_t* go_on(struct sim_stream* stream, enum sim_parts parts, const uint64_t* words,
                             const uint64_t* end) {
  while (words < end && !has_ended(stream)) stream->begun[stream->begun_count++] = *words++;
  if (has_ended(stream)) {
    replay_those_that_end(stream, parts, stream->begun, stream->begun + stream->begun_count);
    stream->begun_count = 0;
  }
  return words;
}

void sim_stream_replay(struct sim_stream* stream, enum sim_parts parts, const uint64_t* words, uint64_t count) {
  const uint64_t* const end = words + count;
  if (stream->begun_count > 0) words = go_on(stream, parts, words, end);
  words = replay_those_that_end(stream, parts, words, end);
  while (words < end) stream->begun[stream->begun_count++] = *words++;
}
