#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "counters/encoding.hpp"
#include "counters/sysfs_pmu.hpp"

namespace countercheck {

// The PMU that counts for the CPU cores of one type: "cpu" where all are alike, "cpu_core" and "cpu_atom" on a hybrid
// machine, one for each cluster on many Arm ones.
struct CorePmu {
  std::string name{};
  std::uint32_t type = 0;  // of perf_event_attr
  std::string cpus{};      // that it counts for, "0-15"; empty: all

  bool operator==(const CorePmu&) const = default;
};

// Sorted by name. Two or more: the machine is hybrid.
std::vector<CorePmu> core_pmus(const std::filesystem::path& root = kEventSources);

// Whether one of these PMUs counts this event; else it is the kernel's, or of a PMU outside the cores.
bool counts_on_core(const Encoding& encoding, const std::vector<CorePmu>& pmus);

// An event for the PMU of one type of core.
struct OnCore {
  CorePmu pmu{};
  Encoding encoding{};

  bool operator==(const OnCore&) const = default;
};

// On a hybrid machine: the event for each type of core, or, where it was asked of one PMU by name, for that one. A
// generic event that names no PMU would count on the first type only, and read less than half of the truth without a
// word. Which it is, the encoding alone does not tell: the first PMU's number is also that of raw codes. Empty where
// all cores are alike, or for an event of no core.
std::vector<OnCore> on_each_core(const Encoding& encoding, const std::vector<CorePmu>& pmus, bool of_one_pmu);

// While it lives, this thread runs on CPUs of one PMU only, as far as it may run on any of them.
class OnCpusOf {
 public:
  explicit OnCpusOf(const CorePmu& pmu);
  ~OnCpusOf();
  OnCpusOf(const OnCpusOf&) = delete;
  OnCpusOf& operator=(const OnCpusOf&) = delete;

  bool there() const { return there_; }

 private:
  std::vector<unsigned char> before_{};  // a cpu_set_t; empty: nothing was changed
  bool there_ = false;
};

// "0-3,8" are 0, 1, 2, 3 and 8. What is not of this form ends the list.
std::vector<unsigned> cpu_list(const std::string& text);

}  // namespace countercheck
