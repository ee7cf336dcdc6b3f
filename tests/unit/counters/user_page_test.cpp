#include "counters/user_page.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "counters/pmu_registers.hpp"

namespace countercheck {
namespace {

TEST(SignExtended, TheRegistersTopBitIsItsSign) {
  EXPECT_EQ(sign_extended(0xffff'ffff'fff6, 48), -10);
  EXPECT_EQ(sign_extended(0x7fff'ffff'ffff, 48), 140'737'488'355'327);
  EXPECT_EQ(sign_extended(0xabcd'0000'0000'0003, 48), 3) << "what is above the width is not the counter's";
  EXPECT_EQ(sign_extended(0x8000'0000, 32), -2'147'483'648);
  EXPECT_EQ(sign_extended(0xff'ffff'ffff, 40), -1);
  EXPECT_EQ(sign_extended(0xffff'ffff'ffff'fffd, 64), -3);
  EXPECT_EQ(sign_extended(1, 1), -1);
}

// 2.5 GHz: 0.4 ns a tick, as kernel/time/clocksource.c would round it.
constexpr PublishedClock kClock{.shift = 31, .multiplier = 858'993'459, .offset = 1'000};

TEST(NanosecondsSince, IsTheProductOverTheShift) {
  EXPECT_EQ(nanoseconds_since(kClock, 0), 1'000u);
  EXPECT_EQ(nanoseconds_since(kClock, 2'500), 1'999u) << "1000 and a product rounded down";
  __extension__ using Wide = unsigned __int128;
  for (const std::uint64_t ticks : {std::uint64_t{12'345}, std::uint64_t{1} << 40, std::uint64_t{1} << 60}) {
    const auto exact = static_cast<std::uint64_t>((Wide{ticks} * kClock.multiplier) >> kClock.shift);
    EXPECT_EQ(nanoseconds_since(kClock, ticks), 1'000 + exact) << ticks;
  }
}

// The kernel subtracts what the clock shows when it writes the page: the offset is below zero, modulo 2^64.
TEST(NanosecondsSince, TheOffsetMayBeBelowZero) {
  PublishedClock clock = kClock;
  clock.offset = std::uint64_t{0} - 4'000;
  EXPECT_EQ(nanoseconds_since(clock, 20'000), 3'999u);
}

TEST(NanosecondsSince, ANarrowClockMayHaveWrapped) {
  const std::uint64_t mask = (std::uint64_t{1} << 56) - 1;
  const PublishedClock wide{.shift = 0, .multiplier = 40};
  PublishedClock narrow = wide;
  narrow.narrow = true;
  narrow.mask = mask;
  narrow.cycles = 7 * (mask + 1) - 100;  // a hundred ticks before its eighth round
  EXPECT_EQ(nanoseconds_since(narrow, 25) - nanoseconds_since(wide, narrow.cycles), 125u * 40);
}

// A processor that is told what to answer; it may change the page while it does, as the kernel may.
struct Scripted {
  std::uint64_t clock = 0;
  std::function<std::optional<std::uint64_t>(std::uint32_t)> registers;

  std::uint64_t ticks() const { return clock; }
  std::optional<std::uint64_t> counter(std::uint32_t number) const { return registers(number); }
};

std::optional<std::uint64_t> nobody_may_ask(std::uint32_t number) {
  ADD_FAILURE() << "register " << number << " was read, which would be a fault";
  return std::nullopt;
}

perf_event_mmap_page scheduled() {
  perf_event_mmap_page page{};
  page.lock = 6;
  page.cap_user_rdpmc = 1;
  page.cap_user_time = 1;
  page.index = 3;
  page.pmc_width = 48;
  page.offset = 5'000;
  page.time_mult = 1;
  page.time_enabled = 20'000;
  page.time_running = 3'000;
  return page;
}

TEST(ReadUserPage, AddsTheRegisterAndTheTimeSinceThePageWasWritten) {
  const perf_event_mmap_page page = scheduled();
  std::uint32_t asked = 99;
  const auto below_zero = [&](std::uint32_t number) {
    asked = number;
    return std::optional<std::uint64_t>(0xffff'ffff'fffd);
  };
  const auto value = read_user_page(page, Scripted{.clock = 70, .registers = below_zero});
  ASSERT_TRUE(value);
  EXPECT_EQ(asked, 2u) << "the index counts from one";
  EXPECT_EQ(value->value, 4'997u);
  EXPECT_EQ(value->time_enabled, 20'070u);
  EXPECT_EQ(value->time_running, 3'070u);
}

TEST(ReadUserPage, WhereThePageDoesNotAllowItTheKernelIsAsked) {
  const std::function<void(perf_event_mmap_page&)> lacks[] = {
      [](auto& page) { page.index = 0; },         [](auto& page) { page.cap_user_rdpmc = 0; },
      [](auto& page) { page.cap_user_time = 0; }, [](auto& page) { page.pmc_width = 0; },
      [](auto& page) { page.pmc_width = 65; },
  };
  for (const auto& lack : lacks) {
    perf_event_mmap_page page = scheduled();
    lack(page);
    EXPECT_FALSE(read_user_page(page, Scripted{.registers = nobody_may_ask}));
  }
}

TEST(ReadUserPage, ARegisterThatThisProcessorLacksIsNotRead) {
  const perf_event_mmap_page page = scheduled();
  const auto none = [](std::uint32_t) { return std::optional<std::uint64_t>(); };
  EXPECT_FALSE(read_user_page(page, Scripted{.registers = none}));
}

// Pre-empted between the index and the register, the event comes back on another register with another offset.
TEST(ReadUserPage, WhatChangedMeanwhileIsReadAgain) {
  perf_event_mmap_page page = scheduled();
  int reads = 0;
  const auto move_once = [&](std::uint32_t number) -> std::optional<std::uint64_t> {
    if (++reads == 1) {
      page.lock += 2;
      page.index = 8;
      page.offset = 9'000;
      page.time_enabled = 21'000;
      page.time_running = 4'000;
      return 777'777;  // another task's
    }
    EXPECT_EQ(number, 7u);
    return 11;
  };
  const auto value = read_user_page(page, Scripted{.registers = move_once});
  ASSERT_TRUE(value);
  EXPECT_EQ(reads, 2);
  EXPECT_EQ(value->value, 9'011u);
  EXPECT_EQ(value->time_enabled, 21'000u);
  EXPECT_EQ(value->time_running, 4'000u);
}

TEST(ReadUserPage, SwitchedOffMeanwhileTheKernelIsAsked) {
  perf_event_mmap_page page = scheduled();
  const auto take_away = [&](std::uint32_t) -> std::optional<std::uint64_t> {
    page.lock += 1;
    page.index = 0;
    return 5;
  };
  EXPECT_FALSE(read_user_page(page, Scripted{.registers = take_away}));
}

#if defined(__x86_64__)
TEST(PmuRegisters, TheRegisterOfTopDownFractionsIsNoCount) {
  EXPECT_EQ(PmuRegisters::counter(1U << 29), std::nullopt);
}
#elif defined(__aarch64__)
TEST(PmuRegisters, AfterTheCycleCounterThereIsNone) {
  EXPECT_EQ(PmuRegisters::counter(32), std::nullopt);
}
#endif

TEST(UserPage, WhatIsNoCounterHasNoPage) {
  EXPECT_FALSE(UserPage(-1).mapped());
  EXPECT_FALSE(UserPage().read());
}

}  // namespace
}  // namespace countercheck
