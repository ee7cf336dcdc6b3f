/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/json.h"

#include "pub_tool_libcbase.h"
#include "pub_tool_libcfile.h"
#include "pub_tool_libcprint.h"

static void flush(struct json* json) {
  UInt done = 0;
  while (!json->failed && done < json->used) {
    const Int written = VG_(write)(json->descriptor, json->buffer + done, (Int)(json->used - done));
    if (written <= 0) {
      json->failed = True;
    } else {
      done += (UInt)written;
    }
  }
  json->used = 0;
}

static void put(struct json* json, const HChar* text, UInt length) {
  for (UInt i = 0; i < length; ++i) {
    if (json->used == sizeof json->buffer) flush(json);
    json->buffer[json->used++] = text[i];
  }
}

static void put_text(struct json* json, const HChar* text) {
  put(json, text, VG_(strlen)(text));
}

/* Bytes that are no UTF-8 stay as they are: the reader replaces them. */
static void put_quoted(struct json* json, const HChar* text) {
  put(json, "\"", 1);
  for (; *text != 0; ++text) {
    const UChar byte = (UChar)*text;
    if (byte == '"' || byte == '\\') {
      put(json, "\\", 1);
      put(json, text, 1);
    } else if (byte < 0x20) {
      HChar escape[8];
      VG_(snprintf)(escape, sizeof escape, "\\u%04x", byte);
      put_text(json, escape);
    } else {
      put(json, text, 1);
    }
  }
  put(json, "\"", 1);
}

static void begin_value(struct json* json, const HChar* key) {
  if (json->comma) put(json, ",\n", 2);
  json->comma = True;
  if (!key) return;
  put_quoted(json, key);
  put(json, ":", 1);
}

void json_create(struct json* json, Int descriptor) {
  json->descriptor = descriptor;
  json->failed = False;
  json->comma = False;
  json->used = 0;
}

Bool json_finish(struct json* json) {
  put(json, "\n", 1);
  flush(json);
  return !json->failed;
}

static void begin(struct json* json, const HChar* key, const HChar* bracket) {
  begin_value(json, key);
  put(json, bracket, 1);
  json->comma = False;
}

static void end(struct json* json, const HChar* bracket) {
  put(json, bracket, 1);
  json->comma = True;
}

void json_begin_object(struct json* json, const HChar* key) {
  begin(json, key, "{");
}

void json_end_object(struct json* json) {
  end(json, "}");
}

void json_begin_array(struct json* json, const HChar* key) {
  begin(json, key, "[");
}

void json_end_array(struct json* json) {
  end(json, "]");
}

void json_number(struct json* json, const HChar* key, ULong value) {
  HChar digits[24];
  begin_value(json, key);
  VG_(snprintf)(digits, sizeof digits, "%llu", value);
  put_text(json, digits);
}

void json_string(struct json* json, const HChar* key, const HChar* value) {
  begin_value(json, key);
  put_quoted(json, value);
}

void json_boolean(struct json* json, const HChar* key, Bool value) {
  begin_value(json, key);
  put_text(json, value ? "true" : "false");
}

void json_null(struct json* json, const HChar* key) {
  begin_value(json, key);
  put_text(json, "null");
}
