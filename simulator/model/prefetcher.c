#include "simulator/model/prefetcher.h"

/* The distance between the lines to bring, or 0. */
static int64_t learn(struct sim_stride_entry* entry, uint64_t line, uint64_t pc) {
  if (entry->pc != pc || entry->line == SIM_EMPTY) {
    *entry = (struct sim_stride_entry){.pc = pc, .line = line};
    return 0;
  }
  const int64_t stride = (int64_t)(line - entry->line);
  if (stride == 0) return 0;
  entry->line = line;
  if (stride != entry->stride) {
    entry->stride = stride;
    entry->confidence = 0;
    return 0;
  }
  if (entry->confidence < SIM_STRIDE_CONFIDENCE) ++entry->confidence;
  return entry->confidence == SIM_STRIDE_CONFIDENCE ? stride : 0;
}

uint32_t sim_prefetcher_observe(struct sim_prefetcher* prefetcher, uint64_t line, uint64_t pc, bool news,
                                uint64_t lines[SIM_MAX_DEGREE]) {
  int64_t step = 0;
  if (prefetcher->kind == SIM_NEXT_LINE && news) step = 1;
  if (prefetcher->kind == SIM_STRIDE) step = learn(&prefetcher->entries[pc % SIM_STRIDE_ENTRIES], line, pc);
  if (step == 0) return 0;
  uint32_t count = 0;
  for (uint64_t next = line + (uint64_t)step; count < prefetcher->degree; next += (uint64_t)step) {
    if (next / prefetcher->lines_in_page != line / prefetcher->lines_in_page) break;
    lines[count++] = next;
  }
  return count;
}
