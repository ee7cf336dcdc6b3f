#pragma once

#include <linux/perf_event.h>

#include <atomic>
#include <cstdint>
#include <optional>

#include "counters/perf_event.hpp"

namespace countercheck {

// Reading an open counter without a system call: the kernel publishes in the first page of a counter's mapping
// (perf_event_mmap_page) which register of the PMU holds it and what to add, and the thread that is counted reads that
// register itself. Only that thread can: on another one the register holds another task's count.
// Source: include/uapi/linux/perf_event.h, the comments of perf_event_mmap_page; tools/lib/perf/mmap.c.

// The register of a counter of `width` bits (1 to 64) as the signed number that the kernel adds its offset to: it
// starts counters below zero, so that they overflow when it wants to be called.
constexpr std::int64_t sign_extended(std::uint64_t raw, unsigned width) {
  const unsigned unused = 64 - width;
  return static_cast<std::int64_t>(raw << unused) >> unused;
}

// How the processor's clock becomes nanoseconds since the page was written.
struct PublishedClock {
  std::uint16_t shift = 0;
  std::uint32_t multiplier = 0;
  std::uint64_t offset = 0;
  bool narrow = false;       // the clock has fewer than 64 bits: cycles and mask undo its wrap
  std::uint64_t cycles = 0;  // of the clock when the page was written
  std::uint64_t mask = 0;
};

// In two parts, since ticks * multiplier has more than 64 bits.
constexpr std::uint64_t nanoseconds_since(const PublishedClock& clock, std::uint64_t ticks) {
  if (clock.narrow) ticks = clock.cycles + ((ticks - clock.cycles) & clock.mask);
  const std::uint64_t whole = ticks >> clock.shift;
  const std::uint64_t part = ticks & ((std::uint64_t{1} << clock.shift) - 1);
  return clock.offset + whole * clock.multiplier + ((part * clock.multiplier) >> clock.shift);
}

// The value of the counter that `page` belongs to, or nothing where the page does not allow it: the kernel forbids it,
// gives no clock, or the event is on no register now (index 0: switched off, waiting for its turn, or no hardware
// event). read(2) then has the value.
//
// The kernel may write the page at any moment, on this very CPU: it makes `lock` another number each time, and what was
// read in between is read again. `hardware` has ticks(), the processor's clock, and counter(register number), nothing
// where there is no such register.
template <typename Hardware>
std::optional<CounterValue> read_user_page(const volatile perf_event_mmap_page& page, Hardware&& hardware) {
  CounterValue value;
  std::uint32_t sequence = 0;
  do {
    sequence = page.lock;
    std::atomic_signal_fence(std::memory_order_seq_cst);
    const std::uint32_t index = page.index;
    const std::uint64_t capabilities = page.capabilities;
    perf_event_mmap_page allows{};
    allows.capabilities = capabilities;
    const unsigned width = page.pmc_width;
    if (!allows.cap_user_rdpmc || !allows.cap_user_time || index == 0 || width < 1 || width > 64) return std::nullopt;
    PublishedClock clock{.shift = page.time_shift, .multiplier = page.time_mult, .offset = page.time_offset};
    if (allows.cap_user_time_short) {
      clock.narrow = true;
      clock.cycles = page.time_cycles;
      clock.mask = page.time_mask;
    }
    const std::uint64_t since = nanoseconds_since(clock, hardware.ticks());
    const std::optional<std::uint64_t> raw = hardware.counter(index - 1);
    if (!raw) return std::nullopt;
    const auto counted = page.offset + sign_extended(*raw, width);
    value = {.value = static_cast<std::uint64_t>(counted),
             .time_enabled = page.time_enabled + since,
             .time_running = page.time_running + since};
    std::atomic_signal_fence(std::memory_order_seq_cst);
  } while (page.lock != sequence);
  return value;
}

// The page of one open counter, mapped for as long as this lives. Empty where the kernel refuses the mapping (an
// inherited counter) or this processor cannot be asked.
class UserPage {
 public:
  UserPage() = default;
  explicit UserPage(int counter);
  ~UserPage() { unmap(); }
  UserPage(UserPage&& other) noexcept;
  UserPage& operator=(UserPage&& other) noexcept;
  UserPage(const UserPage&) = delete;
  UserPage& operator=(const UserPage&) = delete;

  bool mapped() const { return page_ != nullptr; }

  // On the thread that the counter counts. Nothing where read(2) has to be asked, see read_user_page.
  std::optional<CounterValue> read() const;

 private:
  void unmap();
  // The kernel leaves these mappings out of a forked child: there the address may be anybody's.
  bool here() const;

  const volatile perf_event_mmap_page* page_ = nullptr;
  unsigned forks_ = 0;  // before it was mapped
};

}  // namespace countercheck
