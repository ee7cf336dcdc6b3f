#pragma once

#include <linux/perf_event.h>

#include <cstddef>
#include <vector>

#include "counters/countable.hpp"
#include "counters/pass_plan.hpp"
#include "experiment/child.hpp"

namespace countercheck {

// The counters that the child of one pass opens, in order, and whose they are.
class PassCounters {
 public:
  // `pass` of a plan for these countables; without a plan every counter is opened on its own, in one pass.
  PassCounters(const std::vector<Countable>& countables, const PassPlan& plan, std::size_t pass, bool region);

  const std::vector<perf_event_attr>& attributes() const { return attributes_; }
  const std::vector<int>& leaders() const { return leaders_; }

  // One reading for each countable that a counter counts: absent where it is of another pass. Those that need no
  // counter are left blank. `alone` tells which siblings the kernel did not take into their group.
  struct Gathered {
    std::vector<Counted> counters;  // one for each of attributes()
    std::vector<bool> alone;
  };
  Reading reading(std::size_t countable, const Gathered& gathered) const;

 private:
  struct Owner {
    std::size_t countable = 0;
    std::size_t core = 0;  // index into Countable::cores
    unsigned group = 0;    // 0: none
    std::size_t size = 1;  // counters in the group
  };
  void open_group(const EventGroup& group, unsigned number, bool region);
  void add(const Encoding& encoding, const Owner& owner, int leader, bool region);
  std::uint64_t time_on(const std::string& pmu, const Gathered& gathered) const;

  const std::vector<Countable>* countables_;
  std::vector<perf_event_attr> attributes_;
  std::vector<int> leaders_;  // index of the group's first; -1: itself
  std::vector<Owner> owners_;
};

}  // namespace countercheck
