#include "simulator/model/tage.h"

#include "simulator/model/counter.h"
#include "simulator/model/lanes.h"

_Static_assert(SIM_TAGE_INDEX_BITS == SIM_TAGE_TAG_BITS - 1, "one register serves an index and the second of a tag");

_Static_assert(SIM_TAGE_HISTORY == 4 * 64, "shift_in knows four words");

/* No branch matches an entry that was never given away. */
#define IN_USE (1u << SIM_TAGE_TAG_BITS)

/* A counter's upper half says taken; an entry is new and unsure when it is useless and in the middle. */
#define COUNTER_TOP 7u
#define TAKEN 4u
#define USEFUL_ONE 8u
#define USEFUL_TOP 3u

/* Where a branch is looked up, and what was found. */
struct look {
  sim_lanes index;
  sim_lanes tag;
  int longest; /* table of the longest history that knows the branch, or -1 */
  bool longest_says, second_says, says;
  bool unsure; /* the longest match is a new entry that has not proved itself */
};

void sim_tage_reset(struct sim_tage* tage) {
  *tage = (struct sim_tage){.trust_new = 8};
  for (uint32_t i = 0; i < 1u << SIM_TAGE_BASE_BITS; ++i) tage->base[i] = 1;
}

static uint8_t* base_counter(struct sim_tage* tage, uint64_t address) {
  return &tage->base[address & ((1u << SIM_TAGE_BASE_BITS) - 1)];
}

static uint8_t* state_of(struct sim_tage* tage, const struct look* look, int table) {
  return &tage->states[table][look->index[table]];
}

/* Bit i is set where the table i knows the branch. */
static inline uint32_t matches_of(const struct sim_tage* tage, const struct look* look) {
#define HELD(table, length) tage->tags[table][look->index[table]]
  return sim_lanes_equal((sim_lanes){SIM_TAGE_EACH(HELD)}, look->tag);
#undef HELD
}

static inline int highest(uint32_t bits) {
  return 31 - __builtin_clz(bits);
}

static inline void look_up(struct sim_tage* tage, uint64_t address, struct look* look) {
  const sim_lanes index_folds = sim_lanes_load(tage->index_folds);
  const sim_lanes tag_folds = sim_lanes_load(tage->tag_folds);
  const sim_lanes every = sim_lanes_all((uint16_t)address);
  /* The address is shifted by ten bits for the first table, nine for the second, and so on. */
  look->index = (every ^ sim_lanes_staggered(address >> 5) ^ index_folds) & ((1u << SIM_TAGE_INDEX_BITS) - 1);
  look->tag = ((every ^ tag_folds ^ index_folds << 1) & ((1u << SIM_TAGE_TAG_BITS) - 1)) | IN_USE;
  const uint32_t matches = matches_of(tage, look);
  look->longest = -1;
  look->unsure = false;
  look->second_says = *base_counter(tage, address) >= 2;
  look->longest_says = look->second_says;
  if (matches != 0) {
    look->longest = highest(matches);
    const uint32_t others = matches ^ 1u << look->longest;
    if (others != 0) look->second_says = (*state_of(tage, look, highest(others)) & TAKEN) != 0;
    const uint8_t state = *state_of(tage, look, look->longest);
    look->longest_says = (state & TAKEN) != 0;
    look->unsure = state == TAKEN - 1 || state == TAKEN;
  }
  look->says = look->unsure && tage->trust_new < 8 ? look->second_says : look->longest_says;
}

/* After a wrong prediction a longer history gets an entry for the branch. Where none has room, all that stand in the
   way become less useful. */
static void allocate(struct sim_tage* tage, const struct look* look, bool taken) {
  for (int table = look->longest + 1; table < SIM_TAGE_TABLES; ++table) {
    uint8_t* const state = state_of(tage, look, table);
    if (*state >= USEFUL_ONE) continue;
    tage->tags[table][look->index[table]] = look->tag[table];
    *state = taken ? TAKEN : TAKEN - 1;
    return;
  }
  for (int table = look->longest + 1; table < SIM_TAGE_TABLES; ++table) {
    uint8_t* const state = state_of(tage, look, table);
    *state = (uint8_t)(*state - USEFUL_ONE);
  }
}

