#include "simulator/sizes.hpp"

#include <fmt/format.h>

namespace countercheck {

std::string shown_bytes(std::uint64_t bytes) {
  if (bytes >= 1U << 20) return fmt::format("{:.4g} MiB", static_cast<double>(bytes) / (1U << 20));
  return fmt::format("{:.4g} KiB", static_cast<double>(bytes) / (1U << 10));
}

}  // namespace countercheck
