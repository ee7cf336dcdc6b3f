#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <random>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"  // a header of C, for the model alone
#include "simulator/model/marks.h"
#pragma GCC diagnostic pop

namespace countercheck {
namespace {

// Bytes from few values that differ in few bits, so that many are equal and the rest are nearly so.
std::array<std::uint8_t, SIM_MARKS_AT_ONCE> draw(std::mt19937& engine, std::uint8_t mark) {
  constexpr std::uint8_t flips[] = {0, 0, 1, 0x80, 0x81, 0xff, 0x7f};
  std::array<std::uint8_t, SIM_MARKS_AT_ONCE> marks{};
  for (std::uint8_t& byte : marks) byte = static_cast<std::uint8_t>(mark ^ flips[engine() % 7]);
  return marks;
}

TEST(Marks, AMatchIsAByteThatIsEqualOnWhateverMachine) {
  std::mt19937 engine(1);
  for (int round = 0; round < 20000; ++round) {
    const auto mark = static_cast<std::uint8_t>(sim_mark(engine()));
    const auto bytes = draw(engine, mark);
    std::uint32_t want = 0;
    for (std::uint32_t i = 0; i < SIM_MARKS_AT_ONCE; ++i) want |= static_cast<std::uint32_t>(bytes[i] == mark) << i;
    std::uint64_t words[2];
    std::memcpy(words, bytes.data(), sizeof words);
    ASSERT_EQ(sim_marks_match(words, mark), want) << round;
    ASSERT_EQ(sim_marks_match_portably(words, mark), want) << round;
  }
}

// A set holds lines that are the number of sets apart.
TEST(Marks, LinesOfOneSetAreToldApart) {
  for (const std::uint64_t sets : {1u, 7u, 64u, 2048u, 16384u, 114688u}) {
    std::array<int, 256> lines{};
    for (std::uint64_t i = 0; i < 1280; ++i) ++lines[sim_mark(5 + i * sets)];
    for (std::size_t mark = 0; mark < 128; ++mark) EXPECT_EQ(lines[mark], 0);
    for (std::size_t mark = 128; mark < 256; ++mark) EXPECT_LT(lines[mark], 25) << sets; /* 10 if they were even */
  }
}

}  // namespace
}  // namespace countercheck
