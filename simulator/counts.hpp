#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countercheck {

// What missed one cache level, or the TLB: instruction fetches, data loads, data stores.
struct Misses {
  std::uint64_t fetches = 0;
  std::uint64_t loads = 0;
  std::uint64_t stores = 0;

  bool operator==(const Misses&) const = default;
  Misses& operator+=(const Misses& other);
};

// What was simulated of one thread, or the sum over several. Empty: this engine or this machine has no such count.
struct SimulatedCounts {
  std::uint64_t instructions = 0;
  std::uint64_t loads = 0;
  std::uint64_t stores = 0;
  std::uint64_t conditional_branches = 0;
  std::uint64_t conditional_misses = 0;
  std::uint64_t indirect_branches = 0;
  std::uint64_t indirect_misses = 0;
  std::optional<std::uint64_t> returns{};
  std::optional<std::uint64_t> return_misses{};  // only where the machine has a return stack
  std::optional<std::uint64_t> direct_branches{};
  std::vector<Misses> levels{};        // of the caches, the nearest first
  std::optional<Misses> page_walks{};  // of the data TLBs
  std::optional<Misses> coherence{};   // misses of lines that another core had written to

  bool operator==(const SimulatedCounts&) const = default;
};

struct ThreadCounts {
  unsigned thread = 0;
  SimulatedCounts counts{};

  bool operator==(const ThreadCounts&) const = default;
};

// One program image of one process: from its exec to its end or its next exec.
struct ProcessCounts {
  std::uint64_t pid = 0;
  unsigned image = 0;
  std::string program{};
  std::vector<std::string> arguments{};
  bool went_on = false;                    // it ended by an exec: another image follows
  std::optional<std::uint64_t> entries{};  // of the marked region; empty: the whole process was counted
  std::vector<ThreadCounts> threads{};

  bool operator==(const ProcessCounts&) const = default;
};

// The counts of one simulated run, in the order of process and image.
struct RunCounts {
  std::vector<ProcessCounts> processes{};
  // A sentence for each process whose counts are lost. Where there is one, the others are no whole.
  std::vector<std::string> lost{};
};

// Level by level, as far as both have them.
void add(std::vector<Misses>& sum, const std::vector<Misses>& part);

// Sums threads and processes. A count that one part lacks, the sum lacks.
SimulatedCounts sum_of(const std::vector<ThreadCounts>& threads);
SimulatedCounts sum_of(const std::vector<ProcessCounts>& processes);

// The content of PID-IMAGE.json as our tool writes it (simulator/tool). Throws std::runtime_error with the key and what
// is wrong there.
ProcessCounts process_counts_from(std::string_view json);

// Reads the folder into which our tool wrote: PID-IMAGE.json of those that ended, PID.log of those that began, and
// PID-IMAGE.partial of those that ended in the middle of writing.
RunCounts read_tool_folder(const std::filesystem::path& folder);

}  // namespace countercheck
