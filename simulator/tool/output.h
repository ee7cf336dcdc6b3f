/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"

/* Writes the counts of this process image to options.output_folder/PID-IMAGE.json. The file gets its name when it is
   whole. `end`: "exit" or "exec". */
void output_write(const HChar* end);

/* To be called when a process begins: leaves PID-IMAGE.partial, which tells of one that could not write its counts. */
void output_prepare(void);

/* An exec ends the image, if it succeeds; if not, what it wrote is replaced when it ends. */
void output_before_system_call(UInt number);
