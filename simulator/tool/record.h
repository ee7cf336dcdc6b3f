/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "pub_tool_tooliface.h"
#include "simulator/tool/draft.h"
#include "simulator/tool/segment.h"

/* Translated code that records accesses (recorder.h). */

/* To be added before what records: there is room for ROOM_WORDS, or room is made. */
void record_room(IRSB* block);

/* The accesses of a segment. Returns at once where there are none. */
void record_accesses(IRSB* block, const struct draft* draft, const struct segment* segment);

/* The one access of a segment, if the condition holds. */
void record_guarded(IRSB* block, IRExpr* guard, const struct segment* segment, IRExpr* address);
