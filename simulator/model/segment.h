#pragma once

#include "simulator/model/hierarchy.h"

/* A segment is a part of a program that runs from its first instruction to its last. What it accesses is known
   beforehand but for what only a run can tell: base addresses, whether the branch at its end was taken, or to where. So
   a run is told in few words: a head, which names the segment, and then its values. */

/* A conditional branch that TAGE predicts is none here: who has the branch asks for itself. */
enum sim_branch_kind { SIM_NO_BRANCH, SIM_CONDITIONAL, SIM_INDIRECT };

/* Goes to offset + value. */
struct sim_planned_access {
  uint64_t offset;
  uint16_t last; /* byte, counted from the first: below 2^16 */
  uint8_t value; /* its place among the words of a run; 0: `offset` is the whole address */
  uint8_t kind;  /* enum sim_kind */
  bool again;    /* the line of code that was fetched last is fetched again after it */
};

struct sim_segment {
  const struct sim_planned_access* accesses;
  uint64_t pc;     /* of the branch */
  uint32_t number; /* in a table of runs */
  uint16_t access_count;
  uint8_t words;  /* of a run, to SIM_SEGMENT_WORDS */
  uint8_t target; /* of an indirect branch: its place among the words */
  enum sim_branch_kind branch;
};

#define SIM_SEGMENT_WORDS 64

/* A head is the address of its segment, which is a multiple of 4, with this bit, that few addresses of data have; and
   the outcome of its branch. */
#define SIM_HEAD UINT64_C(2)
#define SIM_TAKEN_SHIFT 63

#ifdef __cplusplus
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#endif

/* Of a run whose branch, if it has one, is not taken. */
static inline uint64_t sim_head(const struct sim_segment* segment) {
  return (uint64_t)(uintptr_t)segment | SIM_HEAD;
}

static inline const struct sim_segment* sim_segment_of(uint64_t head) {
  const uint64_t address = head & ~(SIM_HEAD | UINT64_C(1) << SIM_TAKEN_SHIFT);
  return (const struct sim_segment*)(uintptr_t)address; /* NOLINT(performance-no-int-to-ptr): it was one */
}

static inline bool sim_is_taken(uint64_t head) {
  return head >> SIM_TAKEN_SHIFT != 0;
}

static inline uint64_t sim_planned_address(const struct sim_planned_access* access, const uint64_t* run) {
  const uint64_t has_value = access->value != 0;
  return access->offset + (run[access->value] & -has_value);
}

#ifdef __cplusplus
#pragma GCC diagnostic pop
#endif
