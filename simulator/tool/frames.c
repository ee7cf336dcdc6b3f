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

static void write_frame(UInt number, DiEpoch epoch, Addr pc, void* json) {
  json_begin_object(json, NULL);
  /* A return address lies behind the call; the entry of the allocator is the call itself. */
  write_members(json, epoch, number == 0 ? pc : pc - 1);
  json_end_object(json);
}

void frames_write(struct json* json, const HChar* key, ExeContext* context) {
  json_begin_array(json, key);
  VG_(apply_ExeContext)(write_frame, json, context);
  json_end_array(json);
}
