/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/thread.h"

#include "libvex_guest_offsets.h"
#include "pub_tool_aspacemgr.h"
#include "pub_tool_guest.h"
#include "pub_tool_libcassert.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_libcprint.h"
#include "pub_tool_libcproc.h"
#include "pub_tool_machine.h"
#include "pub_tool_mallocfree.h"
#include "pub_tool_threadstate.h"
#include "pub_tool_tooliface.h"
#include "pub_tool_vki.h"
#include "pub_tool_vkiscnums.h"
#include "simulator/tool/core.h"
#include "simulator/tool/heat.h"
#include "simulator/tool/options.h"
#include "simulator/tool/recorder.h"
#include "simulator/tool/region.h"

#define COUNTS_BYTES (MOST_SEGMENTS * sizeof(uint64_t))

struct thread* running;
struct thread* threads;
struct sim_hierarchy* hierarchy;
struct sim_core* no_core;

static struct sim_branches* predictors; /* one for each core */
static struct thread** alive_by_id;     /* by ThreadId */
static UInt alive_count;
static UInt created_count;

static void* allocate(void* context, size_t bytes) {
  (void)context;
  return VG_(calloc)("countercheck.model", 1, bytes);
}

static void release(void* context, void* block) {
  (void)context;
  VG_(free)(block);
}

static const struct sim_memory memory = {allocate, release, NULL};

/* The registers whose first shadows are the slots. */
#if defined(VGA_amd64)
typedef VexGuestAMD64State GuestState;
static const Int shadowed[SLOTS] = {OFFSET_amd64_RAX, OFFSET_amd64_RCX, OFFSET_amd64_RDX, OFFSET_amd64_RBX,
                                    OFFSET_amd64_RSI, OFFSET_amd64_RDI, OFFSET_amd64_R8};
#elif defined(VGA_arm64)
typedef VexGuestARM64State GuestState;
static const Int shadowed[SLOTS] = {OFFSET_arm64_X0, OFFSET_arm64_X1, OFFSET_arm64_X2, OFFSET_arm64_X3,
                                    OFFSET_arm64_X4, OFFSET_arm64_X5, OFFSET_arm64_X6};
#else
#error "the simulator knows amd64 and arm64"
#endif

Int thread_slot_offset(enum slot slot) {
  return (Int)sizeof(GuestState) + shadowed[slot];
}

void thread_set_slot(ThreadId tid, enum slot slot, UWord value) {
  VG_(set_shadow_regs_area)(tid, 1, shadowed[slot], sizeof value, (const UChar*)&value);
}

UWord thread_slot(ThreadId tid, enum slot slot) {
  UWord value;
  VG_(get_shadow_regs_area)(tid, (UChar*)&value, 1, shadowed[slot], sizeof value);
  return value;
}

/* Where the core keeps the number of blocks that the running thread may still run. */
static Int turn_offset(void) {
  return offsetof(GuestState, host_EvC_COUNTER);
}

void threads_create(const struct sim_machine* machine, const struct sim_branch_geometry* branches) {
  hierarchy = sim_hierarchy_create(machine, &memory);
  predictors = VG_(calloc)("countercheck.predictors", machine->cores, sizeof *predictors);
  for (UInt core = 0; core < machine->cores; ++core) sim_branches_create(&predictors[core], branches, &memory);
  alive_by_id = VG_(calloc)("countercheck.threads", VG_N_THREADS, sizeof *alive_by_id);
  const struct sim_machine small = {
      .line_bytes = machine->line_bytes, .cores = 1, .level_count = 1, .levels = {{.data = {1, 1, SIM_LRU}}}};
  no_core = sim_hierarchy_create(&small, &memory)->cores;
  sim_filter_clear(&no_core->tlb.pages);
}

const struct sim_branch_geometry* threads_predictor(void) {
  return &predictors->geometry;
}

/* Pages of zeros that cost nothing until they are written to. */
static uint64_t* create_counts(void) {
  uint64_t* const counts = VG_(am_shadow_alloc)(COUNTS_BYTES);
  if (!counts) {
    VG_(fmsg)("countercheck: no memory left for the counts of another thread\n");
    VG_(exit)(1);
  }
  return counts;
}

static void point(struct thread* thread, Bool inside) {
  thread->counts = thread->where[inside].counts;
  thread_set_slot(thread->tid, SLOT_COUNTS, (UWord)thread->counts);
  thread->misses = &thread->where[inside].misses;
}

