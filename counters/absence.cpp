#include "counters/absence.hpp"

#include "counters/enum_names.hpp"

namespace countercheck {
namespace {

constexpr EnumName<AbsenceReason> kStored[] = {
    {AbsenceReason::no_pmu, "no_pmu"},
    {AbsenceReason::unsupported, "unsupported"},
    {AbsenceReason::not_permitted, "not_permitted"},
    {AbsenceReason::blocked, "blocked"},
    {AbsenceReason::busy, "busy"},
    {AbsenceReason::out_of_resource, "out_of_resource"},
    {AbsenceReason::invalid, "invalid"},
    {AbsenceReason::never_scheduled, "never_scheduled"},
    {AbsenceReason::not_marked, "not_marked"},
    {AbsenceReason::not_measurable, "not_measurable"},
    {AbsenceReason::unlike, "unlike"},
    {AbsenceReason::no_sample, "no_sample"},
    {AbsenceReason::not_simulated, "not_simulated"},
    {AbsenceReason::other_pass, "other_pass"},
    {AbsenceReason::not_told, "not_told"},
};

constexpr EnumName<AbsenceReason> kShown[] = {
    {AbsenceReason::no_pmu, "<no PMU>"},
    {AbsenceReason::unsupported, "<not supported>"},
    {AbsenceReason::not_permitted, "<not permitted>"},
    {AbsenceReason::blocked, "<blocked>"},
    {AbsenceReason::busy, "<busy>"},
    {AbsenceReason::out_of_resource, "<no resource>"},
    {AbsenceReason::invalid, "<refused>"},
    {AbsenceReason::never_scheduled, "<not counted>"},
    {AbsenceReason::not_marked, "<not marked>"},
    {AbsenceReason::not_measurable, "<not measurable>"},
    {AbsenceReason::unlike, "<unlike>"},
    {AbsenceReason::no_sample, "<no sample>"},
    {AbsenceReason::not_simulated, "<not simulated>"},
    {AbsenceReason::other_pass, "<other pass>"},
    {AbsenceReason::not_told, "<not told>"},
};

}  // namespace

std::string_view to_string(AbsenceReason reason) {
  return name_of(kStored, reason);
}
std::optional<AbsenceReason> absence_reason_from(std::string_view name) {
  return value_of(kStored, name);
}
std::string_view short_form(AbsenceReason reason) {
  return name_of(kShown, reason);
}

}  // namespace countercheck
