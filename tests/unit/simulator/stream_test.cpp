#include <gtest/gtest.h>

#include "streams.hpp"

namespace countercheck {
namespace {

// The same words, access by access.
void access_one_by_one(Model& model, const Words& words, sim_stream_counts& counts) {
  for (const std::uint64_t word : words) {
    const std::uint64_t now = model.hierarchy().clock += SIM_TICK;
    const sim_outcome outcome =
        sim_access_at(&model.core(), sim_word_kind(word), sim_word_address(word), sim_word_last(word) + 1, 0, now);
    for (std::uint32_t level = 0; level < outcome.served_by; ++level) ++counts.misses[level][sim_word_kind(word)];
    counts.first_tlb_misses[sim_word_kind(word)] += outcome.translated_by != SIM_FIRST_TLB;
    counts.page_walks[sim_word_kind(word)] += outcome.translated_by == SIM_PAGE_WALK;
  }
}

TEST(Stream, IsWhatItsAccessesAreOneByOne) {
  for (const auto& [name, machine] : small_machines()) {
    SCOPED_TRACE(name);
    RandomWords random(1);
    Words words = random.some(200000);
    for (auto& word : words) word &= ~std::uint64_t{SIM_WORD_AGAIN};
    Model one_by_one(machine);
    Model model(machine);
    sim_stream told = stream_of(one_by_one);
    sim_stream stream = stream_of(model);
    access_one_by_one(one_by_one, words, told.counts);
    for (std::size_t from = 0; from < words.size(); from += 1000) sim_stream_replay(&stream, &words[from], 1000);
    EXPECT_EQ(all_counts(model, stream), all_counts(one_by_one, told));
  }
}

TEST(Stream, AWordKeepsAllThatIsKnownOfAnAccess) {
  for (const std::uint32_t bytes : {1U, 8U, 64U, 512U, SIM_WORD_BYTES}) {
    const std::uint64_t here = word(SIM_STORE, 0x7fff'1234'5678, bytes, true);
    EXPECT_EQ(sim_word_kind(here), SIM_STORE);
    EXPECT_EQ(sim_word_address(here), 0x7fff'1234'5678U);
    EXPECT_EQ(sim_word_last(here), bytes - 1);
    EXPECT_NE(here & SIM_WORD_AGAIN, 0U);
  }
}

// One line of code that data pushes out of a level below: the next instruction of that line has to be fetched again.
TEST(Stream, FetchesCodeAgainThatDataHasPushedOut) {
  sim_machine machine = add_level(one_level({4, 2, SIM_LRU}), {1, 2, SIM_LRU}, SIM_INCLUSIVE);
  machine.levels[0].split = true;
  machine.levels[0].code = {4, 2, SIM_LRU};
  for (const bool again : {false, true}) {
    Model model(machine);
    sim_stream stream = stream_of(model);
    const Words words = {word(SIM_FETCH, 0x400000, 4), word(SIM_LOAD, 0x1000, 8), word(SIM_LOAD, 0x2040, 8, again)};
    sim_stream_replay(&stream, words.data(), words.size());
    EXPECT_EQ(stream.counts.misses[0][SIM_FETCH], again ? 2U : 1U);
    EXPECT_EQ(stream.counts.misses[1][SIM_FETCH], again ? 2U : 1U);
  }
}

}  // namespace
}  // namespace countercheck
