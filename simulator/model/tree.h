#pragma once

#include <stdint.h>

/* Tree-PLRU over a power of two of ways in the bits of a word. The nodes have the numbers of a heap: 1 is the root, and
   below n are 2 n and 2 n + 1, which stand for ways from the number of ways on. A node's bit says which half the search
   for a victim goes to: 1 for the second. */
#define SIM_TREE_MAX_WAYS 64

/* Every node above a way points away from it. */
static inline void sim_tree_use(uint64_t* tree, uint32_t ways, uint32_t way) {
  uint64_t bits = *tree;
  for (uint32_t node = ways + way; node > 1; node /= 2) {
    const uint32_t above = node / 2;
    bits = (bits & ~(UINT64_C(1) << above)) | (uint64_t)(~node & 1) << above;
  }
  *tree = bits;
}

static inline uint32_t sim_tree_choose(uint64_t tree, uint32_t ways) {
  uint32_t node = 1;
  while (node < ways) node = 2 * node + (uint32_t)(tree >> node & 1);
  return node - ways;
}
