#include "counters/session.hpp"

#include <sys/resource.h>
#include <time.h>

#include <algorithm>

#include "counters/open_failure.hpp"

namespace countercheck {
namespace {

Usage usage_of(int who) {
  rusage usage{};
  getrusage(who, &usage);
  return usage_from(usage, 0);
}

std::uint64_t monotonic_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

std::uint64_t grown(std::uint64_t before, std::uint64_t after) {
  return after > before ? after - before : 0;
}

}  // namespace

Session::Session(std::string_view events, const SessionOptions& options) : Session(parse_events(events), options) {}

Session::Session(const std::vector<Event>& events, const SessionOptions& options)
    : inherit_(options.inherit), thread_(pthread_self()) {
  const Access access = read_access();
  std::vector<std::size_t> with_counter;
  for (auto& countable : settle(events, access, options.open)) {
    if (std::holds_alternative<PapiEvent>(countable.by)) {
      countable.by =
          Absence{AbsenceReason::not_measurable,
                  "a session counts through the kernel only: ask PAPI itself for its events, or countercheck "
                  "stat from without"};
    }
    if (std::holds_alternative<Encoding>(countable.by)) with_counter.push_back(slots_.size());
    if (std::holds_alternative<UsageField>(countable.by)) asks_usage_ = true;
    slots_.push_back({.countable = std::move(countable)});
  }
  open_groups(with_counter, options, access);
  const auto readable = [](const Group& group) { return group.counters.may_be_read_in_user_space(); };
  user_reads_ = std::ranges::any_of(groups_, readable);
}

// As few groups as the kernel and the PMU allow.
void Session::open_groups(const std::vector<std::size_t>& slots, const SessionOptions& options, const Access& access) {
  struct Opened {
    CounterGroup counters;
    std::vector<std::size_t> slots;
  };
  std::vector<Opened> opened;
  for (const std::size_t slot : slots) {
    auto& by = slots_[slot].countable.by;
    const Encoding encoding = std::get<Encoding>(by);
    const auto takes_it = [&](Opened& group) { return group.counters.add(encoding) == 0; };
    auto group = std::find_if(opened.begin(), opened.end(), takes_it);
    if (group == opened.end()) {
      CounterGroup alone(options.inherit, options.user_reads, options.open);
      if (const int error = alone.add(encoding)) {
        by = explain_open_failure(error, encoding, access);
        continue;
      }
      group = opened.insert(opened.end(), {std::move(alone), {}});
    }
    group->slots.push_back(slot);
  }
  for (auto& [counters, members] : opened) {
    if (members.size() == 1 || counters.runs()) {
      keep(std::move(counters), members);
      continue;
    }
    { const CounterGroup closed = std::move(counters); }
    const auto middle = members.begin() + static_cast<std::ptrdiff_t>(members.size() / 2);
    open_groups({members.begin(), middle}, options, access);
    open_groups({middle, members.end()}, options, access);
  }
}

void Session::keep(CounterGroup counters, const std::vector<std::size_t>& slots) {
  for (const std::size_t slot : slots) {
    slots_[slot].place = now_.size();
    now_.emplace_back();
    group_of_.push_back(groups_.size());
  }
  begin_.resize(now_.size());
  Group group{
      .counters = std::move(counters), .first = now_.size() - slots.size(), .answered = false, .at_rest = false};
  group.answered = group.at_rest = group.counters.read(group.of(now_));
  groups_.push_back(std::move(group));
}

bool Session::may_read_in_user_space() const {
  return user_reads_ && pthread_equal(thread_, pthread_self());
}

// Nothing on another thread, whose own usage the kernel would tell.
std::optional<Usage> Session::usage() const {
  if (!inherit_ && !pthread_equal(thread_, pthread_self())) return std::nullopt;
  Usage usage = inherit_ ? sum(usage_of(RUSAGE_SELF), usage_of(RUSAGE_CHILDREN)) : usage_of(RUSAGE_THREAD);
  usage.wall_ns = monotonic_ns();
  return usage;
}

void Session::start() {
  const bool in_user_space = may_read_in_user_space();
  if (asks_usage_) usage_begin_ = usage();
  for (Group& group : groups_) {
    if (!running_) group.counters.enable();
    const auto begin = group.of(begin_);
    if (in_user_space && group.counters.read_in_user_space(begin)) {
      group.answered = true;
    } else if (!running_ && group.at_rest) {
      std::ranges::copy(group.of(now_), begin.begin());
    } else {
      group.answered = group.counters.read(begin);
    }
  }
  running_ = true;
  taken_ = false;
}

void Session::read() {
  if (!running_) return;
  const bool in_user_space = may_read_in_user_space();
  for (Group& group : groups_) {
    const auto now = group.of(now_);
    if (!in_user_space || !group.counters.read_in_user_space(now)) group.answered = group.counters.read(now);
  }
  if (asks_usage_) usage_now_ = usage();
  taken_ = true;
}

void Session::stop() {
  if (!running_) return;
  const bool in_user_space = may_read_in_user_space();
  for (Group& group : groups_) {
    const auto now = group.of(now_);
    // Before it is switched off: the system call that does so is not counted then.
    group.at_rest = !in_user_space || !group.counters.read_in_user_space(now);
    group.counters.disable();
    if (group.at_rest) group.at_rest = group.answered = group.counters.read(now);
  }
  if (asks_usage_) usage_now_ = usage();
  running_ = false;
  taken_ = true;
}

// What came to the counter between start() and the last read. Two readings of one moment may differ by some nanoseconds
// where one came from the kernel and one from the page: what would go back is 0.
std::optional<CounterValue> Session::counted(std::size_t place) const {
  if (!groups_[group_of_[place]].answered) return std::nullopt;
  const CounterValue& before = begin_[place];
  const CounterValue& after = now_[place];
  CounterValue value{.value = grown(before.value, after.value),
                     .time_enabled = grown(before.time_enabled, after.time_enabled),
                     .time_running = grown(before.time_running, after.time_running)};
  // It counted, for less time than a tick of the clock.
  if (value.time_enabled == 0 && value.value > 0) value.time_enabled = value.time_running = 1;
  return value;
}

Reading Session::reading(const Slot& slot) const {
  const Countable& countable = slot.countable;
  if (const auto* absence = std::get_if<Absence>(&countable.by)) return absent_reading(countable, *absence);
  if (!taken_) {
    return absent_reading(countable, {AbsenceReason::not_measurable,
                                      "nothing was counted yet: start() the session, then read() or stop() it"});
  }
  if (slot.place) return reading_of(countable, counted(*slot.place));
  if (usage_begin_ && usage_now_) return reading_of(countable, growth(*usage_begin_, *usage_now_));
  return absent_reading(countable, {AbsenceReason::not_measurable,
                                    "getrusage tells of the calling thread only: start and stop the session on the "
                                    "thread that made it"});
}

std::vector<Reading> Session::readings() const {
  std::vector<Reading> all;
  all.reserve(slots_.size());
  for (const Slot& slot : slots_) all.push_back(reading(slot));
  return all;
}

std::optional<std::uint64_t> Session::value(std::size_t event) const {
  const Slot& slot = slots_.at(event);
  if (!slot.place || !taken_) return raw(reading(slot));
  const auto value = counted(*slot.place);
  return value && is_count(*value) ? std::optional(value->value) : std::nullopt;
}

}  // namespace countercheck
