#include <gtest/gtest.h>

#include "model.hpp"

namespace countercheck {
namespace {

sim_machine with_tlb(sim_geometry small, sim_geometry second = {}, sim_geometry huge = {}) {
  sim_machine machine = one_level({1024, 8, SIM_LRU});
  machine.tlb = {small, huge, second};
  return machine;
}

void walk(Model& model, std::uint64_t pages, std::uint64_t step = 4096) {
  for (std::uint64_t i = 0; i < pages; ++i) model.load(i * step);
}

bool always(void*, std::uint64_t) {
  return true;
}

TEST(Tlb, AStreamWalksOncePerPage) {
  Model model(with_tlb({16, 4, SIM_LRU}));
  for (std::uint64_t i = 0; i < 153600; ++i) model.load(i * 8);
  EXPECT_EQ(model.core().tlb.first_misses, 300u);
  EXPECT_EQ(model.core().tlb.walks, 300u);
}

TEST(Tlb, PagesThatFitAreKeptAndOneMoreThrashesItsSet) {
  Model model(with_tlb({16, 4, SIM_LRU}));
  for (int round = 0; round < 10; ++round) walk(model, 64);
  EXPECT_EQ(model.core().tlb.first_misses, 64u);
  Model more(with_tlb({16, 4, SIM_LRU}));
  for (int round = 0; round < 10; ++round) walk(more, 65);
  EXPECT_EQ(more.core().tlb.first_misses, 60u + 10 * 5);
}

TEST(Tlb, TheSecondLevelSparesTheWalk) {
  Model model(with_tlb({16, 4, SIM_LRU}, {128, 12, SIM_LRU}));
  for (int round = 0; round < 10; ++round) walk(model, 1536);
  EXPECT_EQ(model.core().tlb.first_misses, 15360u);
  EXPECT_EQ(model.core().tlb.walks, 1536u);
}

TEST(Tlb, AHugePageIsOneEntryFor512Small) {
  for (const sim_geometry huge : {sim_geometry{1, 32, SIM_LRU}, sim_geometry{}}) {
    Model model(with_tlb({16, 4, SIM_LRU}, {}, huge));
    model.hierarchy().is_huge = always;
    for (int round = 0; round < 3; ++round) walk(model, 4096);
    EXPECT_EQ(model.core().tlb.walks, 8u);
  }
}

TEST(Tlb, AHugePageThatLeftIsMissedInAllOfItsSmallPages) {
  Model model(with_tlb({16, 4, SIM_LRU}, {}, {1, 2, SIM_LRU}));
  model.hierarchy().is_huge = always;
  for (int round = 0; round < 2; ++round) walk(model, 1536);
  EXPECT_EQ(model.core().tlb.walks, 6u);
}

TEST(Tlb, AnAccessOverTwoPagesNeedsBoth) {
  Model model(with_tlb({16, 4, SIM_LRU}));
  model.load(4092);
  EXPECT_EQ(model.core().tlb.walks, 2u);
}

TEST(Tlb, FetchesAreNotTranslatedByTheDataTlb) {
  Model model(with_tlb({16, 4, SIM_LRU}));
  model.fetch(0);
  EXPECT_EQ(model.core().tlb.walks, 0u);
}

}  // namespace
}  // namespace countercheck
