#include "simulator/model/period.h"

static void count(struct sim_period* period, uint64_t* counter) {
  period->counters[period->counter_count++] = counter;
}

static void count_all(struct sim_period* period, uint64_t* first, uint32_t counters) {
  for (uint32_t i = 0; i < counters; ++i) count(period, first + i);
}

static void count_cache(struct sim_period* period, struct sim_cache_counts* counts) {
  count_all(period, &counts->evictions, sizeof *counts / sizeof(uint64_t));
}

static void count_caches(struct sim_period* period, const struct sim_core* core) {
  for (uint32_t level = 0; level < core->hierarchy->machine.level_count; ++level) {
    count_cache(period, &core->path[SIM_DATA][level]->cache.counts);
    if (core->path[SIM_CODE][level] != core->path[SIM_DATA][level])
      count_cache(period, &core->path[SIM_CODE][level]->cache.counts);
  }
}

void sim_period_create(struct sim_period* period, struct sim_stream* stream) {
  struct sim_answers* const answers = &stream->answers;
  struct sim_core* const core = stream->core;
  *period = (struct sim_period){.stream = stream};
  count_all(period, &answers->misses[0][0], SIM_MAX_LEVELS * SIM_KINDS);
  count_all(period, answers->first_tlb_misses, SIM_KINDS);
  count_all(period, answers->page_walks, SIM_KINDS);
  count_all(period, &core->misses[0][0], SIM_MAX_LEVELS * SIM_KINDS);
  count_caches(period, core);
  count(period, &core->hierarchy->memory_reads);
  count(period, &core->hierarchy->memory_writes);
  count(period, &core->tlb.first_misses);
  count(period, &core->tlb.walks);
}

static const struct sim_memory* memory_of(const struct sim_period* period) {
  return &period->stream->core->hierarchy->memory;
}

void sim_period_destroy(struct sim_period* period) {
  if (period->runs) memory_of(period)->release(memory_of(period)->context, period->runs);
  period->runs = 0;
  period->room = 0;
}

/* Half as many again, for segments that are still to come. */
static void make_room(struct sim_period* period, uint64_t segments) {
  if (segments <= period->room) return;
  sim_period_destroy(period);
  period->room = segments + segments / 2;
  period->runs = memory_of(period)->allocate(memory_of(period)->context, period->room * sizeof(uint64_t));
}

static uint64_t accesses_so_far(const struct sim_period* period) {
  return period->stream->core->hierarchy->clock / SIM_TICK;
}

/* In a period that repeats another no segment is new: there are as many at its end. */
void sim_period_begin(struct sim_period* period) {
  const struct sim_stream* const stream = period->stream;
  make_room(period, stream->segments);
  for (uint32_t i = 0; i < period->counter_count; ++i) period->numbers[i] = *period->counters[i];
  period->segments = stream->segments;
  for (uint64_t i = 0; i < period->segments; ++i) period->runs[i] = stream->runs[i];
  period->accesses = accesses_so_far(period);
  sim_period_begin_branches(period);
}

void sim_period_end(struct sim_period* period) {
  for (uint32_t i = 0; i < period->counter_count; ++i) period->numbers[i] = *period->counters[i] - period->numbers[i];
  for (uint64_t i = 0; i < period->segments; ++i) period->runs[i] = period->stream->runs[i] - period->runs[i];
  period->accesses = accesses_so_far(period) - period->accesses;
}

void sim_period_add(const struct sim_period* period, uint64_t times) {
  for (uint32_t i = 0; i < period->counter_count; ++i) *period->counters[i] += times * period->numbers[i];
  for (uint64_t i = 0; i < period->segments; ++i) period->stream->runs[i] += times * period->runs[i];
}

void sim_period_begin_branches(struct sim_period* period) {
  period->conditional_misses = period->stream->answers.conditional_misses;
  period->indirect_misses = period->stream->answers.indirect_misses;
}

void sim_period_end_branches(struct sim_period* period) {
  period->conditional_misses = period->stream->answers.conditional_misses - period->conditional_misses;
  period->indirect_misses = period->stream->answers.indirect_misses - period->indirect_misses;
}

void sim_period_add_branches(const struct sim_period* period, uint64_t times) {
  period->stream->answers.conditional_misses += times * period->conditional_misses;
  period->stream->answers.indirect_misses += times * period->indirect_misses;
}
