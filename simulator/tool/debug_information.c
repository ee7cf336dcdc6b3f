/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pub_tool_basics.h"
#include "simulator/tool/options.h"

/* The core reads the symbols and line numbers of every object that a program maps, asked for or not, and has no option
   against it: a third of what starting a small program costs. Counts alone need none of it. The linker puts this before
   the core's own function (--wrap); False is its answer for an object without any, of which the core knows the place
   all the same. */
struct _DebugInfo;
Bool __real_vgModuleLocal_read_elf_debug_info(struct _DebugInfo* object);
Bool __wrap_vgModuleLocal_read_elf_debug_info(struct _DebugInfo* object);

Bool __wrap_vgModuleLocal_read_elf_debug_info(struct _DebugInfo* object) {
  if (options.attribution == ATTRIBUTE_NOTHING) return False;
  return __real_vgModuleLocal_read_elf_debug_info(object);
}
