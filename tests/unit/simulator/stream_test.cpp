#include <gtest/gtest.h>

#include <algorithm>

#include "streams.hpp"

namespace countercheck {
namespace {

// The same runs, access by access and branch by branch.
void replay_one_by_one(Fed& fed, const std::vector<Words>& runs) {
  sim_answers& answers = fed.stream.answers;
  for (const Words& run : runs) {
    const sim_segment& segment = *sim_segment_of(run[0]);
    ++fed.runs[segment.number];
    for (int i = 0; i < segment.access_count; ++i) {
      const sim_planned_access& access = segment.accesses[i];
      const auto kind = static_cast<sim_kind>(access.kind);
      const std::uint64_t address = access.offset + (access.value > 0 ? run[access.value] : 0);
      const std::uint64_t now = fed.model.hierarchy().clock += SIM_TICK;
      const sim_outcome outcome = sim_access_at(&fed.model.core(), kind, address, access.last + 1U, 0, now);
      for (std::uint32_t level = 0; level < outcome.served_by; ++level) ++answers.misses[level][kind];
      answers.first_tlb_misses[kind] += outcome.translated_by != SIM_FIRST_TLB;
      answers.page_walks[kind] += outcome.translated_by == SIM_PAGE_WALK;
    }
    if (segment.branch == SIM_CONDITIONAL)
      answers.conditional_misses += fed.predictors.conditional_missed(segment.pc, run[0] >> 63 != 0);
    if (segment.branch == SIM_INDIRECT)
      answers.indirect_misses += fed.predictors.indirect_missed(segment.pc, run[segment.target]);
  }
}

// Not where a level includes others: there code is fetched again, which is told of below.
TEST(Stream, IsWhatItsAccessesAreOneByOneInAnyPortions) {
  for (const auto& [name, machine] : small_machines()) {
    if (name == "Inclusive") continue;
    SCOPED_TRACE(name);
    RandomRuns random(1);
    const auto runs = random.some(200000);
    const Words words = in_a_row(runs);
    Fed one_by_one(machine);
    Fed fed(machine);
    replay_one_by_one(one_by_one, runs);
    for (std::size_t from = 0; from < words.size();) {
      const std::size_t count =
          std::min<std::size_t>(1 + random.below(random.below(2) == 0 ? 3 : 3000), words.size() - from);
      sim_stream_replay(&fed.stream, SIM_WHOLE_RUNS, &words[from], count);
      from += count;
    }
    EXPECT_EQ(fed.counts(), one_by_one.counts());
    EXPECT_EQ(fed.stream.begun_count, 0U);
  }
}

TEST(Stream, AHeadKeepsItsSegmentAndItsBranch) {
  const Segment segment({planned(SIM_LOAD, 1)}, 1, 0, SIM_CONDITIONAL);
  for (const bool taken : {false, true}) {
    const Words run = segment.run({0x1000}, taken);
    EXPECT_EQ(sim_segment_of(run[0]), &segment.segment());
    EXPECT_EQ(sim_is_taken(run[0]), taken);
  }
}

TEST(Stream, GoesToAValueAndAnOffsetOrToAnAddress) {
  const Segment segment({planned(SIM_STORE, 2, 24), planned(SIM_LOAD, 1, static_cast<std::uint64_t>(-8)),
                         planned(SIM_FETCH, 0, 0x400000, 4)},
                        2);
  const Words run = segment.run({0x1000, 0x7fff'0000'2000});
  EXPECT_EQ(sim_planned_address(&segment.segment().accesses[0], run.data()), 0x7fff'0000'2018U);
  EXPECT_EQ(sim_planned_address(&segment.segment().accesses[1], run.data()), 0xff8U);
  EXPECT_EQ(sim_planned_address(&segment.segment().accesses[2], run.data()), 0x400000U);
}

// The two parts of runs touch nothing that is the other's.
TEST(Stream, AccessesAndBranchesMayBeReplayedApart) {
  for (const auto& [name, machine] : small_machines()) {
    SCOPED_TRACE(name);
    RandomRuns random(2);
    const Words words = in_a_row(random.some(50000));
    Fed together(machine);
    Fed apart(machine);
    together.replay(words);
    apart.replay(words, SIM_BRANCHES);
    EXPECT_EQ(apart.accesses() + 1, 1U) << "the clock stands";
    apart.replay(words, SIM_ACCESSES);
    EXPECT_EQ(apart.counts(), together.counts());
  }
}

// One line of code that data pushes out of a level below: the next instruction of that line has to be fetched again.
TEST(Stream, FetchesCodeAgainThatDataHasPushedOut) {
  sim_machine machine = add_level(one_level({4, 2, SIM_LRU}), {1, 2, SIM_LRU}, SIM_INCLUSIVE);
  machine.levels[0].split = true;
  machine.levels[0].code = {4, 2, SIM_LRU};
  for (const bool again : {false, true}) {
    Fed fed(machine);
    const Segment segment(
        {planned(SIM_FETCH, 0, 0x400000, 4), planned(SIM_LOAD, 0, 0x1000), planned(SIM_LOAD, 0, 0x2040, 8, again)});
    fed.replay(segment.run());
    EXPECT_EQ(fed.stream.answers.misses[0][SIM_FETCH], again ? 2U : 1U);
    EXPECT_EQ(fed.stream.answers.misses[1][SIM_FETCH], again ? 2U : 1U);
  }
}

}  // namespace
}  // namespace countercheck
