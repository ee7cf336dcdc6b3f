/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"

/* What a program asks through workloads/region.h. */
Bool request_take(ThreadId id, UWord* arguments, UWord* result);
