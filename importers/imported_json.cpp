#include "importers/imported_json.hpp"

#include <cmath>

namespace countercheck {

std::optional<std::uint64_t> scaled_whole(double value, double scale) {
  constexpr double kMost = 0x1p63;
  const double scaled = value * scale;
  if (!(scaled >= 0 && scaled < kMost)) return std::nullopt;
  return static_cast<std::uint64_t>(std::llround(scaled));
}

}  // namespace countercheck
