#include "counters/source.hpp"

#include "counters/enum_names.hpp"

namespace countercheck {
namespace {

constexpr EnumName<Source> kSources[] = {
    {Source::pmu, "pmu"}, {Source::papi, "papi"},   {Source::kernel, "kernel"}, {Source::rusage, "rusage"},
    {Source::sim, "sim"}, {Source::clock, "clock"}, {Source::import, "import"},
};

}  // namespace

std::string_view to_string(Source source) {
  return name_of(kSources, source);
}
std::optional<Source> source_from(std::string_view name) {
  return value_of(kSources, name);
}

}  // namespace countercheck
