#include "workloads/array_offset.hpp"

#include <cstdlib>

namespace countercheck::workloads {

std::size_t array_offset_from(const char* bytes) {
  constexpr unsigned long kMost = 1UL << 20;
  const unsigned long offset = bytes ? std::strtoul(bytes, nullptr, 10) : 0;
  return offset > kMost ? 0 : offset / 16 * 16 / sizeof(double);
}

const std::size_t array_offset = array_offset_from(std::getenv("COUNTERCHECK_LAYOUT"));

}  // namespace countercheck::workloads
