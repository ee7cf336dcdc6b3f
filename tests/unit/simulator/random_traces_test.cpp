#include <gtest/gtest.h>

#include <random>
#include <string>

#include "model.hpp"
#include "slow_hierarchy.hpp"

namespace countercheck {
namespace {

constexpr int machines_of_a_policy = 40;
constexpr int accesses_on_a_machine = 25000;
constexpr int accesses_of_one_core = 8000;  // before another one starts

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(engine_() % end); }
  bool one_in(std::uint32_t n) { return below(n) == 0; }

 private:
  std::mt19937_64 engine_;
};

// Few ways, mostly; more than are looked at together, and more than are kept in order, now and then.
std::uint32_t draw_ways(Dice& dice, std::uint32_t usual) {
  return 1 + dice.below(dice.one_in(20) ? 250 : usual);
}

// Any machine the model can be: small, so that everything that can happen does, and often. A third is of the plain kind
// that has a way of its own through the model (sim_hierarchy.plain).
sim_machine draw_machine(Dice& dice, sim_policy policy) {
  sim_machine machine{};
  machine.line_bytes = 16u << dice.below(4);
  machine.seed = dice.below(1000);
  machine.straddle_as_one = dice.one_in(6);
  machine.writes_back = !machine.straddle_as_one && !dice.one_in(5);
  machine.cores = machine.writes_back && dice.one_in(2) ? 2 + dice.below(3) : 1;
  machine.level_count = 1 + dice.below(4);
  const bool plain = dice.one_in(3);
  bool split = true;
  bool shared = false;
  for (std::uint32_t i = 0; i < machine.level_count; ++i) {
    sim_level& level = machine.levels[i];
    split = split && !dice.one_in(2);
    shared = shared || (i > 0 && dice.one_in(2));
    level.split = split;
    level.shared = shared;
    level.data = {(1 + dice.below(9)) << i, draw_ways(dice, 6 + 2 * i), policy};
    level.code = {(1 + dice.below(5)) << i, 1 + dice.below(5), policy};
    if (plain || machine.straddle_as_one) continue;
    if (i > 0) level.inclusion = static_cast<sim_inclusion>(dice.below(3));
    level.prefetch = static_cast<sim_prefetch_kind>(dice.one_in(2) ? dice.below(3) : 0);
    level.degree = 1 + dice.below(SIM_MAX_DEGREE);
  }
  if (dice.one_in(2)) {
    machine.tlb.small = {1 + dice.below(4), 1 + dice.below(5), policy};
    if (dice.one_in(2)) machine.tlb.huge = {1 + dice.below(2), 1 + dice.below(3), policy};
    if (dice.one_in(2)) machine.tlb.second = {4 + dice.below(9), 1 + dice.below(5), policy};
  }
  return machine;
}

struct Access {
  std::uint32_t core;
  sim_kind kind;
  std::uint64_t address;
  std::uint32_t bytes;
  std::uint64_t pc;
};

// Walks with a stride, a small place visited again and again, and jumps anywhere in 4 MiB.
class Program {
 public:
  Program(Dice& dice, std::uint32_t cores) : dice_(dice), cores_(cores) {}

  Access next() {
    if (dice_.one_in(40)) {
      walk_ = dice_.below(4 << 20);
      stride_ = dice_.one_in(3) ? 8 : dice_.below(300);
      core_ = dice_.below(cores_);
    }
    if (cores_ > 1 && dice_.one_in(6)) core_ = dice_.below(cores_);
    Access access{core_, static_cast<sim_kind>(dice_.below(3)), 0, 1u << dice_.below(5),
                  std::uint64_t{4} * dice_.below(150)};
    if (dice_.one_in(200)) access.bytes = 1 + dice_.below(512);
    switch (dice_.below(3)) {
      case 0:
        walk_ += stride_;
        access.address = walk_;
        access.pc = 4 * stride_;
        break;
      case 1:
        access.address = (1 << 20) + dice_.below(dice_.one_in(4) ? 8192 : 1024);
        break;
      default:
        access.address = dice_.below(dice_.one_in(5) ? 4 << 20 : 16384);
        break;
    }
    return access;
  }

