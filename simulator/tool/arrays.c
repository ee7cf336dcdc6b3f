/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/arrays.h"

#include "pub_tool_aspacemgr.h"
#include "pub_tool_debuginfo.h"
#include "pub_tool_execontext.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_machine.h"
#include "pub_tool_mallocfree.h"
#include "pub_tool_oset.h"
#include "pub_tool_stacktrace.h"
#include "pub_tool_threadstate.h"
#include "pub_tool_xarray.h"
#include "simulator/tool/frames.h"
#include "simulator/tool/options.h"
#include "simulator/tool/thread.h"

/* What is told as one array. */
struct array {
  const HChar* kind;   /* "named", "heap", "mapping", "static", "file", "stack", "other" */
  const HChar* name;   /* null for what is known by its call stack */
  ExeContext* context; /* null for what has a name */
  ULong blocks;
  ULong bytes;
  ULong largest;
  ULong misses[SIM_MAX_LEVELS][SIM_KINDS];
};

/* Bytes of memory that belong to an array. */
struct block {
  Addr first; /* the key of its tree: blocks do not overlap */
  Addr last;
  struct array* array;
};

static XArray* arrays; /* of struct array* */
static OSet* named;    /* of struct block; asked first */
static OSet* owned;    /* of struct block: heap and mappings */

/* A key lies before, in or after a block. */
static Word compare(const void* key, const void* element) {
  const Addr address = *(const Addr*)key;
  const struct block* const block = element;
  if (address < block->first) return -1;
  return address > block->last;
}

static void create(void) {
  if (arrays) return;
  arrays = VG_(newXA)(VG_(malloc), "countercheck.arrays", VG_(free), sizeof(struct array*));
  named = VG_(OSetGen_Create)(offsetof(struct block, first), compare, VG_(malloc), "countercheck.named", VG_(free));
  owned = VG_(OSetGen_Create)(offsetof(struct block, first), compare, VG_(malloc), "countercheck.owned", VG_(free));
}

static Bool same_name(const HChar* one, const HChar* other) {
  return one == other || (one && other && VG_(strcmp)(one, other) == 0);
}

static struct array* array_of(const HChar* kind, const HChar* name, ExeContext* context) {
  create();
  for (Word i = 0; i < VG_(sizeXA)(arrays); ++i) {
    struct array* const known = *(struct array**)VG_(indexXA)(arrays, i);
    if (known->kind == kind && known->context == context && same_name(known->name, name)) return known;
  }
  struct array* const array = VG_(calloc)("countercheck.array", 1, sizeof *array);
  array->kind = kind;
  array->name = name ? VG_(strdup)("countercheck.name", name) : NULL;
  array->context = context;
  VG_(addToXA)(arrays, &array);
  return array;
}

static const HChar kind_named[] = "named";
static const HChar kind_heap[] = "heap";
static const HChar kind_mapping[] = "mapping";
static const HChar kind_static[] = "static";
static const HChar kind_file[] = "file";
static const HChar kind_stack[] = "stack";
static const HChar kind_other[] = "other";

static void remove_overlapping(OSet* tree, Addr first, Addr last) {
  VG_(OSetGen_ResetIterAt)(tree, &first);
  struct block* block;
  while ((block = VG_(OSetGen_Next)(tree)) != NULL && block->first <= last) {
    Addr key = block->first;
    VG_(OSetGen_FreeNode)(tree, VG_(OSetGen_Remove)(tree, &key));
    VG_(OSetGen_ResetIterAt)(tree, &first);
  }
}

static void own(OSet* tree, Addr address, SizeT bytes, struct array* array) {
  if (bytes == 0) bytes = 1;
  remove_overlapping(tree, address, address + bytes - 1);
  struct block* const block = VG_(OSetGen_AllocNode)(tree, sizeof *block);
  *block = (struct block){address, address + bytes - 1, array};
  VG_(OSetGen_Insert)(tree, block);
  ++array->blocks;
  array->bytes += bytes;
  if (bytes > array->largest) array->largest = bytes;
}

