/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_tooliface.h"

/* Valgrind's door for tools: the block as it was, with our counting in it. */
IRSB* translate(VgCallbackClosure* closure, IRSB* in, const VexGuestLayout* layout, const VexGuestExtents* extents,
                const VexArchInfo* host, IRType guest_word, IRType host_word);
