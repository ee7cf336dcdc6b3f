/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/segment.h"

#include "pub_tool_libcassert.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_libcprint.h"
#include "pub_tool_libcproc.h"
#include "pub_tool_mallocfree.h"
#include "pub_tool_xarray.h"
#include "simulator/tool/groups.h"
#include "simulator/tool/options.h"
#include "simulator/tool/steps.h"
#include "simulator/tool/thread.h"

static VgHashTable* by_address;
static XArray* by_number; /* of struct segment* */

static void group(struct segment* segment) {
  struct group groups[MOST_EVENTS];
  segment->group_count = groups_of(segment->events, 0, segment->event_count, groups);
  segment->groups = VG_(malloc)("countercheck.groups", segment->group_count * sizeof *groups);
  VG_(memcpy)(segment->groups, groups, segment->group_count * sizeof *groups);
}

static void create_tables(void) {
  by_address = VG_(HT_construct)("countercheck.segments");
  by_number = VG_(newXA)(VG_(malloc), "countercheck.segments", VG_(free), sizeof(struct segment*));
}

struct candidate {
  VgHashNode node;
  const struct tally* tally;
  const struct event* events;
  UInt event_count;
};

static Word differs(const void* candidate, const void* known) {
  const struct candidate* const one = candidate;
  const struct segment* const other = known;
  if (one->node.key != other->node.key || one->event_count != other->event_count) return 1;
  if (VG_(memcmp)(one->tally, &other->tally, sizeof *one->tally) != 0) return 1;
  return VG_(memcmp)(one->events, other->events, one->event_count * sizeof *one->events) != 0;
}

struct segment* segment_of(Addr pc, const struct tally* tally, const struct event* events, UInt event_count) {
  if (!by_address) create_tables();
  const struct candidate candidate = {{0, pc}, tally, events, event_count};
  struct segment* segment = VG_(HT_gen_lookup)(by_address, &candidate, differs);
  if (segment) return segment;
  if (segments_known() == MOST_SEGMENTS) {
    VG_(fmsg)("countercheck: the program has more code than the simulator keeps counts for\n");
    VG_(exit)(1);
  }
  segment = VG_(malloc)("countercheck.segment", sizeof *segment + event_count * sizeof *events);
  segment->node.key = pc;
  segment->number = segments_known();
  segment->event_count = event_count;
  segment->tally = *tally;
  VG_(memcpy)(segment->events, events, event_count * sizeof *events);
  segment->observed = 0;
  segment->records = step_records_create(event_count);
  group(segment);
  segment->branch = NULL;
  segment->missed = NULL;
  segment->plan = NULL;
  if (options.attribution != ATTRIBUTE_NOTHING && event_count > 0)
    segment->missed = VG_(calloc)("countercheck.missed", event_count, MISS_COLUMNS * sizeof(ULong));
  VG_(HT_add_node)(by_address, segment);
  VG_(addToXA)(by_number, &segment);
  return segment;
}

UInt segments_known(void) {
  return by_number ? (UInt)VG_(sizeXA)(by_number) : 0;
}

struct segment* segment_numbered(UInt number) {
  return *(struct segment**)VG_(indexXA)(by_number, number);
}
