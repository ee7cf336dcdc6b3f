/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "simulator/tool/draft.h"

/* Accesses of one segment that are looked at as one: at known distances from the same value, all within a line's
   length. */
struct group {
  UChar value;
  Bool stores;    /* one of them is a store */
  Bool may_cross; /* may lie on two lines; else all must be on one */
  Long first;     /* byte, from the value */
  Long last;
  UInt after;  /* events of the segment before the last of them */
  UInt latest; /* number of that access among the segment's accesses */
  UInt members;
  Bool in_a_row; /* no access of another group between them */
};

/* At most one for each event. Returns how many. */
UInt groups_of(const struct draft* draft, struct group* groups);
