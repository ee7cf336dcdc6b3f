#include "tests/simulator/machine_texts.hpp"

#include <cstdint>

#include "simulator/model/machine_text.h"

namespace countercheck {
namespace {

std::string text(const sim_machine& machine, const sim_branch_geometry& branches) {
  std::string lines;
  for (const auto& key : sim_machine_keys)
    lines += std::string(key.name) + " " + std::to_string(sim_machine_number(&key, &machine, &branches)) + "\n";
  return lines;
}

// One core, split first level of 32 KiB in 8 ways; every level after it unified.
sim_machine beginning(std::uint32_t levels) {
  sim_machine machine{};
  machine.line_bytes = 64;
  machine.cores = 1;
  machine.level_count = levels;
  machine.levels[0].split = true;
  machine.levels[0].data = machine.levels[0].code = {64, 8, SIM_LRU};
  return machine;
}

std::string of_today(sim_geometry second, sim_geometry last) {
  sim_machine machine = beginning(3);
  machine.cores = 2;
  machine.levels[1].data = second;
  machine.levels[2].data = last;
  machine.levels[2].shared = true;
  machine.levels[2].inclusion = SIM_INCLUSIVE;
  machine.tlb.small = {16, 4, SIM_LRU};
  machine.tlb.huge = {8, 4, SIM_LRU};
  machine.tlb.second = {128, 12, SIM_LRU};
  machine.writes_back = true;
  sim_branch_geometry branches{};
  branches.conditional = SIM_GSHARE;
  branches.table_bits = branches.history_bits = 14;
  branches.indirect = SIM_TARGET_HISTORY;
  branches.target_bits = 12;
  branches.returns = 16;
  return text(machine, branches);
}

}  // namespace

std::string two_levels() {
  sim_machine machine = beginning(2);
  machine.levels[1].data = {8192, 16, SIM_LRU};
  machine.straddle_as_one = true;
  sim_branch_geometry branches{};
  branches.conditional = SIM_CACHEGRIND;
  branches.indirect = SIM_LAST_TARGET;
  branches.target_bits = 9;
  return text(machine, branches);
}

std::string three_levels() {
  return of_today({1024, 8, SIM_LRU}, {8192, 16, SIM_LRU});
}

std::string small_last_level() {
  return of_today({16, 4, SIM_LRU}, {32, 4, SIM_LRU});
}

}  // namespace countercheck
