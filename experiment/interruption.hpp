#pragma once

#include <signal.h>

namespace countercheck {

// Keeps SIGINT, SIGTERM and SIGHUP from ending countercheck while there is something that it must take away first. What
// waits for a child takes them itself (Signals); this remembers those that come at other times. One at a time.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  // Throws UserError where one has come.
  static void check();

 private:
  struct sigaction before_[3]{};
};

}  // namespace countercheck
