#pragma once

#include "counters/reading.hpp"

namespace countercheck {

// What a number of a table measures, so that whoever shows it can choose its form.
enum class Measure {
  count,
  nanoseconds,
  bytes,
  number,  // a plain quotient: instructions per cycle, CPUs utilized
  percent,
  gigahertz,
  gigabytes_per_second,  // 10^9 bytes
  per_second,            // of CPU time
};

// A table is given per sample, or with every count and every time divided by the sample's work items.
enum class Per { sample, work_item };

constexpr Measure measure_of(Unit unit) {
  switch (unit) {
    case Unit::nanoseconds:
      return Measure::nanoseconds;
    case Unit::bytes:
      return Measure::bytes;
    case Unit::count:
      break;
  }
  return Measure::count;
}

}  // namespace countercheck
