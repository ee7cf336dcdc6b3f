/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"

/* What Valgrind's core has, but not in its headers for tools. */

/* VG_(discard_translations_safely), which those have, wants a client request. */
extern void VG_(discard_translations)(Addr start, ULong bytes, const HChar* who);

extern SysRes VG_(am_munmap_valgrind)(Addr start, SizeT bytes);

extern SysRes VG_(do_syscall)(UWord number, RegWord a1, RegWord a2, RegWord a3, RegWord a4, RegWord a5, RegWord a6);
