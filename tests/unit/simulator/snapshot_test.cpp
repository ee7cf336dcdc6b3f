#include <gtest/gtest.h>

#include "simulator/model/snapshot.h"
#include "streams.hpp"

namespace countercheck {
namespace {

class Snapshot {
 public:
  explicit Snapshot(Model& model, const sim_branches* branches = nullptr) {
    sim_snapshot_create(&snapshot_, &model.core(), branches);
  }
  ~Snapshot() { sim_snapshot_destroy(&snapshot_); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  void take() { sim_snapshot_take(&snapshot_); }
  void take_branches() { sim_snapshot_take_branches(&snapshot_); }
  bool is_same() const { return sim_snapshot_is_same(&snapshot_); }
  bool has_same_branches() const { return sim_snapshot_has_same_branches(&snapshot_); }
  std::uint64_t lines() const { return sim_snapshot_lines(&snapshot_); }
  std::uint64_t branch_words() const { return sim_snapshot_branch_words(&snapshot_); }

 private:
  sim_snapshot snapshot_{};
};

// One set of four ways.
sim_machine one_set(sim_policy policy) {
  return one_level({1, 4, policy});
}

void load_lines(Model& model, std::initializer_list<std::uint64_t> lines) {
  for (const auto line : lines) model.load(line * 64);
}

TEST(Snapshot, IsTheSameAfterTheSameLinesInTheSameOrder) {
  Model model(one_set(SIM_LRU));
  Snapshot snapshot(model);
  load_lines(model, {1, 2, 3, 4});
  snapshot.take();
  EXPECT_TRUE(snapshot.is_same());
  load_lines(model, {1, 2, 3, 4});
  EXPECT_TRUE(snapshot.is_same());
  load_lines(model, {4});
  EXPECT_TRUE(snapshot.is_same()) << "it was the newest before";
  load_lines(model, {3});
  EXPECT_FALSE(snapshot.is_same()) << "another would leave next, sooner or later";
  load_lines(model, {4});
  EXPECT_TRUE(snapshot.is_same());
}

TEST(Snapshot, UnderLruTheWaysMayHaveChanged) {
  Model model(one_set(SIM_LRU));
  Snapshot snapshot(model);
  load_lines(model, {1, 2, 3, 4});
  snapshot.take();
  load_lines(model, {5, 1, 2, 3, 4});  // each takes the way of another
  EXPECT_TRUE(snapshot.is_same());
  load_lines(model, {5});
  EXPECT_FALSE(snapshot.is_same());
}

TEST(Snapshot, UnderATreeTheWaysMatter) {
  Model model(one_set(SIM_TREE_PLRU));
  Snapshot snapshot(model);
  load_lines(model, {1, 2, 3, 4});
  snapshot.take();
  load_lines(model, {1, 2, 3, 4});
  EXPECT_TRUE(snapshot.is_same());
  load_lines(model, {2, 4});
  EXPECT_TRUE(snapshot.is_same()) << "each half's newest is what it was";
  load_lines(model, {3});
  EXPECT_FALSE(snapshot.is_same());
  load_lines(model, {4});
  EXPECT_TRUE(snapshot.is_same());
  load_lines(model, {5, 6, 7, 8, 1, 2, 3, 4});  // the same lines, in other ways
  EXPECT_FALSE(snapshot.is_same());
}

TEST(Snapshot, KnowsADirtyLineFromACleanOne) {
  Model model(one_set(SIM_LRU));
  Snapshot snapshot(model);
  load_lines(model, {1, 2, 3, 4});
  snapshot.take();
  model.store(256);
  EXPECT_FALSE(snapshot.is_same());
}

TEST(Snapshot, TakesInEveryLevelAndTheTlb) {
  sim_machine machine = add_level(one_level({1, 1, SIM_LRU}), {1, 8, SIM_LRU});
  machine.tlb.small = {1, 2, SIM_LRU};
  machine.tlb.second = {1, 8, SIM_LRU};
  Model model(machine);
  Snapshot snapshot(model);
  EXPECT_EQ(snapshot.lines(), 1U + 8U + 2U + 8U);
  load_lines(model, {1, 2, 3});
  snapshot.take();
  load_lines(model, {2, 3});
  EXPECT_TRUE(snapshot.is_same()) << "the second level sees the same two, the older first";
  load_lines(model, {1, 3});
  EXPECT_FALSE(snapshot.is_same()) << "in the second level, 2 is older than 1";
  load_lines(model, {2, 1, 2, 3});
  EXPECT_TRUE(snapshot.is_same());
  model.load(0x10000 + 192);
  model.load(192);
  EXPECT_FALSE(snapshot.is_same()) << "there was another page";
}

TEST(Snapshot, OfBranchesKnowsCountersHistoryAndTargets) {
  Model model(one_level());
  Predictors predictors(gshare(10, 4));
  Snapshot snapshot(model, &predictors.branches());
  EXPECT_EQ(snapshot.branch_words(), 1024U / 8 + 512U);
  const auto settle = [&] {
    for (int i = 0; i < 8; ++i) predictors.conditional_missed(0x100, true);
    predictors.indirect_missed(0x200, 0x1000);
  };
  settle();
  snapshot.take_branches();
  settle();
  EXPECT_TRUE(snapshot.has_same_branches()) << "counters are full, and the last four branches were taken";
  predictors.conditional_missed(0x100, false);
  EXPECT_FALSE(snapshot.has_same_branches()) << "a counter is lower";
  settle();
  EXPECT_FALSE(snapshot.has_same_branches()) << "those of other histories were raised";
  snapshot.take_branches();
  settle();
  EXPECT_TRUE(snapshot.has_same_branches());
  predictors.indirect_missed(0x200, 0x1040);
  EXPECT_FALSE(snapshot.has_same_branches()) << "it would be expected elsewhere";
  predictors.indirect_missed(0x200, 0x1000);
  EXPECT_TRUE(snapshot.has_same_branches());
}

TEST(Snapshot, OfBranchesLeavesOutWhoIsNotAsked) {
  Model model(one_level());
  Predictors predictors({SIM_TAGE, 0, 0, SIM_TARGET_HISTORY, 9, 16, 0});
  Snapshot snapshot(model, &predictors.branches());
  snapshot.take_branches();
  predictors.conditional_missed(0x100, true);
  predictors.indirect_missed(0x200, 0x1000);
  EXPECT_TRUE(snapshot.has_same_branches());
  EXPECT_EQ(snapshot.branch_words(), 0U);
}

TEST(Snapshot, IsNotPossibleWhereLotsAreDrawnOrLinesPrefetched) {
  const auto is_possible = [](const sim_machine& machine) {
    Model model(machine);
    return sim_snapshot_is_possible(&model.core());
  };
  sim_machine prefetching = one_level();
  prefetching.levels[0].prefetch = SIM_NEXT_LINE;
  prefetching.levels[0].degree = 1;
  EXPECT_TRUE(is_possible(one_level()));
  EXPECT_TRUE(is_possible(one_level({64, 128, SIM_LRU})));
  EXPECT_FALSE(is_possible(one_level({64, 129, SIM_LRU})));
  EXPECT_FALSE(is_possible(one_level({64, 8, SIM_RANDOM})));
  EXPECT_FALSE(is_possible(prefetching));
  for (const auto& [name, machine] : small_machines()) EXPECT_TRUE(is_possible(machine)) << name;
}

}  // namespace
}  // namespace countercheck
