/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/frames.h"

#include "pub_tool_debuginfo.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_libcprint.h"

static void write_members(struct json* json, DiEpoch epoch, Addr pc) {
  const HChar* text;
  const HChar* folder;
  UInt line;
  if (VG_(get_fnname)(epoch, pc, &text)) json_string(json, "function", text);
  if (VG_(get_filename_linenum)(epoch, pc, &text, &folder, &line)) {
    HChar path[4096];
    VG_(snprintf)(path, sizeof path, "%s%s%s", folder, folder[0] == 0 ? "" : "/", text);
    json_string(json, "file", path);
    json_number(json, "line", line);
  }
  if (VG_(get_objname)(epoch, pc, &text)) json_string(json, "object", text);
}

void frame_write(struct json* json, Addr pc) {
  write_members(json, VG_(current_DiEpoch)(), pc);
}

/* Valgrind tells of code that was inlined only in words: "0x1096F2: main (/src/a.cpp:7)", "0x4B3: puts (in /lib/libc.so)". */
static void write_described(struct json* json, const HChar* text, const HChar* object) {
  HChar words[4096];
  VG_(snprintf)(words, sizeof words, "%s", text);
  HChar* const name = VG_(strchr)(words, ' ') ? VG_(strchr)(words, ' ') + 1 : words;
  HChar* place = NULL; /* the last that begins so: a name may have brackets too */
  for (HChar* at = name; (at = VG_(strstr)(at, " (")) != NULL; ++at) place = at;
  HChar* const line = place ? VG_(strrchr)(place, ':') : NULL;
  if (place) *place = 0;
  if (VG_(strcmp)(name, "???") != 0) json_string(json, "function", name);
  if (line && VG_(strncmp)(place + 1, "(in ", 4) != 0) {
    *line = 0;
    json_string(json, "file", place + 2);
    json_number(json, "line", VG_(strtoull10)(line + 1, NULL));
  }
  if (object) json_string(json, "object", object);
}

static void write_frame(UInt number, DiEpoch epoch, Addr pc, void* json) {
  /* A return address lies behind the call; the entry of the allocator is the call itself. */
  if (number > 0) --pc;
  const HChar* object;
  if (!VG_(get_objname)(epoch, pc, &object)) object = NULL;
  InlIPCursor* const inlined = VG_(new_IIPC)(epoch, pc);
  do {
    json_begin_object(json, NULL);
    write_described(json, VG_(describe_IP)(epoch, pc, inlined), object);
    json_end_object(json);
  } while (VG_(next_IIPC)(inlined));
  VG_(delete_IIPC)(inlined);
}

void frames_write(struct json* json, const HChar* key, ExeContext* context) {
  json_begin_array(json, key);
  VG_(apply_ExeContext)(write_frame, json, context);
  json_end_array(json);
}
