/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "pub_tool_basics.h"
#include "simulator/tool/segment.h"

/* At first a program is recorded: its code is translated into code that writes down which segments run, and with which
   values (simulator/model/segment.h), and a few thousand words of it are simulated at once. So a program that does the
   same again and again is recognised (simulator/model/repeats.h). One that does not is soon translated anew, into code
   that looks its accesses up where they are made (look.h), which then is faster. */

/* Whether code is to be translated so. */
extern Bool recording;

/* Decides whether to record at all: not where misses are attributed, or on a machine that the repeats cannot be known
   of. */
void recorder_create(void);

/* Words that a block may write after it has asked for room. */
#define ROOM_WORDS 512

/* Of an access under a condition. */
#define GUARDED_WORDS 2

/* Called by translated code that found no room. */
void recorder_make_room(void);

/* Called by translated code for an access under a condition that holds. */
VG_REGPARM(2) void recorder_note_guarded(const struct segment* segment, Addr address);

/* The running thread has its turn, or gives it up. */
void recorder_turn_begins(void);
void recorder_turn_ends(void);

/* As in heat_turn_is_over. */
void recorder_turn_is_over(void);

/* Simulates all that was recorded. */
void recorder_settle(void);

/* In a child, after all was settled: nothing has repeated itself yet. */
void recorder_forked(void);

/* Accesses that were not simulated because they repeated others, as of the last time that all was settled. */
ULong recorder_repeated(void);
