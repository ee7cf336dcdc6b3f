#include "simulator/model/replacement.h"

#include <stdbool.h>

struct half {
  uint64_t newest;
  uint32_t victim;
};

static inline uint64_t later(uint64_t a, uint64_t b) {
  return a > b ? a : b;
}

/* Most first levels: from the root down, without a branch. */
static uint32_t victim_of_eight(const uint64_t* times) {
  const uint64_t first_half = later(later(times[0], times[1]), later(times[2], times[3]));
  const uint64_t second_half = later(later(times[4], times[5]), later(times[6], times[7]));
  uint32_t way = first_half < second_half ? 0 : 4;
  way += later(times[way], times[way + 1]) < later(times[way + 2], times[way + 3]) ? 0 : 2;
  return way + (times[way] < times[way + 1] ? 0 : 1);
}

/* Where every node has equal halves, the tree is folded level by level. */
#define FOLDED_WAYS 64

static uint32_t folded_victim(const uint64_t* times, uint32_t ways) {
  uint64_t newest[FOLDED_WAYS];
  uint32_t victims[FOLDED_WAYS];
  for (uint32_t way = 0; way < ways; way += 2) {
    const bool left = times[way] < times[way + 1];
    newest[way / 2] = left ? times[way + 1] : times[way];
    victims[way / 2] = left ? way : way + 1;
  }
  for (uint32_t nodes = ways / 2; nodes > 1; nodes /= 2) {
    for (uint32_t i = 0; i < nodes; i += 2) {
      /* All that is read here was written in the round before. NOLINTNEXTLINE(clang-analyzer-core.*) */
      const bool left = newest[i] < newest[i + 1];
      newest[i / 2] = left ? newest[i + 1] : newest[i];
      victims[i / 2] = left ? victims[i] : victims[i + 1];
    }
  }
  return victims[0];
}

/* A node sends the search into the half that was used less recently; its own newest time decides one node up. */
static struct half node(const uint64_t* times, uint32_t first, uint32_t ways) {
  if (ways == 1) return (struct half){times[first], first};
  const uint32_t left_ways = (ways + 1) / 2;
  const struct half left = node(times, first, left_ways);
  const struct half right = node(times, first + left_ways, ways - left_ways);
  if (left.newest < right.newest) return (struct half){right.newest, left.victim};
  return (struct half){left.newest, right.victim};
}

uint32_t sim_tree_victim(const uint64_t* times, uint32_t ways) {
  if (ways == 8) return victim_of_eight(times);
  const bool equal_halves = (ways & (ways - 1)) == 0;
  return equal_halves && ways > 1 && ways <= FOLDED_WAYS ? folded_victim(times, ways) : node(times, 0, ways).victim;
}

uint32_t sim_next_random(uint32_t* state) {
  *state = (uint32_t)((uint64_t)*state * 48271 % 2147483647);
  return *state;
}
