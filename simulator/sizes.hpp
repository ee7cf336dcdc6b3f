#pragma once

#include <cstdint>
#include <string>

namespace countercheck {

// "32 KiB", "1.25 MiB", "480 MiB"
std::string shown_bytes(std::uint64_t bytes);

}  // namespace countercheck