void arrays_allocated(Addr address, SizeT bytes, ExeContext* context) {
  create();
  own(owned, address, bytes, array_of(kind_heap, NULL, context));
}

void arrays_mapped(Addr address, SizeT bytes, ExeContext* context) {
  create();
  own(owned, address, bytes, array_of(kind_mapping, NULL, context));
}

void arrays_freed(Addr address) {
  create();
  struct block* const block = VG_(OSetGen_Remove)(owned, &address);
  if (!block) return;
  remove_overlapping(named, block->first, block->last);
  VG_(OSetGen_FreeNode)(owned, block);
}

void arrays_unmapped(Addr address, SizeT bytes) {
  create();
  if (bytes == 0) return;
  remove_overlapping(named, address, address + bytes - 1);
  remove_overlapping(owned, address, address + bytes - 1);
}

void arrays_name(Addr address, SizeT bytes, const HChar* name) {
  if (options.attribution != ATTRIBUTE_ARRAYS || bytes == 0) return;
  create();
  own(named, address, bytes, array_of(kind_named, name, NULL));
}

static Bool is_on_stack(ThreadId tid, Addr address) {
  return address + VG_STACK_REDZONE_SZB >= VG_(get_SP)(tid) && address <= VG_(thread_get_stack_max)(tid);
}

static struct array* without_block(ThreadId tid, Addr address) {
  const HChar* name;
  PtrdiffT offset;
  if (is_on_stack(tid, address)) return array_of(kind_stack, NULL, NULL);
  if (VG_(get_datasym_and_offset)(VG_(current_DiEpoch)(), address, &name, &offset))
    return array_of(kind_static, name, NULL);
  const NSegment* const segment = VG_(am_find_nsegment)(address);
  const HChar* const file = segment ? VG_(am_get_filename)(segment) : NULL;
  if (file) return array_of(kind_file, file, NULL);
  return array_of(kind_other, NULL, NULL);
}

static struct array* owner_of(ThreadId tid, Addr address) {
  const struct block* block = VG_(OSetGen_Lookup)(named, &address);
  if (!block) block = VG_(OSetGen_Lookup)(owned, &address);
  return block ? block->array : without_block(tid, address);
}

void arrays_note(ThreadId tid, Addr address, enum sim_kind kind, UInt served_by) {
  if (options.attribution != ATTRIBUTE_ARRAYS || served_by == 0) return;
  create();
  struct array* const array = owner_of(tid, address);
  for (UInt level = 0; level < served_by; ++level) ++array->misses[level][kind];
}

void arrays_forked(void) {
  for (Word i = 0; arrays && i < VG_(sizeXA)(arrays); ++i) {
    struct array* const array = *(struct array**)VG_(indexXA)(arrays, i);
    VG_(memset)(array->misses, 0, sizeof array->misses);
  }
}

static void write_array(struct json* json, const struct array* array) {
  json_begin_object(json, NULL);
  json_string(json, "kind", array->kind);
  if (array->name) json_string(json, "name", array->name);
  json_number(json, "blocks", array->blocks);
  json_number(json, "bytes", array->bytes);
  json_number(json, "largest", array->largest);
  if (array->context) frames_write(json, "stack", array->context);
  json_begin_array(json, "misses");
  for (UInt level = 0; level < hierarchy->machine.level_count; ++level) {
    json_begin_array(json, NULL);
    json_number(json, NULL, array->misses[level][SIM_LOAD]);
    json_number(json, NULL, array->misses[level][SIM_STORE]);
    json_end_array(json);
  }
  json_end_array(json);
  json_end_object(json);
}

void arrays_write(struct json* json) {
  create();
  json_begin_array(json, "arrays");
  for (Word i = 0; i < VG_(sizeXA)(arrays); ++i) {
    const struct array* const array = *(struct array**)VG_(indexXA)(arrays, i);
    if (array->misses[0][SIM_LOAD] + array->misses[0][SIM_STORE] > 0) write_array(json, array);
  }
  json_end_array(json);
}
