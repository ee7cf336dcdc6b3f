#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The last words of a stream, in a ring. Their places are counted from the stream's first word. */
struct sim_history {
  uint64_t* words;
  uint64_t size;  /* a power of two */
  uint64_t place; /* of the next word; grows for ever */
};

static inline uint64_t* sim_history_at(const struct sim_history* history, uint64_t place) {
  return history->words + (place & (history->size - 1));
}

/* Words from a place on that lie in a row, `most` or fewer. */
static inline uint64_t sim_history_row(const struct sim_history* history, uint64_t place, uint64_t most) {
  const uint64_t row = history->size - (place & (history->size - 1));
  return row < most ? row : most;
}

void sim_history_append(struct sim_history* history, const uint64_t* words, uint64_t count);

/* How many of `words`, from the first on, are those from `place` on. */
uint64_t sim_history_equal(const struct sim_history* history, uint64_t place, const uint64_t* words, uint64_t count);

/* How many words from one place on, up to `most`, are those from another on. */
uint64_t sim_history_same(const struct sim_history* history, uint64_t one, uint64_t other, uint64_t most);

#ifdef __cplusplus
}
#endif
