/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"

enum attribution { ATTRIBUTE_NOTHING, ATTRIBUTE_LINES, ATTRIBUTE_ARRAYS };

/* What countercheck asked for on the command line. */
struct options {
  const HChar* machine_file;
  const HChar* output_folder;
  Bool region; /* count between the program's marks only */
  enum attribution attribution;
  Bool check_code; /* look for faults in what blocks are translated to */
  Bool repeats;    /* recognise what repeats itself, and do not simulate it again */
  Int history_bits; /* of the words that are kept for it */
  Int interleave;  /* blocks of code a thread runs before another's turn */
};

extern struct options options;

Bool options_take(const HChar* argument);
void options_print_usage(void);
void options_print_debug_usage(void);
