#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "simulator/model/branches.h"
#include "simulator/model/machine.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The machine as the tool is told it: flat text, a line "key number\n" for each row of one table, in any order, none
   left out. Who writes it and who reads it walk the same table, so that they cannot disagree; it needs neither JSON nor
   a libc where it is read. Enumerators are their numbers, truth is 0 or 1, what is not there is 0. */
struct sim_machine_key {
  const char* name;
  bool of_branches; /* a field of sim_branch_geometry; else of sim_machine */
  uint8_t bytes;    /* of the field: 1 of a bool, else 4 */
  uint16_t offset;
  uint32_t most; /* the largest number that means something */
};

#define SIM_MACHINE_KEYS (6 + SIM_MAX_LEVELS * 11 + 9 + 7)
extern const struct sim_machine_key sim_machine_keys[SIM_MACHINE_KEYS];

/* The number that a key has in a machine. */
uint32_t sim_machine_number(const struct sim_machine_key* key, const struct sim_machine* machine,
                            const struct sim_branch_geometry* branches);

/* Reads the text into both. Null, or what is wrong, as a sentence's end: with the number of the line, or 0 where it is
   the whole. A machine that was read without fault has none by sim_machine_fault and sim_branch_fault either. */
const char* sim_machine_text_read(const char* text, size_t length, struct sim_machine* machine,
                                  struct sim_branch_geometry* branches, uint32_t* line);

#ifdef __cplusplus
}
#endif
