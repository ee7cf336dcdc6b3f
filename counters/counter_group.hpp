#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "counters/descriptor.hpp"
#include "counters/encoding.hpp"
#include "counters/perf_event.hpp"
#include "counters/user_page.hpp"

namespace countercheck {

// Counters of the calling thread that are on the PMU together or not at all, so that their values belong to the same
// time: one call switches all of them, one reads all of them. Opened switched off.
class CounterGroup {
 public:
  // inherit: threads and children started later are counted too; such a group cannot be read in user space. user_reads:
  // prepare for that, which makes the kernel work a little more at every switch.
  CounterGroup(bool inherit, bool user_reads, PerfEventOpen open = perf_event_open)
      : inherit_(inherit), in_user_space_(user_reads && !inherit), open_(open) {}

  // Opens one more. 0, or the errno: EINVAL also where the kernel sees that it cannot be on the PMU with the others.
  int add(const Encoding& encoding);

  std::size_t size() const { return counters_.size(); }

  void enable() const;
  void disable() const;

  // What was counted since the group was opened, in the order of add(). `values` has size() places. False where the
  // kernel gives none; then they are untouched.
  bool read(std::span<CounterValue> values);
  bool may_be_read_in_user_space() const { return in_user_space_; }
  // The same without a system call, on the thread that is counted and while the group is switched on. False where one
  // of the counters does not allow it now; the values are then worth nothing.
  bool read_in_user_space(std::span<CounterValue> values) const;

  // Switches the group on for a moment: whether the PMU has room for all of it. The kernel opens some groups that it
  // never schedules.
  bool runs();

 private:
  bool inherit_;
  bool in_user_space_;  // every counter so far has its page
  PerfEventOpen open_;
  std::vector<Descriptor> counters_{};
  std::vector<UserPage> pages_{};
  std::vector<std::uint64_t> answer_{};  // of read(2): the number of counters, both times, the values
};

}  // namespace countercheck
