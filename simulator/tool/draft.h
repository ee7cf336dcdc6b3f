/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "pub_tool_tooliface.h"
#include "simulator/tool/segment.h"

/* A segment while it is translated: its events as they come, and the expressions of their run-time values. */
struct draft {
  Bool hot; /* worth code of its own; else the model is called for every run */
  struct tally tally;
  UInt event_count;
  UInt value_count;
  struct event events[MOST_EVENTS];
  IRExpr* values[MOST_VALUES]; /* of type Ity_I64 */
};

/* Whether there is room for all that one instruction can do. */
Bool draft_is_full(const struct draft* draft);
Bool draft_is_empty(const struct draft* draft);

/* An instruction is fetched. */
void draft_fetch(struct draft* draft, Addr pc, UInt bytes);

/* A load or store at value + offset; `value` null: at `offset`. */
void draft_access(struct draft* draft, enum event_kind kind, Addr pc, IRExpr* value, Long offset, UInt bytes);

/* The value of this number; 0 for NO_VALUE. */
IRExpr* draft_value(const struct draft* draft, UChar number);

/* A branch with its run-time value; returns the number of its event. */
UInt draft_branch(struct draft* draft, enum event_kind kind, Addr pc, IRExpr* value);
