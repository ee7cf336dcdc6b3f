#include "simulator/model/machine_text.h"

_Static_assert(sizeof(enum sim_policy) == 4 && sizeof(enum sim_inclusion) == 4 && sizeof(enum sim_prefetch_kind) == 4 &&
                   sizeof(enum sim_conditional_kind) == 4 && sizeof(enum sim_indirect_kind) == 4 && sizeof(bool) == 1,
               "the table takes enumerators for numbers of 4 bytes");

/* NOLINTBEGIN(bugprone-macro-parentheses): members cannot stand in parentheses */
#define OF_MACHINE(name, field, most) \
  { name, false, sizeof(((struct sim_machine*)0)->field), offsetof(struct sim_machine, field), most }
#define OF_BRANCHES(name, field, most) \
  { name, true, sizeof(((struct sim_branch_geometry*)0)->field), offsetof(struct sim_branch_geometry, field), most }
#define OF_CACHE(name, field)                                                                         \
  OF_MACHINE(name "-sets", field.sets, UINT32_MAX), OF_MACHINE(name "-ways", field.ways, UINT32_MAX), \
      OF_MACHINE(name "-policy", field.policy, SIM_RANDOM)
#define OF_LEVEL(number, index)                                                                                 \
  OF_CACHE("level-" number "-data", levels[index].data), OF_CACHE("level-" number "-code", levels[index].code), \
      OF_MACHINE("level-" number "-split", levels[index].split, 1),                                             \
      OF_MACHINE("level-" number "-shared", levels[index].shared, 1),                                           \
      OF_MACHINE("level-" number "-inclusion", levels[index].inclusion, SIM_EXCLUSIVE),                         \
      OF_MACHINE("level-" number "-prefetch", levels[index].prefetch, SIM_STRIDE),                              \
      OF_MACHINE("level-" number "-degree", levels[index].degree, UINT32_MAX)
/* NOLINTEND(bugprone-macro-parentheses) */

const struct sim_machine_key sim_machine_keys[SIM_MACHINE_KEYS] = {
    OF_MACHINE("line-bytes", line_bytes, UINT32_MAX),
    OF_MACHINE("cores", cores, UINT32_MAX),
    OF_MACHINE("levels", level_count, UINT32_MAX),
    OF_LEVEL("1", 0),
    OF_LEVEL("2", 1),
    OF_LEVEL("3", 2),
    OF_LEVEL("4", 3),
    OF_CACHE("tlb-small", tlb.small),
    OF_CACHE("tlb-huge", tlb.huge),
    OF_CACHE("tlb-second", tlb.second),
    OF_MACHINE("writes-back", writes_back, 1),
    OF_MACHINE("straddle-as-one", straddle_as_one, 1),
    OF_MACHINE("seed", seed, UINT32_MAX),
    OF_BRANCHES("conditional", conditional, SIM_TAGE),
    OF_BRANCHES("table-bits", table_bits, UINT32_MAX),
    OF_BRANCHES("history-bits", history_bits, UINT32_MAX),
    OF_BRANCHES("indirect", indirect, SIM_TARGET_HISTORY),
    OF_BRANCHES("target-bits", target_bits, UINT32_MAX),
    OF_BRANCHES("returns", returns, UINT32_MAX),
    OF_BRANCHES("address-zeros", address_zeros, UINT32_MAX),
};

static void put(const struct sim_machine_key* key, struct sim_machine* machine, struct sim_branch_geometry* branches,
                uint32_t number) {
  char* const field = (key->of_branches ? (char*)branches : (char*)machine) + key->offset;
  if (key->bytes == 1) {
    *(bool*)field = number != 0;
  } else {
    *(uint32_t*)(void*)field = number;
  }
}

uint32_t sim_machine_number(const struct sim_machine_key* key, const struct sim_machine* machine,
                            const struct sim_branch_geometry* branches) {
  const char* const field = (key->of_branches ? (const char*)branches : (const char*)machine) + key->offset;
  return key->bytes == 1 ? *(const bool*)field : *(const uint32_t*)(const void*)field;
}

/* The row whose name these characters are, or SIM_MACHINE_KEYS. */
static uint32_t find(const char* name, size_t length) {
  for (uint32_t row = 0; row < SIM_MACHINE_KEYS; ++row) {
    const char* const known = sim_machine_keys[row].name;
    size_t same = 0;
    while (same < length && known[same] != 0 && known[same] == name[same]) ++same;
    if (same == length && known[same] == 0) return row;
  }
  return SIM_MACHINE_KEYS;
}

/* The digits as a number of at most `most`; false where they are none, or too many. */
static bool parse(const char* digits, size_t length, uint32_t most, uint32_t* number) {
  uint64_t value = 0;
  for (size_t i = 0; i < length; ++i) {
    if (digits[i] < '0' || digits[i] > '9') return false;
    value = value * 10 + (uint64_t)(digits[i] - '0');
    if (value > most) return false;
  }
  *number = (uint32_t)value;
  return length > 0;
}

static const char* read_line(const char* text, size_t length, bool* seen, struct sim_machine* machine,
                             struct sim_branch_geometry* branches) {
  size_t space = 0;
  while (space < length && text[space] != ' ') ++space;
  if (space == length) return "a line is a key, a space and a number";
  const uint32_t row = find(text, space);
  if (row == SIM_MACHINE_KEYS) return "there is no such key";
  if (seen[row]) return "a key is there twice";
  uint32_t number = 0;
  if (!parse(text + space + 1, length - space - 1, sim_machine_keys[row].most, &number))
    return "its key takes no such number";
  seen[row] = true;
  put(&sim_machine_keys[row], machine, branches, number);
  return 0;
}

const char* sim_machine_text_read(const char* text, size_t length, struct sim_machine* machine,
                                  struct sim_branch_geometry* branches, uint32_t* line) {
  bool seen[SIM_MACHINE_KEYS] = {false};
  *line = 0;
  for (size_t begin = 0, end = 0; begin < length; begin = end + 1) {
    ++*line;
    for (end = begin; end < length && text[end] != '\n';) ++end;
    /* Without its end, the last number may have lost digits. */
    if (end == length) return "the text ends within a line";
    const char* const fault = read_line(text + begin, end - begin, seen, machine, branches);
    if (fault) return fault;
  }
  *line = 0;
  for (uint32_t row = 0; row < SIM_MACHINE_KEYS; ++row) {
    if (!seen[row]) return "a key is missing";
  }
  const char* const fault = sim_machine_fault(machine);
  return fault ? fault : sim_branch_fault(branches);
}
