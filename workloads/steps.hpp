#pragma once

#include <functional>

namespace countercheck::workloads {

// Does the steps it is given, between the marks of the region that is counted.
using Region = std::function<void(const std::function<void()>& steps)>;

}  // namespace countercheck::workloads
