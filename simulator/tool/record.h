/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "pub_tool_tooliface.h"
#include "simulator/tool/draft.h"
#include "simulator/tool/segment.h"

/* Translated code that records runs of segments (recorder.h). */

/* To be added before what records: there is room for ROOM_WORDS, or room is made. */
void record_room(IRSB* block);

/* Words of a run, at most. */
UInt record_words(const struct draft* draft);

/* A run of a segment that is made of the draft. */
void record_run(IRSB* block, const struct draft* draft, struct segment* segment);

/* A run of a segment of one access, if the condition holds. */
void record_guarded(IRSB* block, IRExpr* guard, struct segment* segment, IRExpr* address);
