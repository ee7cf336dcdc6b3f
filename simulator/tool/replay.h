/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "simulator/tool/segment.h"

/* What the translated code calls: with the running thread, and its values where it needs any. */

/* The way of what the filters do not settle: some events of a segment, in order. `before` is the clock when the segment
   began. */
VG_REGPARM(3) void replay(struct segment* segment, UWord range, ULong before);

/* From which event on, and up to which. */
static inline UWord replay_range(UInt from, UInt to) {
  return (UWord)to << 32 | from;
}
static inline UInt replay_from(UWord range) {
  return (UInt)range;
}
static inline UInt replay_to(UWord range) {
  return (UInt)(range >> 32);
}

/* One event alone, at its own time. */
VG_REGPARM(3) void replay_fetch(const struct event* event, Addr address, ULong now);
VG_REGPARM(3) void replay_load(const struct event* event, Addr address, ULong now);
VG_REGPARM(3) void replay_store(const struct event* event, Addr address, ULong now);

/* All that a segment without code of its own needs: it is counted, and every event is looked at. */
VG_REGPARM(2) void replay_whole(struct segment* segment, ULong before);

/* One access under a condition that held. */
VG_REGPARM(3) void replay_guarded(const struct segment* segment, ULong before, Addr address);

/* Predictors that are too large for a look from the translated code: of the branch at the end of the segment. */
VG_REGPARM(2) void replay_conditional(const struct segment* segment, UWord taken);
VG_REGPARM(2) void replay_indirect(const struct segment* segment, Addr target);
VG_REGPARM(2) void replay_return(const struct segment* segment, Addr target);
VG_REGPARM(1) void replay_call(Addr return_address);
