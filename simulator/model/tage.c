#include "simulator/model/tage.h"

#include "simulator/model/counter.h"
#include "simulator/model/lanes.h"

_Static_assert(SIM_TAGE_INDEX_BITS == SIM_TAGE_TAG_BITS - 1, "one register serves an index and the second of a tag");

/* The lane after the tables' in `leaving` collects the outcomes since the history was last written. */
#define RECENT SIM_TAGE_TABLES

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

struct sim_tage_branch sim_tage_branch_at(uint64_t address) {
  struct sim_tage_branch branch = {.base = address & ((1u << SIM_TAGE_BASE_BITS) - 1)};
  for (uint32_t table = 0; table < SIM_TAGE_LANES; ++table) {
    const uint64_t mixed = table < SIM_TAGE_TABLES ? address ^ address >> (SIM_TAGE_INDEX_BITS - table) : 0;
    branch.index[table] = mixed & ((1u << SIM_TAGE_INDEX_BITS) - 1);
    branch.tag[table] = (uint16_t)((address & ((1u << SIM_TAGE_TAG_BITS) - 1)) | IN_USE);
  }
  return branch;
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
  return __builtin_clz(bits) ^ 31;
}

static inline void look_up(struct sim_tage* tage, const struct sim_tage_branch* branch, struct look* look) {
  const sim_lanes index_folds = sim_lanes_load(tage->index_folds);
  look->index = sim_lanes_load(branch->index) ^ index_folds;
  look->tag = sim_lanes_load(branch->tag) ^ sim_lanes_load(tage->tag_folds) ^ (index_folds + index_folds);
  const uint32_t matches = matches_of(tage, look);
  look->longest = -1;
  look->unsure = false;
  look->second_says = tage->base[branch->base] >= 2;
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

static inline void learn(struct sim_tage* tage, const struct look* look, const struct sim_tage_branch* branch,
                         bool taken) {
  if (look->longest < 0) {
    sim_count_towards(&tage->base[branch->base], taken, 3);
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

/* Every sixteen branches: those outcomes go into the history, and out of it come the sixteen of each length that leave
   next. None of them lies in two words. Of a length below sixteen they are not all known yet; they come in one by
   one. */
static __attribute__((noinline)) void refill(struct sim_tage* tage) {
#define LEAVING(table, length) (uint16_t)((length) < 16 ? 0 : tage->history[((length)-16) / 64] >> (((length)-16) & 63))
#define IS_SHORT(table, length) (length) < 16 ? UINT16_MAX : 0
  uint64_t* const history = tage->history;
  for (int word = SIM_TAGE_HISTORY / 64 - 1; word > 0; --word)
    history[word] = history[word] << 16 | history[word - 1] >> 48;
  history[0] = history[0] << 16 | tage->leaving[RECENT];
  const sim_lanes known = sim_lanes_load(tage->leaving) & (sim_lanes){SIM_TAGE_EACH(IS_SHORT)};
  sim_lanes_store(tage->leaving, known | (sim_lanes){SIM_TAGE_EACH(LEAVING)});
#undef LEAVING
#undef IS_SHORT
}

/* Turns the registers by one, lets the newest outcome in, and takes out the one that is now too old. `newest` is all
   ones where it was taken, and so are the lanes of `oldest`, in the places that they leave from. */
static inline void fold_in(uint16_t* folds, uint32_t bits, sim_lanes newest, sim_lanes oldest) {
  sim_lanes values = sim_lanes_load(folds);
  values = (values + values - newest) ^ oldest;
  values ^= values >> (uint16_t)bits;
  sim_lanes_store(folds, values & (uint16_t)((1u << bits) - 1));
}

static inline void remember(struct sim_tage* tage, bool taken) {
#define IN_INDEX(table, length) 1u << (length) % SIM_TAGE_INDEX_BITS
#define IN_TAG(table, length) 1u << (length) % SIM_TAGE_TAG_BITS
#define LEAVES_LATER(table, length) (length) < 16 ? 1u << (16 - (length)) % 16 : 0
  const sim_lanes newest = sim_lanes_all((uint16_t)(0 - taken));
  const sim_lanes leaving = sim_lanes_load(tage->leaving);
  const sim_lanes oldest = sim_lanes_spread_upper_bit(leaving);
  const sim_lanes later = {SIM_TAGE_EACH(LEAVES_LATER), 1};
  sim_lanes_store(tage->leaving, (leaving + leaving) | (newest & later));
  fold_in(tage->index_folds, SIM_TAGE_INDEX_BITS, newest, oldest & (sim_lanes){SIM_TAGE_EACH(IN_INDEX)});
  fold_in(tage->tag_folds, SIM_TAGE_TAG_BITS, newest, oldest & (sim_lanes){SIM_TAGE_EACH(IN_TAG)});
#undef IN_INDEX
#undef IN_TAG
#undef LEAVES_LATER
  if (++tage->branches % 16 == 0) refill(tage);
}

bool sim_tage_missed(struct sim_tage* tage, const struct sim_tage_branch* branch, bool taken) {
  struct look look;
  look_up(tage, branch, &look);
  learn(tage, &look, branch, taken);
  if (look.says != taken) allocate(tage, &look, taken);
  remember(tage, taken);
  if (tage->branches == SIM_TAGE_AGEING) age(tage);
  return look.says != taken;
}
