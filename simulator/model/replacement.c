#include "simulator/model/replacement.h"

uint32_t sim_least_recent(const uint64_t* times, uint32_t ways) {
  uint32_t oldest = 0;
  uint64_t oldest_time = times[0];
  for (uint32_t way = 1; way < ways; ++way) {
    const uint64_t time = times[way];
    oldest = time < oldest_time ? way : oldest;
    oldest_time = time < oldest_time ? time : oldest_time;
  }
  return oldest;
}

struct half {
  uint64_t newest;
  uint32_t victim;
};

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
  return node(times, 0, ways).victim;
}

uint32_t sim_next_random(uint32_t* state) {
  *state = (uint32_t)((uint64_t)*state * 48271 % 2147483647);
  return *state;
}
