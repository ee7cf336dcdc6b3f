/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "simulator/tool/segment.h"

/* What the translated code calls: with the running thread, and its values where it needs any. */

/* The way of everything that the filters do not settle: all accesses of a segment, in order. `before` is the clock when
   the segment began. */
VG_REGPARM(2) void replay(const struct segment* segment, ULong before);

/* All that a segment without code of its own needs: it is counted, and every event is looked at. */
VG_REGPARM(2) void replay_whole(struct segment* segment, ULong before);

/* One access under a condition that held. */
VG_REGPARM(3) void replay_guarded(const struct segment* segment, ULong before, Addr address);

/* Predictors that are too large for a look from the translated code: of the branch at the end of the segment. */
VG_REGPARM(2) void replay_conditional(const struct segment* segment, UWord taken);
VG_REGPARM(2) void replay_indirect(const struct segment* segment, Addr target);
VG_REGPARM(2) void replay_return(const struct segment* segment, Addr target);
VG_REGPARM(1) void replay_call(Addr return_address);
