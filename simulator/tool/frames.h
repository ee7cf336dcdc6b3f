/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "pub_tool_execontext.h"
#include "simulator/tool/json.h"

/* A place in the code as an object: "function", "file", "line", "object", each where it is known. */
void frame_write(struct json* json, Addr pc);

/* A call stack, the innermost first. */
void frames_write(struct json* json, const HChar* key, ExeContext* context);
