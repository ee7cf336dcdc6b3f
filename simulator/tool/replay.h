/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "simulator/tool/segment.h"

/* What the translated code calls: with the running thread, and its values where it needs any. */

/* The way of everything that the filters do not settle: all accesses of a segment, in order. `guest` is the thread's
   state, with the slots of thread.h; the clock has been set to when the segment ends. */
void replay(void* guest, const struct segment* segment);

/* All that a segment without code of its own needs: it is counted, the clock goes on, and every event is looked at. */
void replay_whole(void* guest, struct segment* segment);

/* One access under a condition that held. */
VG_REGPARM(3) void replay_guarded(const struct segment* segment, ULong before, Addr address);

/* Predictors that are too large for a look from the translated code: of the branch at the end of the segment. */
VG_REGPARM(2) void replay_conditional(const struct segment* segment, UWord taken);
VG_REGPARM(2) void replay_indirect(const struct segment* segment, Addr target);
VG_REGPARM(2) void replay_return(const struct segment* segment, Addr target);
VG_REGPARM(1) void replay_call(Addr return_address);
