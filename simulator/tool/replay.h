/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "simulator/tool/segment.h"

/* What the translated code calls: with the running thread, and its values where it needs any. */

/* The way of everything that the filters do not settle: all events of a segment, in order, or its branch alone where
   no access is `wrong`. `before` is the clock when the segment began. The translated code has shifted the history of
   branches itself. */
VG_REGPARM(3) void replay(const struct segment* segment, ULong before, UWord wrong);

/* All that a segment without code of its own needs: it is counted, the clock goes on, and every event is looked at.
   `guest` is the thread's state, with the slots of thread.h. Of the values the first come as arguments, where there are
   so many; the others were handed over. */
#define VALUES_AS_ARGUMENTS 4
void replay_whole(void* guest, const struct segment* segment, UWord first, UWord second, UWord third, UWord fourth);

/* One access under a condition that held. */
VG_REGPARM(3) void replay_guarded(const struct segment* segment, ULong before, Addr address);

/* Predictors that are too large for a look from the translated code: of the branch at the end of the segment. */
VG_REGPARM(2) void replay_conditional(const struct segment* segment, UWord taken);
VG_REGPARM(2) void replay_indirect(const struct segment* segment, Addr target);
VG_REGPARM(2) void replay_return(const struct segment* segment, Addr target);
VG_REGPARM(1) void replay_call(Addr return_address);
