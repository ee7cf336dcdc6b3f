#pragma once

#include <cstdint>
#include <string_view>

namespace countercheck {

// FNV-1a of 64 bits (Fowler, Noll and Vo; IETF draft draft-eastlake-fnv): to find equal contents fast. Two that differ
// may share one, so who needs certainty compares the contents too.
constexpr std::uint64_t content_hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char letter : text) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
  return hash;
}

}  // namespace countercheck
