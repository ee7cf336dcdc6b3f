#pragma once

#include <sys/types.h>
#include <sys/user.h>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace countercheck {

// Makes a process that stands before its first instruction (exec_stop.hpp) do system calls of our choice. It runs the
// system call instruction of its own vDSO, so that nothing of its memory is written; counters that began with its exec
// see that instruction and the stops.
class ForeignCalls {
 public:
  explicit ForeignCalls(pid_t process);
  // Puts its registers back, and sends it the signals that came meanwhile.
  ~ForeignCalls();
  ForeignCalls(const ForeignCalls&) = delete;
  ForeignCalls& operator=(const ForeignCalls&) = delete;

  // Why no call can be made, in one clause; null where they can.
  const char* lack() const { return lack_; }

  // What the kernel gives back, -errno for a failure; nothing where the process ended instead.
  std::optional<std::int64_t> call(long number, const std::array<std::uint64_t, 6>& arguments = {});

 private:
  bool step();

  pid_t process_;
  std::uint64_t instruction_ = 0;  // its address
  const char* lack_ = nullptr;
  user_regs_struct before_{};
  std::vector<int> signals_{};
};

}  // namespace countercheck
