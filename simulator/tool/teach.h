/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "simulator/tool/draft.h"

/* Adds to the block what lets the predictors learn the branch that ends the segment, if one does: in place, or by a
   call where the predictor is too large for that. The segment is made of the draft. */
void teach(IRSB* block, const struct draft* draft, const struct segment* segment);

/* Only the latter. */
void teach_by_call(IRSB* block, const struct draft* draft, const struct segment* segment);

/* Whether the predictors are small enough to be looked into by the translated code. */
Bool conditionals_are_inline(void);
Bool indirects_are_inline(void);
