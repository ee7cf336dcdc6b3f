/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/output.h"

#include "pub_tool_clientstate.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_libcfile.h"
#include "pub_tool_libcprint.h"
#include "pub_tool_libcproc.h"
#include "pub_tool_vki.h"
#include "pub_tool_vkiscnums.h"
#include "simulator/tool/arrays.h"
#include "simulator/tool/json.h"
#include "simulator/tool/options.h"
#include "simulator/tool/recorder.h"
#include "simulator/tool/region.h"
#include "simulator/tool/sites.h"
#include "simulator/tool/thread.h"

static void write_triple(struct json* json, const HChar* key, const uint64_t* of_kind) {
  json_begin_array(json, key);
  for (Int kind = 0; kind < SIM_KINDS; ++kind) json_number(json, NULL, of_kind[kind]);
  json_end_array(json);
}

static void write_pair(struct json* json, const HChar* key, const uint64_t* of_kind) {
  json_begin_array(json, key);
  json_number(json, NULL, of_kind[SIM_LOAD]);
  json_number(json, NULL, of_kind[SIM_STORE]);
  json_end_array(json);
}

struct totals {
  ULong instructions, loads, stores, conditional, indirect, returns, direct;
};

static struct totals totals_of(const struct thread* thread) {
  struct totals totals = {0};
  const uint64_t* const counts = thread->where[1].counts;
  for (UInt i = 0; i < segments_known(); ++i) {
    if (counts[i] == 0) continue;
    const struct tally* const tally = &segment_numbered(i)->tally;
    totals.instructions += counts[i] * tally->instructions;
    totals.loads += counts[i] * tally->loads;
    totals.stores += counts[i] * tally->stores;
    totals.conditional += counts[i] * tally->conditional;
    totals.indirect += counts[i] * tally->indirect;
    totals.returns += counts[i] * tally->returns;
    totals.direct += counts[i] * tally->direct;
  }
  return totals;
}

static void write_thread(struct json* json, const struct thread* thread) {
  const struct totals totals = totals_of(thread);
  const struct misses* const misses = &thread->where[1].misses;
  json_begin_object(json, NULL);
  json_number(json, "thread", thread->id);
  json_number(json, "core", thread->core_index);
  json_number(json, "instructions", totals.instructions);
  json_number(json, "loads", totals.loads + misses->guarded_loads);
  json_number(json, "stores", totals.stores + misses->guarded_stores);
  json_number(json, "conditional-branches", totals.conditional);
  json_number(json, "conditional-misses", misses->answers.conditional_misses);
  json_number(json, "indirect-branches", totals.indirect);
  json_number(json, "indirect-misses", misses->answers.indirect_misses);
  json_number(json, "returns", totals.returns);
  if (thread->branches->geometry.returns > 0) json_number(json, "return-misses", misses->returns);
  json_number(json, "direct-branches", totals.direct);
  json_begin_array(json, "misses");
  for (UInt level = 0; level < hierarchy->machine.level_count; ++level)
    write_triple(json, NULL, misses->answers.misses[level]);
  json_end_array(json);
  if (hierarchy->machine.tlb.small.ways > 0) {
    write_pair(json, "tlb-misses", misses->answers.first_tlb_misses);
    write_pair(json, "page-walks", misses->answers.page_walks);
  }
  write_triple(json, "coherence-misses", misses->coherence);
  json_number(json, "invalidating-stores", misses->invalidating_stores);
  json_end_object(json);
}

static const HChar* held_by(const struct sim_node* node) {
  if (!node->holds[SIM_CODE]) return "data";
  return node->holds[SIM_DATA] ? "both" : "code";
}

static Bool has_counts(const struct sim_cache_counts* counts) {
  const UChar* const bytes = (const UChar*)counts;
  for (UInt i = 0; i < sizeof *counts; ++i) {
    if (bytes[i] != 0) return True;
  }
  return False;
}

static void write_caches(struct json* json, const struct model_counts* counts) {
  json_begin_array(json, "caches");
  for (UInt i = 0; i < hierarchy->node_count; ++i) {
    const struct sim_node* const node = &hierarchy->nodes[i];
    const struct sim_cache_counts* const own = &counts->of_node[i];
    if (node->core > 0 && !has_counts(own)) continue; /* of a core that was never used */
    json_begin_object(json, NULL);
    json_number(json, "level", node->level + 1);
    json_string(json, "holds", held_by(node));
    if (node->shared) {
      json_null(json, "core");
    } else {
      json_number(json, "core", node->core);
    }
    json_number(json, "evictions", own->evictions);
    json_number(json, "write-backs", own->write_backs);
    json_number(json, "back-invalidations", own->back_invalidations);
    json_number(json, "invalidations", own->invalidations);
    json_number(json, "prefetches", own->prefetches);
    json_number(json, "useful-prefetches", own->useful_prefetches);
    json_number(json, "useless-prefetches", own->useless_prefetches);
    json_end_object(json);
  }
  json_end_array(json);
  json_number(json, "memory-reads", counts->memory_reads);
  json_number(json, "memory-writes", counts->memory_writes);
}

