#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace countercheck::workloads::counters {

// Two lines of 64 bytes, as one: Intel's processors fetch the second with the first, and Apple's have lines of 128
// bytes.
inline constexpr std::size_t kLineBytes = 128;
inline constexpr std::size_t kInLine = kLineBytes / sizeof(std::uint64_t);

// Counters that lie `apart` counters from each other (1: side by side; kInLine: no two in one line), the first at the
// beginning of a line. All else is the same for every distance, so that variants differ by their addresses alone.
class SpacedCounters {
 public:
  SpacedCounters(std::size_t count, std::size_t apart)
      : apart_(apart), lines_((count * apart + kInLine - 1) / kInLine) {}

  std::atomic<std::uint64_t>& operator[](std::size_t i) {
    const std::size_t at = i * apart_;
    return lines_[at / kInLine].counters[at % kInLine];
  }

  const void* data() const { return lines_.data(); }
  std::size_t bytes() const { return lines_.size() * sizeof(Line); }

 private:
  struct alignas(kLineBytes) Line {
    std::array<std::atomic<std::uint64_t>, kInLine> counters{};
  };

  std::size_t apart_;
  std::vector<Line> lines_;
};

}  // namespace countercheck::workloads::counters
