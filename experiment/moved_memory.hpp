#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "experiment/layouts.hpp"

namespace countercheck {

// Moves what a program will allot, while it stands before its first instruction (exec_stop.hpp): its heap begins
// layout.heap bytes further on, for the break is moved (brk(2)), and what it maps, its libraries and large blocks
// included, lies layout.mappings bytes lower, for so much is taken away above it (mmap(2), PROT_NONE). That holds for
// this program, not for one that it execs. Why it could not be done, in one clause; empty: it was.
std::optional<std::string> move_memory(pid_t process, const Layout& layout);

}  // namespace countercheck
