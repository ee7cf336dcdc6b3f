#include "simulator/model/tage.h"

#include "simulator/model/counter.h"

static const uint32_t lengths[SIM_TAGE_TABLES] = SIM_TAGE_LENGTHS;

/* No branch matches an entry that was never given away. */
#define IN_USE (1u << SIM_TAGE_TAG_BITS)

/* Where a branch is looked up, and what was found. */
struct look {
  uint32_t index[SIM_TAGE_TABLES];
  uint16_t tag[SIM_TAGE_TABLES];
  int longest; /* table of the longest history that knows the branch, or -1 */
  int second;  /* of the second longest, or -1 for the base table */
  bool longest_says, second_says, says;
  bool unsure; /* the longest match is a new entry that has not proved itself */
};

void sim_tage_reset(struct sim_tage* tage) {
  *tage = (struct sim_tage){.trust_new = 8};
  for (uint32_t i = 0; i < 1u << SIM_TAGE_BASE_BITS; ++i) tage->base[i] = 1;
  for (uint32_t table = 0; table < SIM_TAGE_TABLES; ++table) {
    tage->index_folds[table] = (struct sim_tage_fold){0, SIM_TAGE_INDEX_BITS, lengths[table]};
    tage->tag_folds[table] = (struct sim_tage_fold){0, SIM_TAGE_TAG_BITS, lengths[table]};
    tage->second_tag_folds[table] = (struct sim_tage_fold){0, SIM_TAGE_TAG_BITS - 1, lengths[table]};
  }
}

static uint32_t bit_ago(const struct sim_tage* tage, uint32_t branches_ago) {
  return tage->history[(tage->newest - branches_ago) % SIM_TAGE_HISTORY];
}

/* Turns the register by one, lets the newest outcome in, and takes out the one that is now too old. */
static void fold_in(const struct sim_tage* tage, struct sim_tage_fold* fold) {
  const uint32_t mask = (1u << fold->bits) - 1;
  uint32_t value = fold->value << 1 | bit_ago(tage, 0);
  value ^= bit_ago(tage, fold->length) << fold->length % fold->bits;
  value ^= value >> fold->bits;
  fold->value = value & mask;
}

static uint8_t* base_counter(struct sim_tage* tage, uint64_t address) {
  return &tage->base[address & ((1u << SIM_TAGE_BASE_BITS) - 1)];
}

static struct look look_up(struct sim_tage* tage, uint64_t address) {
  struct look look = {.longest = -1, .second = -1};
  for (int table = 0; table < SIM_TAGE_TABLES; ++table) {
    const uint64_t mixed = address ^ address >> (SIM_TAGE_INDEX_BITS - table);
    look.index[table] = (uint32_t)(mixed ^ tage->index_folds[table].value) & ((1u << SIM_TAGE_INDEX_BITS) - 1);
    const uint64_t tag = address ^ tage->tag_folds[table].value ^ tage->second_tag_folds[table].value << 1;
    look.tag[table] = (uint16_t)((tag & ((1u << SIM_TAGE_TAG_BITS) - 1)) | IN_USE);
    const struct sim_tage_entry* const entry = &tage->tables[table][look.index[table]];
    if (entry->tag != look.tag[table]) continue;
    look.second = look.longest;
    look.longest = table;
  }
  look.second_says = *base_counter(tage, address) >= 2;
  if (look.second >= 0) look.second_says = tage->tables[look.second][look.index[look.second]].counter >= 4;
  look.longest_says = look.second_says;
  if (look.longest >= 0) {
    const struct sim_tage_entry* const entry = &tage->tables[look.longest][look.index[look.longest]];
    look.longest_says = entry->counter >= 4;
    look.unsure = entry->useful == 0 && (entry->counter == 3 || entry->counter == 4);
  }
  look.says = look.unsure && tage->trust_new < 8 ? look.second_says : look.longest_says;
  return look;
}

/* After a wrong prediction a longer history gets an entry for the branch. Where none has room, all that stand in the
   way become less useful. */
static void allocate(struct sim_tage* tage, const struct look* look, bool taken) {
  for (int table = look->longest + 1; table < SIM_TAGE_TABLES; ++table) {
    struct sim_tage_entry* const entry = &tage->tables[table][look->index[table]];
    if (entry->useful > 0) continue;
    *entry = (struct sim_tage_entry){look->tag[table], taken ? 4 : 3, 0};
    return;
  }
  for (int table = look->longest + 1; table < SIM_TAGE_TABLES; ++table)
    --tage->tables[table][look->index[table]].useful;
}

static void age(struct sim_tage* tage) {
  if (++tage->branches < SIM_TAGE_AGEING) return;
  tage->branches = 0;
  for (int table = 0; table < SIM_TAGE_TABLES; ++table) {
    for (uint32_t i = 0; i < 1u << SIM_TAGE_INDEX_BITS; ++i) tage->tables[table][i].useful /= 2;
  }
}

static void learn(struct sim_tage* tage, const struct look* look, uint64_t address, bool taken) {
  if (look->longest < 0) {
    sim_count_towards(base_counter(tage, address), taken, 3);
    return;
  }
  struct sim_tage_entry* const entry = &tage->tables[look->longest][look->index[look->longest]];
  if (look->longest_says != look->second_says) {
    if (look->unsure) sim_count_towards(&tage->trust_new, look->longest_says == taken, 15);
    sim_count_towards(&entry->useful, look->longest_says == taken, 3);
  }
  sim_count_towards(&entry->counter, taken, 7);
}

static void remember(struct sim_tage* tage, bool taken) {
  tage->newest = (tage->newest + 1) % SIM_TAGE_HISTORY;
  tage->history[tage->newest] = taken;
  for (int table = 0; table < SIM_TAGE_TABLES; ++table) {
    fold_in(tage, &tage->index_folds[table]);
    fold_in(tage, &tage->tag_folds[table]);
    fold_in(tage, &tage->second_tag_folds[table]);
  }
}

bool sim_tage_missed(struct sim_tage* tage, uint64_t address, bool taken) {
  const struct look look = look_up(tage, address);
  learn(tage, &look, address, taken);
  if (look.says != taken) allocate(tage, &look, taken);
  age(tage);
  remember(tage, taken);
  return look.says != taken;
}
