#include "reports/process_lines.hpp"

#include <fmt/format.h>

#include "reports/quantities.hpp"

namespace countercheck {
namespace {

ProcessLine line_of(std::uint64_t instructions, std::uint64_t misses, std::string name, bool is_thread) {
  return {grouped(static_cast<double>(instructions)), grouped(static_cast<double>(misses)), std::move(name), is_thread};
}

}  // namespace

std::vector<ProcessLine> process_lines(const std::vector<SimulatedProcess>& processes) {
  std::vector<ProcessLine> lines;
  for (const auto& process : processes) {
    std::uint64_t instructions = 0;
    std::uint64_t misses = 0;
    for (const auto& thread : process.threads) {
      instructions += thread.instructions;
      misses += thread.last_level_misses;
    }
    const std::string program = process.program.substr(process.program.rfind('/') + 1);
    lines.push_back(line_of(instructions, misses, fmt::format("{} (process {})", program, process.pid), false));
    if (process.threads.size() < 2) continue;
    for (const auto& thread : process.threads) {
      lines.push_back(
          line_of(thread.instructions, thread.last_level_misses, fmt::format("thread {}", thread.thread), true));
    }
  }
  return lines;
}

}  // namespace countercheck
