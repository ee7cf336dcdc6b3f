/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "libvex.h"
#include "pub_tool_basics.h"
#include "simulator/tool/options.h"

/* The translator looks at every block three times for faults of its own and of a tool's, asked for or not: a tenth of
   what a small program costs. The tests ask for it (--check-code=yes), all others need not. The linker puts this before
   the translator's own function (--wrap). */
void __real_sanityCheckIRSB(const IRSB* block, const HChar* when, Bool flat, IRType guest_word);
void __wrap_sanityCheckIRSB(const IRSB* block, const HChar* when, Bool flat, IRType guest_word);

void __wrap_sanityCheckIRSB(const IRSB* block, const HChar* when, Bool flat, IRType guest_word) {
  if (options.check_code) __real_sanityCheckIRSB(block, when, flat, guest_word);
}
