#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/counts.hpp"
#include "simulator/model/machine.h"

namespace countercheck {

// Cachegrind as the engine where our own tool is missing: two levels, LRU, one cache for all threads, no region.

// What Cachegrind can be told of a machine.
struct CachegrindCaches {
  std::vector<std::string> options{};  // --I1=BYTES,WAYS,LINE and the like
  std::string described{};             // "L1 32 KiB 8-way, last level 20 MiB 20-way"
  std::vector<std::string> notes{};    // where that is not the machine: a sentence each
};

// The first level and the last of the machine. Cachegrind takes numbers of sets that are powers of two only (cg_arch.c,
// check_cache): the next smaller one is taken, and noted.
CachegrindCaches cachegrind_caches(const sim_machine& machine);

// The content of a cachegrind.out file: the counts of one process, as one thread's. Throws std::runtime_error for a
// file that is cut short or has not the events of --cache-sim=yes --branch-sim=yes.
ProcessCounts cachegrind_counts_from(std::string_view text, std::uint64_t pid);

// Reads PID.cachegrind of the processes that ended and PID.log of those that began. A forked process that execs nothing
// takes its parent's counts along, so that what came before the fork would be counted twice: two files of the same
// command make the whole unusable, and are told as lost.
RunCounts read_cachegrind_folder(const std::filesystem::path& folder);

}  // namespace countercheck
