#include "reports/units.hpp"

namespace countercheck {
namespace {

std::string_view plain_unit(Measure measure) {
  switch (measure) {
    case Measure::count:
      return "count";
    case Measure::nanoseconds:
      return "ns";
    case Measure::bytes:
      return "bytes";
    case Measure::percent:
      return "%";
    case Measure::gigahertz:
      return "GHz";
    case Measure::gigabytes_per_second:
      return "GB/s";
    case Measure::per_second:
      return "/s";
    case Measure::number:
      break;
  }
  return "ratio";
}

}  // namespace

std::string unit_name(Measure measure, bool per_item, std::string_view work_item) {
  std::string name(plain_unit(measure));
  if (per_item) name += " per " + std::string(work_item.empty() ? "work item" : work_item);
  return name;
}

}  // namespace countercheck
