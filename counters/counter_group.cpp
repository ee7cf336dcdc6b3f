#include "counters/counter_group.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

namespace countercheck {
namespace {

enum : std::size_t { kNumber, kEnabled, kRunning, kValues };  // places in the answer of read(2)

// Arm's PMU keeps a counter readable by user space only where it was asked for when it was opened: bit 1 of config1,
// "rdpmc" under the PMU's format (drivers/perf/arm_pmuv3.c).
std::uint64_t ask_for_user_reads(const Encoding& encoding) {
#if defined(__aarch64__)
  if (!is_software(encoding)) return std::uint64_t{1} << 1;
#endif
  (void)encoding;
  return 0;
}

}  // namespace

int CounterGroup::add(const Encoding& encoding) {
  const bool leads = counters_.empty();
  perf_event_attr attr = attributes(encoding);
  attr.read_format |= PERF_FORMAT_GROUP;
  attr.inherit = inherit_;
  attr.disabled = leads;  // the others follow the first
  if (in_user_space_) attr.config1 |= ask_for_user_reads(encoding);
  const auto open = [&] {
    return Descriptor(open_(&attr, 0, -1, leads ? -1 : counters_.front().get(), PERF_FLAG_FD_CLOEXEC));
  };
  Descriptor counter = open();
  if (!counter && attr.config1 != encoding.config1) {
    attr.config1 = encoding.config1;
    counter = open();
  }
  if (!counter) return errno;
  in_user_space_ = in_user_space_ && !is_software(encoding);
  if (in_user_space_) pages_.emplace_back(counter.get());
  in_user_space_ = in_user_space_ && pages_.back().mapped();
  counters_.push_back(std::move(counter));
  answer_.resize(kValues + counters_.size());
  return 0;
}

void CounterGroup::enable() const {
  ioctl(counters_.front().get(), PERF_EVENT_IOC_ENABLE, 0);
}

void CounterGroup::disable() const {
  ioctl(counters_.front().get(), PERF_EVENT_IOC_DISABLE, 0);
}

bool CounterGroup::read(std::span<CounterValue> values) {
  const std::size_t bytes = answer_.size() * sizeof answer_.front();
  if (::read(counters_.front().get(), answer_.data(), bytes) != static_cast<ssize_t>(bytes)) return false;
  for (std::size_t i = 0; i < counters_.size(); ++i)
    values[i] = {.value = answer_[kValues + i], .time_enabled = answer_[kEnabled], .time_running = answer_[kRunning]};
  return true;
}

bool CounterGroup::read_in_user_space(std::span<CounterValue> values) const {
  if (!in_user_space_) return false;
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    const auto value = pages_[i].read();
    if (!value) return false;
    values[i] = *value;
  }
  return true;
}

bool CounterGroup::runs() {
  std::vector<CounterValue> values(size());
  enable();
  // A clock that ticks every 40 ns may show nothing yet.
  bool answered = true;
  for (int i = 0; i < 1000 && answered && values.front().time_enabled == 0; ++i) answered = read(values);
  disable();
  return answered && values.front().time_running > 0;
}

}  // namespace countercheck
