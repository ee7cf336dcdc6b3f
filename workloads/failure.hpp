#pragma once

#include <stdexcept>

namespace countercheck::workloads {

// The command line does not say what can be done: exit status 3.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The machine does not give what the run needs, such as memory or threads: exit status 6.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace countercheck::workloads