static void write_command(struct json* json) {
  json_string(json, "program", VG_(args_the_exename));
  json_begin_array(json, "arguments");
  json_string(json, NULL, VG_(args_the_exename));
  for (Word i = 0; i < VG_(sizeXA)(VG_(args_for_client)); ++i)
    json_string(json, NULL, *(const HChar**)VG_(indexXA)(VG_(args_for_client), i));
  json_end_array(json);
}

static void write_threads(struct json* json) {
  UInt count = 0;
  for (const struct thread* thread = threads; thread; thread = thread->next) ++count;
  json_begin_array(json, "threads");
  for (UInt i = count; i-- > 0;) { /* the list has the newest first */
    const struct thread* thread = threads;
    for (UInt skipped = 0; skipped < i; ++skipped) thread = thread->next;
    write_thread(json, thread);
  }
  json_end_array(json);
}

static void write_image(struct json* json, UInt image, const HChar* end) {
  const struct model_counts* const counts = region_model_counts();
  json_begin_object(json, NULL);
  json_number(json, "schema", 1);
  json_number(json, "pid", VG_(getpid)());
  json_number(json, "parent", VG_(getppid)());
  json_number(json, "image", image);
  write_command(json);
  json_string(json, "end", end);
  json_boolean(json, "region", options.region);
  json_number(json, "entries", region_entries());
  json_number(json, "repeated-accesses", recorder_repeated());
  json_number(json, "levels", hierarchy->machine.level_count);
  write_threads(json);
  write_caches(json, counts);
  if (options.attribution != ATTRIBUTE_NOTHING) sites_write(json);
  if (options.attribution == ATTRIBUTE_ARRAYS) arrays_write(json);
  json_end_object(json);
}

static void path_of(HChar* path, UInt bytes, UInt image, const HChar* suffix) {
  VG_(snprintf)(path, bytes, "%s/%d-%u.%s", options.output_folder, VG_(getpid)(), image, suffix);
}

/* An exec keeps the process and begins an image: the images before it left their files. */
static UInt image_number(void) {
  static Int known_pid = 0;
  static UInt number;
  HChar path[4096];
  if (known_pid == VG_(getpid)()) return number;
  known_pid = VG_(getpid)();
  for (number = 0;; ++number) {
    struct vg_stat status;
    path_of(path, sizeof path, number, "json");
    if (sr_isError(VG_(stat)(path, &status))) return number;
  }
}

static Int open_partial(const HChar* path) {
  const SysRes file = VG_(open)(path, VKI_O_CREAT | VKI_O_TRUNC | VKI_O_WRONLY, 0600);
  if (!sr_isError(file)) return (Int)sr_Res(file);
  VG_(umsg)("countercheck: the counts cannot be written to %s: error %lu\n", path, sr_Err(file));
  return -1;
}

void output_prepare(void) {
  HChar partial[4096];
  if (!options.output_folder) return;
  path_of(partial, sizeof partial, image_number(), "partial");
  const Int descriptor = open_partial(partial);
  if (descriptor >= 0) VG_(close)(descriptor);
}

void output_write(const HChar* end) {
  HChar partial[4096];
  HChar whole[4096];
  if (!options.output_folder) return;
  const UInt image = image_number();
  path_of(partial, sizeof partial, image, "partial");
  path_of(whole, sizeof whole, image, "json");
  const Int descriptor = open_partial(partial);
  if (descriptor < 0) return;
  static struct json json; /* large */
  json_create(&json, descriptor);
  write_image(&json, image, end);
  const Bool written = json_finish(&json);
  VG_(close)(descriptor);
  if (!written || VG_(rename)(partial, whole) != 0) {
    VG_(umsg)("countercheck: the counts could not be written to %s: is the disk full?\n", partial);
  }
}

static Bool is_exec(UInt number) {
  return number == __NR_execve
#ifdef __NR_execveat
         || number == __NR_execveat
#endif
      ;
}

void output_before_system_call(UInt number) {
  if (is_exec(number)) output_write("exec");
}
