/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "simulator/tool/draft.h"

/* Adds to the block the code that counts a segment and looks at its events. On the fast way it calls nothing: it
   counts, finds every line in the filters and notes when it was used. The guest's own code has run by then; only its
   exit may follow. */
void emit_segment(IRSB* block, const struct draft* draft);

/* One access under a condition: called for where the condition holds. */
void emit_guarded(IRSB* block, IRExpr* guard, enum event_kind kind, Addr pc, IRExpr* address, UInt bytes);

/* The return address of a call goes onto the return stack; nothing on a machine without one. */
void emit_call(IRSB* block, Addr return_address);
