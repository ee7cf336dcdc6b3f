#pragma once

#include <cstdint>
#include <optional>

namespace countercheck {

// The registers of this processor's PMU, for read_user_page. Reading one that the kernel did not open to user space is
// a fault: only a page that names it allows it.
#if defined(__x86_64__)

struct PmuRegisters {
  static constexpr bool exist = true;
  static std::uint64_t ticks() {
    std::uint32_t low = 0, high = 0;
    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return std::uint64_t{high} << 32 | low;
  }
  // The kernel's number is what the instruction wants, fixed counters (bit 30) included. But Intel's top-down metrics
  // share one register of eight fractions, which only the kernel makes counts of (arch/x86/events/intel/core.c,
  // INTEL_PMC_FIXED_RDPMC_METRICS).
  static std::optional<std::uint64_t> counter(std::uint32_t number) {
    constexpr std::uint32_t kMetrics = 1U << 29;
    if (number == kMetrics) return std::nullopt;
    std::uint32_t low = 0, high = 0;
    __asm__ volatile("rdpmc" : "=a"(low), "=d"(high) : "c"(number));
    return std::uint64_t{high} << 32 | low;
  }
};

#elif defined(__aarch64__)

struct PmuRegisters {
  static constexpr bool exist = true;
  static std::uint64_t ticks() {
    std::uint64_t value = 0;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(value));
    return value;
  }
  // 0 to 30 are the event counters, 31 the cycle counter (drivers/perf/arm_pmuv3.c, armv8pmu_user_event_idx). The
  // register is part of the instruction, so there is one for each.
  static std::optional<std::uint64_t> counter(std::uint32_t number) {
    std::uint64_t value = 0;
    switch (number) {
#define COUNTERCHECK_EVENT_COUNTER(n)                             \
  case n:                                                         \
    __asm__ volatile("mrs %0, pmevcntr" #n "_el0" : "=r"(value)); \
    return value;
      COUNTERCHECK_EVENT_COUNTER(0)
      COUNTERCHECK_EVENT_COUNTER(1)
      COUNTERCHECK_EVENT_COUNTER(2)
      COUNTERCHECK_EVENT_COUNTER(3)
      COUNTERCHECK_EVENT_COUNTER(4)
      COUNTERCHECK_EVENT_COUNTER(5)
      COUNTERCHECK_EVENT_COUNTER(6)
      COUNTERCHECK_EVENT_COUNTER(7)
      COUNTERCHECK_EVENT_COUNTER(8)
      COUNTERCHECK_EVENT_COUNTER(9)
      COUNTERCHECK_EVENT_COUNTER(10)
      COUNTERCHECK_EVENT_COUNTER(11)
      COUNTERCHECK_EVENT_COUNTER(12)
      COUNTERCHECK_EVENT_COUNTER(13)
      COUNTERCHECK_EVENT_COUNTER(14)
      COUNTERCHECK_EVENT_COUNTER(15)
      COUNTERCHECK_EVENT_COUNTER(16)
      COUNTERCHECK_EVENT_COUNTER(17)
      COUNTERCHECK_EVENT_COUNTER(18)
      COUNTERCHECK_EVENT_COUNTER(19)
      COUNTERCHECK_EVENT_COUNTER(20)
      COUNTERCHECK_EVENT_COUNTER(21)
      COUNTERCHECK_EVENT_COUNTER(22)
      COUNTERCHECK_EVENT_COUNTER(23)
      COUNTERCHECK_EVENT_COUNTER(24)
      COUNTERCHECK_EVENT_COUNTER(25)
      COUNTERCHECK_EVENT_COUNTER(26)
      COUNTERCHECK_EVENT_COUNTER(27)
      COUNTERCHECK_EVENT_COUNTER(28)
      COUNTERCHECK_EVENT_COUNTER(29)
      COUNTERCHECK_EVENT_COUNTER(30)
#undef COUNTERCHECK_EVENT_COUNTER
      case 31:
        __asm__ volatile("mrs %0, pmccntr_el0" : "=r"(value));
        return value;
      default:
        return std::nullopt;
    }
  }
};

#else

struct PmuRegisters {
  static constexpr bool exist = false;
  static std::uint64_t ticks() { return 0; }
  static std::optional<std::uint64_t> counter(std::uint32_t) { return std::nullopt; }
};

#endif

}  // namespace countercheck
