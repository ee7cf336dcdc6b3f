/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "pub_tool_tooliface.h"
#include "simulator/tool/draft.h"
#include "simulator/tool/segment.h"

/* Translated code that looks events of a segment up in the filters:

       look every line and page of them up
       call the model where one was not found
       write the time of last use of each, or nowhere if the model was called */

/* Where the times of one more use are to go, once it is known that every line was found. */
struct use {
  IRExpr* place; /* of the pointer to the time, from the start of struct sim_core */
  Long offset;
  UInt after; /* events of the segment before the use */
};

struct look {
  IRSB* block;
  const struct draft* draft;
  const struct segment* segment;
  IRExpr* core;
  IRExpr* before; /* the clock when the segment began */
  IRExpr* wrong;  /* not 0: a line is not in its filter; null: no access was looked at */
  UInt use_count;
  struct use uses[4 * MOST_EVENTS];
};

void look_begin(struct look* look, IRSB* block, const struct draft* draft, const struct segment* segment,
                IRExpr* before);

/* The events from `from` up to `to`, none of them a branch. */
void look_at_events(struct look* look, UInt from, UInt to);

/* The model is needed, too, if a line of code was lost. */
void look_at_lost_code(struct look* look);

/* `call` is what tells the model of the same events. */
void look_conclude(struct look* look, IRDirty* call);
