#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "counters/reading.hpp"

namespace countercheck {

// What came of an event when it was held against kernels whose counts are known on paper.
enum class StampKind {
  exact,      // the same number besides the truth in every run: what the marks themselves cost
  close,      // within what is known of the truth
  plausible,  // only a lower bound is known, and it is kept
  biased,     // off by `bias`
  another,    // another quantity than the one its name claims
  noisy,      // the runs differ by more than could be judged
  dead,       // opened and ran and read 0 where the truth is not 0
};

bool certified(StampKind kind);
std::string_view to_string(StampKind kind);
std::optional<StampKind> stamp_kind_from(std::string_view name);

struct Stamp {
  std::string event{};  // with its modifier
  Source source{};
  Privilege privilege{};
  StampKind kind{};
  std::string claims{};  // the quantity that its name stands for
  std::string counts{};  // the one that was found; empty: none was
  // Of the kernel that decided: what one item makes, what was counted for it, and what was counted besides.
  std::string kernel{};
  std::string item{};
  std::uint64_t few = 0;
  std::uint64_t many = 0;
  double each = 0;
  double found = 0;
  double besides = 0;
  double spread = 0;  // of the runs of one size, the widest, relative to the truth
  unsigned rounds = 0;
  std::string when{};  // UTC, ISO 8601

  // found / each - 1, or what was found where nothing should be.
  double bias() const { return each == 0 ? found : found / each - 1; }
  bool operator==(const Stamp&) const = default;
};

}  // namespace countercheck