 private:
  Dice& dice_;
  std::uint32_t cores_;
  std::uint32_t core_ = 0;
  std::uint64_t walk_ = 0;
  std::uint64_t stride_ = 8;
};

bool upper_half_is_huge(void*, std::uint64_t address) {
  return address >= 2 << 20;
}

std::string differences(Model& model, const SlowHierarchy& slow) {
  std::string result;
  const auto compare = [&result](const std::string& what, std::uint64_t have, std::uint64_t want) {
    if (have != want) result += what + ": " + std::to_string(have) + ", not " + std::to_string(want) + "\n";
  };
  for (std::uint32_t i = 0; i < slow.nodes.size(); ++i) {
    const sim_cache_counts& have = model.hierarchy().nodes[i].cache.counts;
    const sim_cache_counts& want = slow.nodes[i]->counts;
    const std::string cache = "cache " + std::to_string(i) + " ";
    compare(cache + "evictions", have.evictions, want.evictions);
    compare(cache + "write-backs", have.write_backs, want.write_backs);
    compare(cache + "back-invalidations", have.back_invalidations, want.back_invalidations);
    compare(cache + "invalidations", have.invalidations, want.invalidations);
    compare(cache + "prefetches", have.prefetches, want.prefetches);
    compare(cache + "useful", have.useful_prefetches, want.useful_prefetches);
    compare(cache + "useless", have.useless_prefetches, want.useless_prefetches);
  }
  for (std::uint32_t i = 0; i < slow.cores.size(); ++i) {
    const sim_core& have = model.core(i);
    const SlowHierarchy::Core& want = slow.cores[i];
    const std::string core = "core " + std::to_string(i) + " ";
    for (std::size_t kind = 0; kind < SIM_KINDS; ++kind) {
      for (std::size_t level = 0; level < SIM_MAX_LEVELS; ++level)
        compare(core + "misses", have.misses[level][kind], want.misses[level][kind]);
      compare(core + "coherence misses", have.coherence_misses[kind], want.coherence_misses[kind]);
    }
    compare(core + "invalidating stores", have.invalidating_stores, want.invalidating_stores);
    compare(core + "TLB misses", have.tlb.first_misses, want.first_misses);
    compare(core + "page walks", have.tlb.walks, want.walks);
  }
  compare("memory reads", model.hierarchy().memory_reads, slow.memory_reads);
  compare("memory writes", model.hierarchy().memory_writes, slow.memory_writes);
  return result;
}

void agree(const sim_machine& machine, Dice& dice) {
  Model model(machine);
  model.hierarchy().is_huge = upper_half_is_huge;
  SlowHierarchy slow(machine);
  Program program(dice, machine.cores);
  for (int i = 0; i < accesses_on_a_machine; ++i) {
    Access access = program.next();
    if (i < accesses_of_one_core) access.core = 0;
    const std::uint64_t now = model.hierarchy().clock += SIM_TICK;
    const sim_outcome have =
        sim_access_at(&model.core(access.core), access.kind, access.address, access.bytes, access.pc, now);
    const sim_outcome want =
        slow.access(access.core, access.kind, access.address, access.bytes, access.pc, upper_half_is_huge);
    ASSERT_EQ(have.served_by, want.served_by) << "access " << i << "\n" << differences(model, slow);
    ASSERT_EQ(have.translated_by, want.translated_by) << "access " << i;
    if (i % 1000 == 0) {
      ASSERT_EQ(differences(model, slow), "") << "access " << i;
    }
  }
  ASSERT_EQ(differences(model, slow), "");
}

class RandomTraces : public testing::TestWithParam<sim_policy> {};

TEST_P(RandomTraces, AMillionAccessesAgreeWithTheObviousModel) {
  for (std::uint32_t seed = 0; seed < machines_of_a_policy; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed);
    const sim_machine machine = draw_machine(dice, GetParam());
    ASSERT_EQ(sim_machine_fault(&machine), nullptr);
    agree(machine, dice);
    if (HasFatalFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Policies, RandomTraces, testing::Values(SIM_LRU, SIM_TREE_PLRU, SIM_RANDOM), [](const auto& policy) {
      return std::string(policy.param == SIM_LRU ? "Lru" : policy.param == SIM_TREE_PLRU ? "TreePlru" : "Random");
    });

}  // namespace
}  // namespace countercheck
