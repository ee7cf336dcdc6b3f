#pragma once

#include <sys/types.h>

#include <optional>

namespace countercheck {

// Waits until a child that asked to be traced (PTRACE_TRACEME) stands before the first instruction of its new program:
// nothing of it has run, and nothing of the child before it can be counted any more. False when it ended instead; it is
// then not reaped.
bool wait_for_exec_stop(pid_t child);

// Waits until a traced child stands for a signal, and gives that; nothing where it ended instead, and it is then not
// reaped.
std::optional<int> wait_for_stop(pid_t child);

// Lets it run, traced no longer.
void let_go(pid_t child);

}  // namespace countercheck
