#include "experiment/papi_count.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace countercheck {
PapiCount::PapiCount(std::vector<PapiEvent> events, bool region) : counters_(std::move(events)) {
  if (region) server_.emplace();
}

void PapiCount::attach(pid_t child, int trace_error, bool stopped) {
  entries_ = 0;
  begun_.reset();
  sums_.assign(counters_.events().size(), 0);
  trace_error_ = trace_error;
  ended_early_ = trace_error == 0 && !stopped;
  if (!stopped) return;
  counters_.start(child);
  if (server_) server_->start([this](char mark) { at_mark(mark); });
}

void PapiCount::at_mark(char mark) {
  if (mark == 'b') begun_ = counters_.read();
  if (mark != 'e' || !begun_) return;
  const auto values = counters_.read();
  for (std::size_t i = 0; i < values.size(); ++i) sums_[i] += values[i] - (*begun_)[i];
  begun_.reset();
  ++entries_;
}

void PapiCount::finish() {
  if (server_) {
    server_->stop();
  } else {
    sums_ = counters_.read();
  }
  counters_.end();
}

std::variant<std::uint64_t, Absence> PapiCount::value(std::size_t event, const Access& access) const {
  if (trace_error_ != 0) {
    return Absence{AbsenceReason::blocked,
                   fmt::format("PAPI attaches to a stopped process, and this system does not let its parent stop it "
                               "(ptrace: {}); leave PAPI's events away here, or allow it with --cap-add SYS_PTRACE for "
                               "a container or sudo sysctl kernel.yama.ptrace_scope=1",
                               std::generic_category().message(trace_error_))};
  }
  if (ended_early_) return Absence{AbsenceReason::no_sample, "the program ended before PAPI could attach to it"};
  if (const auto lack = counters_.lack(event, access)) return *lack;
  if (server_ && entries_ == 0) {
    return Absence{AbsenceReason::not_marked,
                   "the program's marks do not wait for PAPI: build it again with this countercheck/region.h"};
  }
  return checked(event);
}

// With inherit, PAPI drops the error of a read (perf_event.c, _pe_read calls _pe_read_nogroup and ignores its answer)
// and repeats what it read before, at first 0: a set that lost the PMU reads 0 for all its events.
std::variant<std::uint64_t, Absence> PapiCount::checked(std::size_t event) const {
  const auto& events = counters_.events();
  const bool hardware = std::any_of(events.begin(), events.end(), [](const PapiEvent& e) { return !e.software; });
  const bool all_zero = std::all_of(sums_.begin(), sums_.end(), [](std::uint64_t sum) { return sum == 0; });
  if (hardware && all_zero) {
    return Absence{
        AbsenceReason::never_scheduled,
        "PAPI read 0 for every event of its set, as it does when the set never got the PMU: ask for fewer of "
        "PAPI's events, or for one beside them that cannot be 0, as PAPI_TOT_INS"};
  }
  return sums_[event];
}

}  // namespace countercheck
