#include <gtest/gtest.h>

#include <functional>

#include "model.hpp"

namespace countercheck {
namespace {

sim_machine three_levels() {
  return add_level(add_level(one_level(), {1024, 8, SIM_LRU}), {20480, 16, SIM_LRU});
}

TEST(Machine, GoodOnesHaveNoFault) {
  sim_machine machine = three_levels();
  EXPECT_EQ(sim_machine_fault(&machine), nullptr);
  machine.levels[2].data.sets = 491520; /* a real last level, of no power of two */
  machine.cores = 8;
  machine.levels[2].shared = true;
  EXPECT_EQ(sim_machine_fault(&machine), nullptr);
}

TEST(Machine, EachFaultIsNamed) {
  const std::pair<const char*, std::function<void(sim_machine&)>> faults[] = {
      {"a line has 8 to 4096 bytes, a power of two", [](sim_machine& m) { m.line_bytes = 96; }},
      {"a machine has 1 to 256 cores", [](sim_machine& m) { m.cores = 0; }},
      {"a machine has 1 to 4 levels of cache", [](sim_machine& m) { m.level_count = 5; }},
      {"several cores need caches that write back", [](sim_machine& m) { m.cores = 2, m.writes_back = false; }},
      {"a cache needs sets and ways", [](sim_machine& m) { m.levels[1].data.ways = 0; }},
      {"a cache needs sets and ways", [](sim_machine& m) { m.levels[0].split = true; }},
      {"the first level has nothing above it to include",
       [](sim_machine& m) { m.levels[0].inclusion = SIM_EXCLUSIVE; }},
      {"cores cannot share the first level", [](sim_machine& m) { m.cores = 2, m.levels[0].shared = true; }},
      {"a split level cannot lie below a unified one",
       [](sim_machine& m) {
         m.levels[1].split = true;
         m.levels[1].code = {64, 8, SIM_LRU};
       }},
      {"a private level cannot lie below a shared one", [](sim_machine& m) { m.cores = 2, m.levels[1].shared = true; }},
      {"a prefetcher brings 1 to 8 lines", [](sim_machine& m) { m.levels[2].prefetch = SIM_STRIDE; }},
      {"accesses over two lines count once only where nothing is written back",
       [](sim_machine& m) { m.straddle_as_one = true; }},
      {"accesses over two lines count once only where levels are non-inclusive and nothing is prefetched",
       [](sim_machine& m) {
         m.straddle_as_one = true;
         m.writes_back = false;
         m.levels[2].inclusion = SIM_INCLUSIVE;
       }},
      {"a TLB needs a part for small pages",
       [](sim_machine& m) {
         m.tlb.second = {128, 8, SIM_LRU};
       }},
      {"a TLB needs sets and ways",
       [](sim_machine& m) {
         m.tlb.small = {0, 4, SIM_LRU};
       }},
  };
  for (const auto& [sentence, spoil] : faults) {
    sim_machine machine = three_levels();
    spoil(machine);
    EXPECT_STREQ(sim_machine_fault(&machine), sentence);
  }
}

}  // namespace
}  // namespace countercheck
