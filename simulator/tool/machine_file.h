/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "simulator/model/branches.h"
#include "simulator/model/machine.h"

/* Ends the program with a sentence where the file is missing or wrong. */
void machine_file_read(const HChar* path, struct sim_machine* machine, struct sim_branch_geometry* branches);
