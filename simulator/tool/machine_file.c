/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/machine_file.h"

#include "pub_tool_libcassert.h"
#include "pub_tool_libcbase.h"
#include "pub_tool_libcfile.h"
#include "pub_tool_libcprint.h"
#include "pub_tool_libcproc.h"
#include "pub_tool_vki.h"
#include "simulator/model/machine_text.h"

#define MOST_BYTES 65536

static void give_up(const HChar* path, const HChar* fault) {
  VG_(fmsg)("countercheck: the machine in %s cannot be simulated: %s\n", path, fault);
  VG_(exit)(1);
}

void machine_file_read(const HChar* path, struct sim_machine* machine, struct sim_branch_geometry* branches) {
  static HChar text[MOST_BYTES];
  if (!path) {
    VG_(fmsg)("countercheck: --machine-file is missing; countercheck itself gives it\n");
    VG_(exit)(1);
  }
  const Int descriptor = VG_(fd_open)(path, VKI_O_RDONLY, 0);
  if (descriptor < 0) give_up(path, "it cannot be opened");
  Int length = 0;
  Int got;
  while ((got = VG_(read)(descriptor, text + length, MOST_BYTES - length)) > 0) length += got;
  VG_(close)(descriptor);
  if (got < 0) give_up(path, "it cannot be read");
  UInt line = 0;
  const HChar* const fault = sim_machine_text_read(text, (SizeT)length, machine, branches, &line);
  if (fault) give_up(path, fault);
}
