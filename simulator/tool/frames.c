/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/frames.h"

#include "pub_tool_debuginfo.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_libcprint.h"

/* Valgrind tells of code that was inlined only in words: "0x1096F2: main (/src/a.cpp:7)", "0x4B3: puts (in /lib/libc.so)".
   The words are the caller's until the next call. */
static void read_words(const HChar* text, struct place* place) {
  static HChar words[4096];
  VG_(snprintf)(words, sizeof words, "%s", text);
  HChar* const blank = VG_(strchr)(words, ' ');
  HChar* const name = blank ? blank + 1 : words;
  HChar* bracket = NULL; /* the last that begins so: a name may have brackets too */
  for (HChar* at = name; (at = VG_(strstr)(at, " (")) != NULL; ++at) bracket = at;
  HChar* const colon = bracket ? VG_(strrchr)(bracket, ':') : NULL;
  if (bracket) *bracket = 0;
  if (VG_(strcmp)(name, "???") != 0) place->function = name;
  if (!colon || VG_(strncmp)(bracket + 1, "(in ", 4) == 0) return;
  *colon = 0;
  place->file = bracket + 2;
  place->line = VG_(strtoull10)(colon + 1, NULL);
}

/* Headers of the system: what is inlined from them is the work of the line that asked for it. */
static Bool is_systems(const HChar* file) {
  return VG_(strncmp)(file, "/usr/include/", 13) == 0 || VG_(strstr)(file, "/include/c++/") != NULL;
}

void place_find(Addr pc, struct place* place) {
  const DiEpoch epoch = VG_(current_DiEpoch)();
  InlIPCursor* const inlined = VG_(new_IIPC)(epoch, pc);
  do {
    *place = (struct place){.function = "", .file = ""};
    read_words(VG_(describe_IP)(epoch, pc, inlined), place);
  } while (is_systems(place->file) && VG_(next_IIPC)(inlined));
  VG_(delete_IIPC)(inlined);
  if (!VG_(get_objname)(epoch, pc, &place->object)) place->object = "";
}

void place_write(struct json* json, const struct place* place) {
  if (place->function[0] != 0) json_string(json, "function", place->function);
  if (place->line != 0) {
    json_string(json, "file", place->file);
    json_number(json, "line", place->line);
  }
  if (place->object[0] != 0) json_string(json, "object", place->object);
}

static void write_frame(UInt number, DiEpoch epoch, Addr pc, void* json) {
  /* A return address lies behind the call; the entry of the allocator is the call itself. */
  if (number > 0) --pc;
  const HChar* object;
  if (!VG_(get_objname)(epoch, pc, &object)) object = "";
  InlIPCursor* const inlined = VG_(new_IIPC)(epoch, pc);
  do {
    struct place place = {.function = "", .file = "", .object = object};
    read_words(VG_(describe_IP)(epoch, pc, inlined), &place);
    json_begin_object(json, NULL);
    place_write(json, &place);
    json_end_object(json);
  } while (VG_(next_IIPC)(inlined));
  VG_(delete_IIPC)(inlined);
}

void frames_write(struct json* json, const HChar* key, ExeContext* context) {
  json_begin_array(json, key);
  VG_(apply_ExeContext)(write_frame, json, context);
  json_end_array(json);
}
