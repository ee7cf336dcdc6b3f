/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"

/* Writes JSON to a file, value by value. A key is null inside an array. */
struct json {
  Int descriptor;
  Bool failed;
  Bool comma; /* before the next value */
  UInt used;
  HChar buffer[65536];
};

void json_create(struct json* json, Int descriptor);
/* Writes what is left; returns whether all was written. */
Bool json_finish(struct json* json);

void json_begin_object(struct json* json, const HChar* key);
void json_end_object(struct json* json);
void json_begin_array(struct json* json, const HChar* key);
void json_end_array(struct json* json);
void json_number(struct json* json, const HChar* key, ULong value);
void json_string(struct json* json, const HChar* key, const HChar* value);
void json_boolean(struct json* json, const HChar* key, Bool value);
void json_null(struct json* json, const HChar* key);
