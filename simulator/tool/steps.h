/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "simulator/tool/segment.h"

/* Events of a segment that are looked at together: the model hears of all of them if the filters do not know one. That
   takes the least code where all are known; but an event that often is not makes a step of its own, or the model would
   hear of the others for nothing. */
struct step {
  UInt from, to;
  Bool alone;
};

/* The steps of all but the branch at the end, at most one for each event. Returns how many. */
UInt steps_of(const struct segment* segment, struct step* steps);
