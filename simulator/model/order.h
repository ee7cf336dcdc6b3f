#pragma once

#include <stdint.h>

/* The ways of a set in order of use, as a ring of links: the way last used, then the next and the previous of each way,
   a byte each. Before the way last used comes the one used longest ago, so that in a miss, which uses that one, the
   ring only turns: one byte is written, whatever the number of ways. */
#define SIM_ORDER_MAX_WAYS 128

/* Bytes that the order of so many ways takes. */
static inline uint32_t sim_order_bytes(uint32_t ways) {
  return 1 + 2 * ways;
}

static inline void sim_order_create(uint8_t* order, uint32_t ways) {
  for (uint32_t way = 0; way < ways; ++way) {
    order[1 + way] = (uint8_t)(way + 1 < ways ? way + 1 : 0);
    order[1 + ways + way] = (uint8_t)(way > 0 ? way - 1 : ways - 1);
  }
  order[0] = 0;
}

/* The way used longest ago; the one used next longest ago comes before it. */
static inline uint32_t sim_order_last(const uint8_t* order, uint32_t ways) {
  return order[1 + ways + order[0]];
}

static inline uint32_t sim_order_before(const uint8_t* order, uint32_t ways, uint32_t way) {
  return order[1 + ways + way];
}

static inline void sim_order_use(uint8_t* order, uint32_t ways, uint32_t way) {
  uint8_t* const next = order + 1;
  uint8_t* const previous = next + ways;
  const uint8_t first = order[0];
  if (way == first) return;
  const uint8_t last = previous[first];
  if (way != last) {
    next[previous[way]] = next[way];
    previous[next[way]] = previous[way];
    next[last] = (uint8_t)way;
    previous[way] = last;
    next[way] = first;
    previous[first] = (uint8_t)way;
  }
  order[0] = (uint8_t)way;
}

/* Makes a way the one used longest ago. */
static inline void sim_order_put_last(uint8_t* order, uint32_t ways, uint32_t way) {
  sim_order_use(order, ways, way);
  order[0] = order[1 + way];
}
