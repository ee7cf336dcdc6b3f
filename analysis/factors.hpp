#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/measure.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// What a variant has of something, against the baseline.
enum class Direction {
  less,       // the interval lies below the baseline's, beyond the tolerance
  more,       // above it
  same,       // within the tolerance
  undecided,  // none of these, or no interval
};

// One quotient of counts (cycles per instruction), compared. Of the baseline over the variant: above 1 the variant has
// less of it, which costs less.
struct Factor {
  std::string_view key{};    // "instructions", "insns-per-cycle", "LLC-load-miss-rate"
  std::string_view words{};  // as shown: "instructions", "IPC", "LLC miss rate"
  std::string_view less{};   // "fewer", "lower"
  std::string_view more{};
  Measure measure = Measure::count;
  bool reciprocal = false;  // shown by its reciprocal: instructions per cycle, of which more is better
  double times = 1;
  double low = 0;  // of `times`; hold together with every other interval of the factors of the experiment
  double high = std::numeric_limits<double>::infinity();
  Direction direction = Direction::undecided;  // of the quotient, not of its reciprocal
  bool exact = false;                          // no spread in any sample of either: compared as it is
  bool simulated = false;                      // a part of it was simulated: user mode only, and in a run of its own
  bool user_only = false;                      // a part of it was counted in user mode only
  double baseline = 0;                         // what each has of it, as it is shown, in the unit of the measure
  double variant = 0;

  bool operator==(const Factor&) const = default;
};

// One quantity of one variant taken apart: `times` is the product of the factors, to the last digit but for rounding.
struct Factored {
  std::size_t variant = 0;  // index into Experiment::variants
  std::string quantity{};   // the event: "wall-time", "LLC-load-misses"
  bool per_item = false;
  double times = 1;  // of the baseline over the variant: above 1 the variant has less
  double low = 0;
  double high = std::numeric_limits<double>::infinity();
  Direction direction = Direction::undecided;
  std::size_t pairs = 0;  // rounds in which both have all parts
  std::size_t used = 0;   // of them, the middle ones, whose geometric mean the numbers are
  std::vector<Factor> factors{};

  bool operator==(const Factored&) const = default;
};

// Factors of all variants but the baseline, those that computed something else and the A/A arm.
struct Factors {
  std::vector<Factored> times{};   // one for each variant whose time can be taken apart
  std::vector<Factored> misses{};  // none, one or two for each variant
  // Quotients that are not factors of a time and may explain one: misses per instruction, page faults. One for each
  // variant that has it, in the order of the table, beside the index of the variant.
  std::vector<std::pair<std::size_t, Factor>> others{};
  std::size_t intervals = 0;  // that hold together
  double confidence = 0.95;
  std::size_t needed = 0;  // rounds that an interval takes; 0: there are enough

  bool operator==(const Factors&) const = default;
};

// The identity: time = instructions x cycles per instruction x time on a CPU per cycle x time per time on a CPU, of
// which the last three are shown as IPC, clock and CPUs utilised. Without cycles the middle two are one, instructions
// per second of CPU time; without instructions the time is CPU time over CPUs utilised. Each link is the quotient of
// two counts of one sample, so that the product leaves exactly the ratio of the times.
//
// Only samples of the same round, layout and pass over the events make a pair, and only counts of one source and level
// that had their counter all the time. Of the pairs, ordered by their ratio of times, the middle half is used (all of
// up to three), and of each factor the geometric mean over them: the same pairs for every factor keep the product
// exact, and leaving out the outer quarters keeps one odd round from deciding.
//
// Simulated instructions take the place of counted ones where there are none, and every factor that they are part of is
// marked. Misses are taken apart in the same way, from one source: misses per work item = accesses per work item x
// miss rate, level by level.
Factors take_apart(const Experiment& experiment);

}  // namespace countercheck
