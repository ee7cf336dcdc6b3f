/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "simulator/tool/json.h"

/* Where the counts come from: every line of code that ran inside the region, with what it did and what it missed. */
void sites_write(struct json* json);

/* After a fork: nothing was missed yet. */
void sites_forked(void);
