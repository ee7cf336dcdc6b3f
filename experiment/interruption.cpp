#include "experiment/interruption.hpp"

#include <cstddef>
#include <iterator>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

volatile sig_atomic_t came = 0;

void remember(int signal) {
  came = signal;
}

}  // namespace

Interruption::Interruption() {
  came = 0;
  struct sigaction ours {};
  ours.sa_handler = remember;
  ours.sa_flags = SA_RESTART;
  for (std::size_t i = 0; i < std::size(kSignals); ++i) {
    sigaction(kSignals[i], nullptr, &before_[i]);
    // Whoever started us with nohup(1) wants it ignored.
    if (before_[i].sa_handler != SIG_IGN) sigaction(kSignals[i], &ours, nullptr);
  }
}

Interruption::~Interruption() {
  for (std::size_t i = 0; i < std::size(kSignals); ++i) sigaction(kSignals[i], &before_[i], nullptr);
}

void Interruption::check() {
  if (came != 0) throw UserError(Trouble::interrupted, "interrupted", came);
}

}  // namespace countercheck