static __attribute__((noinline)) void age(struct sim_tage* tage) {
  tage->branches = 0;
  for (int table = 0; table < SIM_TAGE_TABLES; ++table) {
    for (uint32_t i = 0; i < 1u << SIM_TAGE_INDEX_BITS; ++i) {
      uint8_t* const state = &tage->states[table][i];
      *state = (uint8_t)(*state / USEFUL_ONE / 2 * USEFUL_ONE | (*state & COUNTER_TOP));
    }
  }
}

/* A counter goes up or down without a branch: which way it goes is what a predictor of branches cannot guess. */
static inline uint8_t moved(uint8_t state, bool taken) {
  const uint32_t counter = state & COUNTER_TOP;
  return (uint8_t)(state + (taken & (counter < COUNTER_TOP)) - (!taken & (counter > 0)));
}

static inline void learn(struct sim_tage* tage, const struct look* look, uint64_t address, bool taken) {
  if (look->longest < 0) {
    sim_count_towards(base_counter(tage, address), taken, 3);
    return;
  }
  uint8_t* const state = state_of(tage, look, look->longest);
  if (look->longest_says != look->second_says) {
    if (look->unsure) sim_count_towards(&tage->trust_new, look->longest_says == taken, 15);
    uint8_t useful = *state / USEFUL_ONE;
    sim_count_towards(&useful, look->longest_says == taken, USEFUL_TOP);
    *state = (uint8_t)(useful * USEFUL_ONE | (*state & COUNTER_TOP));
  }
  *state = moved(*state, taken);
}

/* All ones where an outcome as old as the table's history is long was taken. */
static inline sim_lanes outcomes_too_old(const struct sim_tage* tage) {
#define PIECE(table, length) (uint16_t)(tage->history[(length) / 64] >> (length) % 64 / 16 * 16)
#define BIT(table, length) 1u << (length) % 16
  const sim_lanes bits = {SIM_TAGE_EACH(BIT)};
  return (sim_lanes)(((sim_lanes){SIM_TAGE_EACH(PIECE)} & bits) == bits);
#undef PIECE
#undef BIT
}

/* Turns the registers by one, lets the newest outcome in, and takes out the one that is now too old. */
static inline void fold_in(uint16_t* folds, uint32_t bits, bool taken, sim_lanes outcomes_to_leave) {
  sim_lanes values = sim_lanes_load(folds);
  values = values << 1 | sim_lanes_all(taken);
  values ^= outcomes_to_leave;
  values ^= values >> (uint16_t)bits;
  sim_lanes_store(folds, values & (uint16_t)((1u << bits) - 1));
}

static inline void shift_in(uint64_t* history, bool taken) {
  history[3] = history[3] << 1 | history[2] >> 63;
  history[2] = history[2] << 1 | history[1] >> 63;
  history[1] = history[1] << 1 | history[0] >> 63;
  history[0] = history[0] << 1 | taken;
}

static inline void remember(struct sim_tage* tage, bool taken) {
  shift_in(tage->history, taken);
#define IN_INDEX(table, length) 1u << (length) % SIM_TAGE_INDEX_BITS
#define IN_TAG(table, length) 1u << (length) % SIM_TAGE_TAG_BITS
  const sim_lanes too_old = outcomes_too_old(tage);
  fold_in(tage->index_folds, SIM_TAGE_INDEX_BITS, taken, too_old & (sim_lanes){SIM_TAGE_EACH(IN_INDEX)});
  fold_in(tage->tag_folds, SIM_TAGE_TAG_BITS, taken, too_old & (sim_lanes){SIM_TAGE_EACH(IN_TAG)});
#undef IN_INDEX
#undef IN_TAG
}

bool sim_tage_missed(struct sim_tage* tage, uint64_t address, bool taken) {
  struct look look;
  look_up(tage, address, &look);
  learn(tage, &look, address, taken);
  if (look.says != taken) allocate(tage, &look, taken);
  if (++tage->branches == SIM_TAGE_AGEING) age(tage);
  remember(tage, taken);
  return look.says != taken;
}
