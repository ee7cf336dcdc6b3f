/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "pub_tool_execontext.h"
#include "simulator/tool/json.h"

/* A place in the code; "" and 0 for what is not known. */
struct place {
  const HChar* function;
  const HChar* file; /* path */
  const HChar* object;
  UInt line;
};

/* Where the instruction stands in the source. Of code that was inlined, the place it was written at, and not where it
   went; of code from a header of the system, the first line outside that asked for it. Needs --read-inline-info=yes and
   --fullpath-after=; without, the place is that of the function it went into. The texts are good until the next call. */
void place_find(Addr pc, struct place* place);

/* Members of the open object: "function", "file", "line", "object", each where it is known. */
void place_write(struct json* json, const struct place* place);

/* A call stack, the innermost first; functions that were inlined are frames too. */
void frames_write(struct json* json, const HChar* key, ExeContext* context);
