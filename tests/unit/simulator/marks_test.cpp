#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <random>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"  // a header of C, for the model alone
#include "simulator/model/marks.h"
#pragma GCC diagnostic pop
#include "model.hpp"

namespace countercheck {
namespace {

TEST(Marks, AMatchIsOneThatIsEqualOnWhateverMachine) {
  std::mt19937 engine(1);
  constexpr std::uint32_t flips[] = {0, 0, 1, 0x80000000, 0x80000001, 0xffffffff, 0x10000, 0x00ff00ff};
  for (int round = 0; round < 20000; ++round) {
    const auto mark = static_cast<std::uint32_t>(engine());
    alignas(16) std::array<std::uint32_t, 2 * SIM_MARKS_AT_ONCE> marks{};
    std::uint32_t want = 0;
    for (std::uint32_t i = 0; i < marks.size(); ++i) {
      marks[i] = mark ^ flips[engine() % 8];
      want |= static_cast<std::uint32_t>(marks[i] == mark) << i;
    }
    ASSERT_EQ(sim_marks_match_16(marks.data(), mark), want) << round;
    ASSERT_EQ(sim_marks_match(marks.data(), mark), want & 0xff) << round;
    ASSERT_EQ(sim_marks_match_portably(marks.data(), mark), want & 0xff) << round;
  }
}

// All lines that are far have one mark; those that are 2^32 lines apart end in the same bits.
TEST(Marks, LinesOfOneMarkAreToldApart) {
  for (const std::uint64_t line :
       {std::uint64_t{0}, std::uint64_t{5}, std::uint64_t{SIM_MARK_OF_FAR}, std::uint64_t{SIM_NO_MARK}}) {
    Model model(one_level({1, 4, SIM_LRU}));
    const auto address = [&](std::uint64_t half) { return (line + (half << 32)) * 64; };
    for (std::uint64_t half = 0; half < 4; ++half) EXPECT_EQ(model.load(address(half)), 1) << line;
    for (std::uint64_t half = 0; half < 4; ++half) EXPECT_EQ(model.load(address(half)), 0) << line;
    EXPECT_EQ(model.load(address(4)), 1) << line;
    EXPECT_EQ(model.load(address(0)), 1) << line;
  }
}

}  // namespace
}  // namespace countercheck
