#include "simulator/model/history.h"

void sim_history_append(struct sim_history* history, const uint64_t* words, uint64_t count) {
  for (uint64_t done = 0; done < count;) {
    const uint64_t row = sim_history_row(history, history->place, count - done);
    uint64_t* const to = sim_history_at(history, history->place);
    for (uint64_t i = 0; i < row; ++i) to[i] = words[done + i];
    done += row;
    history->place += row;
  }
}

/* The history comes from memory, and what it is compared with was written just now. */
#define WORDS_AHEAD 256

typedef uint64_t sim_pair __attribute__((vector_size(16), aligned(8), may_alias));

/* How many words are equal, from the first on. */
static uint64_t equal_words(const uint64_t* then, const uint64_t* now, uint64_t count) {
  uint64_t i = 0;
  for (; i + 8 <= count; i += 8) {
    __builtin_prefetch(then + i + WORDS_AHEAD);
    const sim_pair* const a = (const sim_pair*)(then + i);
    const sim_pair* const b = (const sim_pair*)(now + i);
    const sim_pair differ = (a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3]);
    if ((differ[0] | differ[1]) != 0) break;
  }
  while (i < count && then[i] == now[i]) ++i;
  return i;
}

uint64_t sim_history_equal(const struct sim_history* history, uint64_t place, const uint64_t* words, uint64_t count) {
  for (uint64_t done = 0; done < count;) {
    const uint64_t row = sim_history_row(history, place + done, count - done);
    const uint64_t equal = equal_words(sim_history_at(history, place + done), words + done, row);
    done += equal;
    if (equal < row) return done;
  }
  return count;
}

uint64_t sim_history_same(const struct sim_history* history, uint64_t one, uint64_t other, uint64_t most) {
  uint64_t same = 0;
  while (same < most && *sim_history_at(history, one + same) == *sim_history_at(history, other + same)) ++same;
  return same;
}
