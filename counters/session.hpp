#pragma once

#include <pthread.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "counters/access.hpp"
#include "counters/countable.hpp"
#include "counters/counter_group.hpp"
#include "counters/event.hpp"
#include "counters/perf_event.hpp"
#include "counters/reading.hpp"
#include "counters/usage.hpp"

namespace countercheck {

struct SessionOptions {
  // Count threads and children that the calling thread starts from now on, too, as long as the session counts. What
  // rusage tells is then of the whole process and of the children it has waited for.
  bool inherit = false;
  bool user_reads = true;                // false: always ask the kernel, to see what reading in user space saves
  PerfEventOpen open = perf_event_open;  // a test may script it
};

// Counts events of the thread that makes it, from within the program: the way for a part too small for a process of its
// own, or for a program that wants to look at its own counts.
//
//     countercheck::Session session("page-faults,instructions");
//     for (const auto& reading : session.measure([&] { work(); })) …
//
// Made once and used often: making it asks the kernel what can be counted, which takes some hundred microseconds. Then
// start() is one system call, read() one or none, stop() two, or one where the processor's counters can be read in user
// space (see user_page.hpp). Events that fit on the PMU together are counted together; of more than fit, each has its
// coverage, as in every reading.
//
// An event that cannot be counted has a reading like any other, with the reason in place of the value.
class Session {
 public:
  // Events by the names that `countercheck list events` gives them, separated by commas: perf's, libpfm4's, rNNN,
  // pmu/term=value/; with :u or :k. Throws UserError with the nearest name for one that nobody knows.
  explicit Session(std::string_view events, const SessionOptions& options = {});
  explicit Session(const std::vector<Event>& events, const SessionOptions& options = {});

  ~Session() = default;
  Session(Session&&) noexcept = default;
  Session& operator=(Session&&) noexcept = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Begins to count at nothing, also when it was counting already.
  void start();
  // Takes what was counted since start(), and goes on. After stop() there is nothing to take.
  void read();
  // Takes what was counted since start(), and ends. Nothing is counted, and no counter of the PMU held, until start().
  void stop();

  // Of the last read() or stop(): one for each event, in the order of the names (see reading.hpp for units, coverage
  // and absence). Absent with the reason not_measurable before the first.
  std::vector<Reading> readings() const;

  // One value of readings(), without its words: for a loop that has no time to spare. Nothing where the reading is
  // absent. `event` is its place among the names.
  std::optional<std::uint64_t> value(std::size_t event) const;

  // start(), work(), stop(), readings(). Stops when work throws, too.
  template <typename Work>
  std::vector<Reading> measure(Work&& work) {
    {
      const auto stop_it = [](Session* session) { session->stop(); };
      const std::unique_ptr<Session, decltype(stop_it)> at_the_end(this, stop_it);
      start();
      std::forward<Work>(work)();
    }
    return readings();
  }

 private:
  struct Slot {
    Countable countable;
    std::optional<std::size_t> place{};  // of its counter's value; none where it needs no counter
  };
  // A group and its part of all values.
  struct Group {
    CounterGroup counters;
    std::size_t first;
    bool answered;  // whether the kernel gave its values
    bool at_rest;   // now_ holds what it stands at while it is switched off

    std::span<CounterValue> of(std::vector<CounterValue>& values) { return {&values[first], counters.size()}; }
  };

  void open_groups(const std::vector<std::size_t>& slots, const SessionOptions& options, const Access& access);
  void keep(CounterGroup counters, const std::vector<std::size_t>& slots);
  bool may_read_in_user_space() const;
  std::optional<Usage> usage() const;
  std::optional<CounterValue> counted(std::size_t place) const;
  Reading reading(const Slot& slot) const;

  std::vector<Slot> slots_{};
  std::vector<Group> groups_{};
  std::vector<std::size_t> group_of_{};  // by place
  std::vector<CounterValue> begin_{};    // by place, as the counters stood at start()
  std::vector<CounterValue> now_{};      // and when they were last read
  std::optional<Usage> usage_begin_{};
  std::optional<Usage> usage_now_{};
  bool inherit_;
  bool user_reads_ = false;  // there is a group for which it may be tried
  bool asks_usage_ = false;
  bool running_ = false;
  bool taken_ = false;
  pthread_t thread_;
};

}  // namespace countercheck
