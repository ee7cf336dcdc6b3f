#include "experiment/signals.hpp"

#include <cerrno>

namespace countercheck {

Signals::Signals() {
  sigemptyset(&taken_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&taken_, signal);
  if (there_++ > 0) return;
  sigprocmask(SIG_BLOCK, &taken_, &before_);
  // A parent that ignores SIGCHLD hands that down, and the kernel would then reap our children itself.
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  sigaction(SIGCHLD, &standard, &child_before_);
}

Signals::~Signals() {
  if (--there_ > 0) return;
  sigaction(SIGCHLD, &child_before_, nullptr);
  sigprocmask(SIG_SETMASK, &before_, nullptr);
}

std::optional<int> Signals::wait(std::optional<std::chrono::nanoseconds> limit) const {
  while (true) {
    int signal = 0;
    if (limit) {
      const auto left = std::max(limit->count(), decltype(limit->count()){0});
      const timespec time{.tv_sec = left / 1'000'000'000, .tv_nsec = left % 1'000'000'000};
      signal = sigtimedwait(&taken_, nullptr, &time);
      if (signal < 0 && errno == EAGAIN) return std::nullopt;
    } else {
      signal = sigwaitinfo(&taken_, nullptr);
    }
    if (signal > 0) return signal;
  }
}

}  // namespace countercheck
