#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "counters/papi_counters.hpp"
#include "experiment/mark_server.hpp"

namespace countercheck {

// What PAPI counts of one launched process after the other: of the whole, or between the marks that its main thread
// sets. The process is stopped at its exec, PAPI attaches to it, and it runs on: from then on everything is counted,
// and of a region the counters are read where it begins and where it ends.
class PapiCount {
 public:
  PapiCount(std::vector<PapiEvent> events, bool region);

  // The descriptor for the program's marks, or -1.
  int handshake() const { return server_ ? server_->descriptor() : -1; }

  // To a child that was to be stopped at its exec. `trace_error` is errno of its request for that; where it is not
  // `stopped`, it ended before; in both cases nothing is counted.
  void attach(pid_t child, int trace_error, bool stopped);

  // To be called once the process has ended.
  void finish();

  // What was counted of the event of this number, or why nothing was.
  std::variant<std::uint64_t, Absence> value(std::size_t event, const Access& access) const;

 private:
  void at_mark(char mark);
  std::variant<std::uint64_t, Absence> checked(std::size_t event) const;

  PapiCounters counters_;
  std::optional<MarkServer> server_;
  int trace_error_ = 0;
  bool ended_early_ = false;
  std::uint64_t entries_ = 0;
  std::optional<std::vector<std::uint64_t>> begun_;
  std::vector<std::uint64_t> sums_;
};

}  // namespace countercheck
