#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "importers/imported.hpp"

namespace countercheck {

// One counter of perf stat, whatever form it was printed in. perf's functions that print it: tools/perf/util/
// stat-display.c of the kernel.
struct PerfRow {
  std::string place{};     // "line 7"
  std::string value{};     // "1,234", "<not counted>"
  std::string unit{};      // "msec"; mostly empty
  std::string event{};     // as printed: "cycles:u", "cpu_core/cycles/"
  std::string coverage{};  // "83.21", in percent; empty: full
  std::optional<double> relative_error{};
};

// Whether the values are means of several runs, and of how many where that is told.
struct PerfRuns {
  bool summarised = false;
  std::optional<unsigned> runs{};
};

// Collects the rows of one block: one event of a name, in the units that we have, with the reason for what is left out.
class PerfBlock {
 public:
  PerfBlock(Imported& imported, PerfRuns runs) : imported_(imported), runs_(runs) {}

  void add(const PerfRow& row);

  // A time of the whole run: "seconds time elapsed". Value in seconds.
  void add_time(const std::string& place, std::string_view event, std::string_view seconds,
                std::optional<double> relative_error);

  ImportedSample take() { return std::move(sample_); }

 private:
  void add(const std::string& place, Reading reading, std::string_view printed, std::optional<double> relative_error);

  Imported& imported_;
  PerfRuns runs_;
  ImportedSample sample_;
  std::set<std::string, std::less<>> names_;
};

// perf's name in the words of our catalogue ("CPU-migrations" is cpu-migrations), with :u or :k as its only modifier.
std::string known_name(std::string_view event);

// The catalogue has it.
bool is_known(std::string_view event);

// What a modifier at the end of the name leaves out.
Privilege privilege_told(std::string_view event);

// "perf stat -A", to refuse by name, for what stands before the count where counts are not of the whole: "CPU0",
// "S0-D0-C0", "sleep-1234". Empty: nothing known.
std::string aggregation_of(std::string_view prefix);

// The sentence for such a form.
std::string refusal_of(const std::string& form);

}  // namespace countercheck
