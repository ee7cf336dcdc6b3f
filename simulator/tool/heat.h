/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "pub_tool_tooliface.h"

/* Most code of most programs runs a few times only, and to translate it costs as much as thousands of runs. So a block
   is first translated into little code that leaves all to the model, and whole when it has run often enough. Until
   then it is observed. */
#define RUNS_UNTIL_HOT 2000

Bool heat_is_enough(Addr block);

/* Adds to the start of a block what counts its runs and, after the last of them, has it translated again. */
void heat_watch(IRSB* code, Addr block);

/* What is translated of this instruction is to be translated again, as soon as no code is in use. */
void heat_renew(Addr pc);

/* A thread has run all the blocks of its turn: none of them is in use. */
void heat_turn_is_over(void);
