/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/sites.h"

#include "pub_tool_hashtable.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_mallocfree.h"
#include "simulator/tool/frames.h"
#include "simulator/tool/thread.h"

/* One line of a function; of code without debug information, the function. */
struct site {
  struct site* next; /* of the same hash */
  struct place place;
  ULong instructions, loads, stores, branches, mispredicted;
  ULong misses[SIM_MAX_LEVELS][SIM_KINDS];
};

#define BUCKETS 16384

/* An instruction's site, found once. */
struct known {
  VgHashNode node;
  struct site* site;
};

static struct site* buckets[BUCKETS];

static UInt hash(const HChar* text, UInt start) {
  for (; *text != 0; ++text) start = start * 31 + (UChar)*text;
  return start;
}

static Bool same(const struct place* one, const struct place* other) {
  return one->line == other->line && VG_(strcmp)(one->function, other->function) == 0 &&
         VG_(strcmp)(one->file, other->file) == 0 && VG_(strcmp)(one->object, other->object) == 0;
}

static struct site* find_site(const struct place* place) {
  struct site** const bucket = &buckets[hash(place->file, hash(place->function, place->line)) % BUCKETS];
  for (struct site* site = *bucket; site; site = site->next) {
    if (same(&site->place, place)) return site;
  }
  struct site* const site = VG_(calloc)("countercheck.site", 1, sizeof *site);
  site->place = *place;
  site->place.function = VG_(strdup)("countercheck.site", place->function);
  site->place.file = VG_(strdup)("countercheck.site", place->file);
  site->place.object = VG_(strdup)("countercheck.site", place->object);
  site->next = *bucket;
  *bucket = site;
  return site;
}

static struct site* site_at(VgHashTable* known_sites, Addr pc) {
  struct known* known = VG_(HT_lookup)(known_sites, pc);
  if (known) return known->site;
  struct place place;
  place_find(pc, &place);
  known = VG_(malloc)("countercheck.site", sizeof *known);
  known->node.key = pc;
  known->site = find_site(&place);
  VG_(HT_add_node)(known_sites, known);
  return known->site;
}

static ULong executions(UInt number) {
  ULong sum = 0;
  for (const struct thread* thread = threads; thread; thread = thread->next) sum += thread->where[1].counts[number];
  return sum;
}

static void add_event(struct site* site, const struct event* event, const ULong* missed, ULong count) {
  enum sim_kind kind = SIM_KINDS;
  switch ((enum event_kind)event->kind) {
    case EVENT_FETCH:
      kind = SIM_FETCH;
      site->instructions += count;
      break;
    case EVENT_LOAD:
      kind = SIM_LOAD;
      site->loads += count;
      break;
    case EVENT_STORE:
      kind = SIM_STORE;
      site->stores += count;
      break;
    case EVENT_CONDITIONAL:
    case EVENT_INDIRECT:
    case EVENT_PREDICTED:
      site->branches += count;
      site->mispredicted += missed[MISPREDICTED];
      return;
  }
  for (UInt level = 0; level < hierarchy->machine.level_count; ++level) site->misses[level][kind] += missed[level];
}

static void gather(void) {
  VgHashTable* const known_sites = VG_(HT_construct)("countercheck.sites");
  for (UInt number = 0; number < segments_known(); ++number) {
    const ULong count = executions(number);
    const struct segment* const segment = segment_numbered(number);
    if (!segment->missed) continue;
    for (UInt i = 0; i < segment->event_count; ++i) {
      const struct event* const event = &segment->events[i];
      add_event(site_at(known_sites, event->pc), event, segment->missed + i * MISS_COLUMNS, count);
    }
  }
  VG_(HT_destruct)(known_sites, VG_(free));
}

/* Translated code may never have run inside the region. An access under a condition has no instruction of its own. */
static Bool ran(const struct site* site) {
  ULong sum = site->instructions + site->loads + site->stores + site->branches;
  for (Int kind = 0; kind < SIM_KINDS; ++kind) sum += site->misses[0][kind];
  return sum > 0;
}

static void write_site(struct json* json, const struct site* site) {
  json_begin_object(json, NULL);
  place_write(json, &site->place);
  json_number(json, "instructions", site->instructions);
  json_number(json, "loads", site->loads);
  json_number(json, "stores", site->stores);
  json_number(json, "branches", site->branches);
  json_number(json, "mispredicted", site->mispredicted);
  json_begin_array(json, "misses");
  for (UInt level = 0; level < hierarchy->machine.level_count; ++level) {
    json_begin_array(json, NULL);
    for (Int kind = 0; kind < SIM_KINDS; ++kind) json_number(json, NULL, site->misses[level][kind]);
    json_end_array(json);
  }
  json_end_array(json);
  json_end_object(json);
}

/* An image may write its counts twice, if an exec of it fails. */
static void clear(void) {
  for (UInt i = 0; i < BUCKETS; ++i) {
    while (buckets[i]) {
      struct site* const site = buckets[i];
      buckets[i] = site->next;
      VG_(free)((void*)site->place.function);
      VG_(free)((void*)site->place.file);
      VG_(free)((void*)site->place.object);
      VG_(free)(site);
    }
  }
}

void sites_write(struct json* json) {
  gather();
  json_begin_array(json, "sites");
  for (UInt i = 0; i < BUCKETS; ++i) {
    for (const struct site* site = buckets[i]; site; site = site->next) {
      if (ran(site)) write_site(json, site);
    }
  }
  json_end_array(json);
  clear();
}

void sites_forked(void) {
  for (UInt number = 0; number < segments_known(); ++number) {
    struct segment* const segment = segment_numbered(number);
    if (segment->missed) VG_(memset)(segment->missed, 0, segment->event_count * MISS_COLUMNS * sizeof(ULong));
  }
}
