/* SPDX-License-Identifier: GPL-2.0-or-later */
/* countercheck's simulator: a tool on Valgrind's core. It counts what a program does, and simulates caches, TLBs and
   branch predictors of any machine for it. See simulator/model for what is simulated. */
#include "pub_tool_basics.h"
#include "pub_tool_libcassert.h"
#include "pub_tool_libcprint.h"
#include "pub_tool_libcproc.h"
#include "pub_tool_options.h"
#include "pub_tool_tooliface.h"
#include "simulator/tool/allocator.h"
#include "simulator/tool/arrays.h"
#include "simulator/tool/machine_file.h"
#include "simulator/tool/options.h"
#include "simulator/tool/output.h"
#include "simulator/tool/recorder.h"
#include "simulator/tool/region.h"
#include "simulator/tool/requests.h"
#include "simulator/tool/sites.h"
#include "simulator/tool/thread.h"
#include "simulator/tool/translate.h"

/* Blocks. */
#define FINE_TURN 100

static void options_are_known(void) {
  struct sim_machine machine;
  struct sim_branch_geometry branches;
  machine_file_read(options.machine_file, &machine, &branches);
  threads_create(&machine, &branches);
  region_create();
  recorder_create();
  /* Valgrind 3.19 follows jumps into one block, and translates two conditions of one && as a single branch, the second
     run for nothing: Cachegrind counts it so, and with its conventions so do we. Else every instruction and branch is
     counted as it is; and the entries of the allocator's functions are where blocks begin. */
  if (!machine.straddle_as_one || options.attribution == ATTRIBUTE_ARRAYS) VG_(clo_vex_control).guest_chase = False;
  /* A turn is as fine as the blocks are: loops are not to be unrolled in one. */
  if (options.interleave < FINE_TURN) VG_(clo_vex_control).iropt_unroll_thresh = 0;
  output_prepare();
}

static void turn_begins(ThreadId id, ULong blocks) {
  (void)blocks;
  thread_takes_its_turn(id);
  recorder_turn_begins();
}

static void turn_ends(ThreadId id, ULong blocks) {
  (void)blocks;
  recorder_turn_ends();
  thread_gives_up_its_turn(id);
}

static void last_of_thread(ThreadId id) {
  allocator_thread_ends(id);
  thread_ends(id);
}

static void fork_begins(ThreadId id) {
  (void)id;
  recorder_settle();
}

static void child_begins(ThreadId id) {
  threads_forked(id);
  recorder_forked();
  region_forked();
  sites_forked();
  arrays_forked();
  output_prepare();
}

static void before_system_call(ThreadId id, UInt number, UWord* arguments, UInt count) {
  (void)arguments;
  (void)count;
  thread_enters_kernel(id);
  output_before_system_call(number);
}

static void after_system_call(ThreadId id, UInt number, UWord* arguments, UInt count, SysRes result) {
  (void)count;
  thread_leaves_kernel(id);
  allocator_after_system_call(id, number, arguments, result);
}

static void program_ends(Int exit_status) {
  (void)exit_status;
  output_write("exit");
}

static void before_options(void) {
  VG_(details_name)("countercheck");
  VG_(details_version)(NULL);
  VG_(details_description)("a simulator of caches and branch predictors");
  VG_(details_copyright_author)("GNU GPL 2 or later; the countercheck project");
  VG_(details_bug_reports_to)("the countercheck project");
  VG_(details_avg_translation_sizeB)(700);
  VG_(basic_tool_funcs)(options_are_known, translate, program_ends);
  /* Nothing here unwinds the stack in the middle of a block. */
  VG_(clo_vex_control).iropt_register_updates_default = VG_(clo_px_file_backed) = VexRegUpdSpAtMemAccess;
  VG_(needs_command_line_options)(options_take, options_print_usage, options_print_debug_usage);
  VG_(needs_client_requests)(request_take);
  VG_(needs_syscall_wrapper)(before_system_call, after_system_call);
  VG_(track_start_client_code)(turn_begins);
  VG_(track_stop_client_code)(turn_ends);
  VG_(track_pre_thread_ll_exit)(last_of_thread);
  VG_(atfork)(fork_begins, NULL, child_begins);
}

VG_DETERMINE_INTERFACE_VERSION(before_options)
