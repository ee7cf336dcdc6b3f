#include "counters/reading.hpp"

#include "counters/enum_names.hpp"

namespace countercheck {
namespace {

constexpr EnumName<Unit> kUnits[] = {{Unit::count, "count"}, {Unit::nanoseconds, "ns"}, {Unit::bytes, "bytes"}};

constexpr EnumName<Privilege> kPrivileges[] = {
    {Privilege::user_and_kernel, "user+kernel"}, {Privilege::user, "user"}, {Privilege::kernel, "kernel"}};

}  // namespace

std::string_view to_string(Unit unit) {
  return name_of(kUnits, unit);
}
std::string_view to_string(Privilege privilege) {
  return name_of(kPrivileges, privilege);
}
std::optional<Unit> unit_from(std::string_view name) {
  return value_of(kUnits, name);
}
std::optional<Privilege> privilege_from(std::string_view name) {
  return value_of(kPrivileges, name);
}

std::optional<std::uint64_t> raw(const Reading& reading) {
  const auto* value = std::get_if<std::uint64_t>(&reading.value);
  return value ? std::optional(*value) : std::nullopt;
}

const Absence* absence(const Reading& reading) {
  return std::get_if<Absence>(&reading.value);
}

double coverage(const Reading& reading) {
  if (reading.time_running >= reading.time_enabled) return 1.0;
  return static_cast<double>(reading.time_running) / static_cast<double>(reading.time_enabled);
}

std::optional<double> estimate(const Reading& reading) {
  const auto value = raw(reading);
  if (!value) return std::nullopt;
  const double share = coverage(reading);
  // Enabled but never running is an absence (never_scheduled) and must not get here as a value; it would divide by 0.
  if (share <= 0.0) return std::nullopt;
  if (!reading.cores.empty() || reading.source == Source::import) return static_cast<double>(*value);
  return static_cast<double>(*value) / share;
}

}  // namespace countercheck
