/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "pub_tool_execontext.h"
#include "simulator/model/hierarchy.h"
#include "simulator/tool/json.h"

/* Whose misses they are: the memory of a program as its arrays. An array is what the program named, else all blocks
   that were allocated by the same call stack, else a variable, else the stack of a thread. */

/* Memory was allocated, or mapped, by this call stack. */
void arrays_allocated(Addr address, SizeT bytes, ExeContext* context);
void arrays_mapped(Addr address, SizeT bytes, ExeContext* context);
void arrays_freed(Addr address);
void arrays_unmapped(Addr address, SizeT bytes);

/* The program names bytes of its memory; until they are freed. */
void arrays_name(Addr address, SizeT bytes, const HChar* name);

/* A miss on this address, of every level above `served_by`. */
void arrays_note(ThreadId tid, Addr address, enum sim_kind kind, UInt served_by);

/* After a fork: nothing was missed yet. */
void arrays_forked(void);

void arrays_write(struct json* json);
