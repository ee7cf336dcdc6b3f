// Sessions of the library, counted by the emulated PMU.
#include <gmock/gmock.h>

#include <sstream>

#include "tests/guest/row.hpp"

namespace countercheck {
namespace {

class GuestSession : public Guest {
 protected:
  GuestSession() : Guest("cortex-a57") {}

  struct Line {
    std::string event;
    std::uint64_t turns = 0;
    std::uint64_t value = 0;
  };
  std::vector<Line> lines(const std::string& name) const {
    const Row session = row(name);
    EXPECT_EQ(session.status, 0) << session.err;
    std::vector<Line> all;
    std::istringstream text(session.out);
    for (std::string line; std::getline(text, line);) {
      Line parts;
      std::istringstream words(line);
      EXPECT_TRUE(words >> parts.event >> parts.turns >> parts.value) << line;
      all.push_back(parts);
    }
    EXPECT_FALSE(all.empty()) << name;
    return all;
  }

  // What is counted besides the loop's two instructions a turn; the same in all lines of an event.
  std::uint64_t around_the_loop(const std::string& name) const {
    const auto all = lines(name);
    const std::uint64_t around = all.front().value - 2 * all.front().turns;
    for (const auto& line : all)
      EXPECT_EQ(line.value, 2 * line.turns + around) << name << ", " << line.turns << " turns";
    EXPECT_LT(around, 500u) << name;
    return around;
  }
};

TEST_F(GuestSession, ALoopIsItsInstructionsAndAConstant) {
  for (const char* name : {"session-0-register", "session-0-kernel", "session-1-register", "session-1-kernel"})
    around_the_loop(name);
}

TEST_F(GuestSession, RegistersAreReadWhereTheKernelAllowsIt) {
  EXPECT_EQ(around_the_loop("session-0-kernel"), around_the_loop("session-1-kernel"));
  EXPECT_NE(around_the_loop("session-1-register"), around_the_loop("session-1-kernel"));
}

// No system call lies between the two readings of the registers, so the kernel's instructions make no difference.
TEST_F(GuestSession, ReadingARegisterNeedsNoKernel) {
  const auto both = lines("session-both");
  ASSERT_EQ(both.size(), 4u);
  for (const auto& line : both) {
    EXPECT_GE(line.value, 2 * line.turns) << line.event;
    EXPECT_LT(line.value, 2 * line.turns + 1'000) << line.event << ": a system call takes more";
    EXPECT_EQ(line.value, both.front().value) << "one instruction a cycle";
  }
}

TEST_F(GuestSession, SoftwareEventsBesideThemGoByTheKernel) {
  for (const auto& line : lines("session-mixed")) {
    const std::uint64_t loop = line.event == "page-faults" ? 0 : 2 * line.turns;
    EXPECT_GE(line.value, loop) << line.event;
    EXPECT_LE(line.value, line.event == "page-faults" ? 0 : loop + 500) << line.event;
  }
}

// More than the PMU has counters: no group of all would ever run.
TEST_F(GuestSession, MoreEventsThanCountersAreAllCounted) {
  const auto all = lines("session-twelve");
  EXPECT_EQ(all.size(), 12u);
  for (const auto& line : all) EXPECT_GT(line.value, 0u) << line.event;
}

}  // namespace
}  // namespace countercheck
