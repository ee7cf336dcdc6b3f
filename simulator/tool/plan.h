/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "simulator/model/segment.h"
#include "simulator/tool/segment.h"

/* What the model is told of a segment beforehand, so that each run of it can be told in few words: a head, then the
   first values of the segment, as many as its accesses and an indirect branch that the model predicts have. */
const struct sim_segment* plan_of(struct segment* segment);
