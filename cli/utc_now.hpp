#pragma once

#include <string>

namespace countercheck {

// ISO 8601, to the second: "2026-11-20T19:00:00Z".
std::string utc_now();

}  // namespace countercheck