static void begin(ThreadId id) {
  struct thread* const thread = VG_(calloc)("countercheck.thread", 1, sizeof *thread);
  thread->tid = id;
  thread->id = ++created_count;
  thread->core_index = (thread->id - 1) % hierarchy->machine.cores;
  thread->core = &hierarchy->cores[thread->core_index];
  thread->branches = &predictors[thread->core_index];
  thread->alive = True;
  thread->where[0].counts = create_counts();
  thread->where[1].counts = create_counts();
  point(thread, region_is_open());
  thread->next = threads;
  threads = thread;
  alive_by_id[id] = thread;
  ++alive_count;
  thread_set_slot(id, SLOT_THREAD, (UWord)thread);
  thread_set_slot(id, SLOT_CORE, (UWord)thread->core);
  thread_set_slot(id, SLOT_BRANCHES, (UWord)thread->branches);
}

void thread_ends(ThreadId id) {
  if (!alive_by_id[id]) return;
  alive_by_id[id]->alive = False;
  alive_by_id[id] = NULL;
  --alive_count;
}

static void gather_branches(struct sim_branches* branches, struct misses* misses) {
  misses->answers.conditional_misses += branches->conditional_wrongs / SIM_WRONG;
  misses->answers.indirect_misses += branches->indirect_wrongs;
  branches->conditional_wrongs = 0;
  branches->indirect_wrongs = 0;
}

void threads_gather(void) {
  if (!running) return;
  gather_branches(running->branches, running->misses);
  struct sim_core* const core = running->core;
  for (Int kind = 0; kind < SIM_KINDS; ++kind) {
    running->misses->coherence[kind] += core->coherence_misses[kind];
    core->coherence_misses[kind] = 0;
  }
  running->misses->invalidating_stores += core->invalidating_stores;
  core->invalidating_stores = 0;
}

void thread_enters_kernel(ThreadId id) {
  if (alive_by_id[id]) alive_by_id[id]->in_kernel = True;
}

void thread_leaves_kernel(ThreadId id) {
  if (alive_by_id[id]) alive_by_id[id]->in_kernel = False;
}

/* The blocks that it may still run; less than 0 where it wanted one more. */
static Int turn_of(ThreadId id) {
  Int blocks;
  VG_(get_shadow_regs_area)(id, (UChar*)&blocks, 0, turn_offset(), sizeof blocks);
  return blocks;
}

static void set_turn(ThreadId id, Int blocks) {
  if (blocks < turn_of(id)) VG_(set_shadow_regs_area)(id, 0, turn_offset(), sizeof blocks, (const UChar*)&blocks);
}

static Bool another_wants_a_turn(const struct thread* than) {
  for (const struct thread* thread = threads; thread; thread = thread->next) {
    if (thread != than && thread->alive && !thread->in_kernel) return True;
  }
  return False;
}

/* Threads take turns of a few blocks each. The core alone gives a thread a hundred thousand, and then to whoever asks
   first: a thread that the kernel put aside between two turns loses many of them. Lines that two threads share would
   hardly ever change hands, and never twice in the same way. So who comes again while another waits gets no block. */
static void share_turns(ThreadId id, const struct thread* before) {
  if (running != before || !another_wants_a_turn(running)) {
    set_turn(id, options.interleave);
  } else {
    set_turn(id, 0);
    VG_(do_syscall)(__NR_sched_yield, 0, 0, 0, 0, 0, 0);
  }
}

void thread_takes_its_turn(ThreadId id) {
  threads_gather();
  if (!alive_by_id[id]) begin(id);
  const struct thread* const before = running;
  running = alive_by_id[id];
  running->in_kernel = False;
  thread_set_slot(id, SLOT_CLOCK, hierarchy->clock);
  point(running, region_is_open()); /* the return from a signal's handler brings back old shadows */
  if (alive_count > 1) share_turns(id, before);
}

void thread_gives_up_its_turn(ThreadId id) {
  hierarchy->clock = thread_slot(id, SLOT_CLOCK);
  if (turn_of(id) >= 0) return;
  heat_turn_is_over();
  recorder_turn_is_over();
}

void thread_shorten_turn(ThreadId id) {
  set_turn(id, 0);
}

void threads_go(Bool inside) {
  for (struct thread* thread = threads; thread; thread = thread->next) {
    if (thread->alive) point(thread, inside);
  }
}

static void forget_counts(struct thread* thread) {
  for (Int inside = 0; inside < 2; ++inside) {
    VG_(memset)(thread->where[inside].counts, 0, segments_known() * sizeof(uint64_t));
    VG_(memset)(&thread->where[inside].misses, 0, sizeof thread->where[inside].misses);
  }
}

void threads_forked(ThreadId id) {
  threads_gather();
  for (ThreadId other = 0; other < VG_N_THREADS; ++other) {
    if (other != id) thread_ends(other);
  }
  threads = alive_by_id[id];
  threads->next = NULL;
  running = threads;
  forget_counts(threads);
}
