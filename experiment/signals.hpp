#pragma once

#include <signal.h>
#include <sys/types.h>

#include <chrono>
#include <optional>

namespace countercheck {

// Takes SIGINT, SIGTERM, SIGHUP and SIGCHLD out of their usual course while samples run, so that the wait for a child
// can end by any of them without a race and a sample in progress can be ended in order. There may be several at a time;
// the last to go restores all.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // Waits for one of the four; empty when the time is up. No limit: waits for ever.
  std::optional<int> wait(std::optional<std::chrono::nanoseconds> limit) const;

  // The mask that a child must get back before it execs.
  const sigset_t& mask_before() const { return before_; }

 private:
  sigset_t taken_{};
  static inline unsigned there_ = 0;
  static inline sigset_t before_{};  // any of them
  static inline struct sigaction child_before_ {};
};

}  // namespace countercheck
