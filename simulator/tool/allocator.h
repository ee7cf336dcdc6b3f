/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "pub_tool_tooliface.h"

/* Watches the program's own allocator at work: its functions' entries and their returns. It is not replaced, for it is
   part of what is simulated. */

/* Adds a call to the block where a function of the allocator begins. */
void allocator_watch_entry(IRSB* block, Addr pc, const VexGuestLayout* layout);

/* Adds a call to the end of a block that returns, for where an allocation is under way. */
void allocator_watch_return(IRSB* block, const VexGuestLayout* layout);

/* mmap, munmap and mremap, after they succeeded. */
void allocator_after_system_call(ThreadId tid, UInt number, const UWord* arguments, SysRes result);

void allocator_thread_ends(ThreadId tid);
