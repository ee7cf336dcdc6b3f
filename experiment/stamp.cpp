#include "experiment/stamp.hpp"

#include "counters/enum_names.hpp"

namespace countercheck {
namespace {

constexpr EnumName<StampKind> kKinds[] = {
    {StampKind::exact, "exact"},   {StampKind::close, "close"},     {StampKind::plausible, "plausible"},
    {StampKind::biased, "biased"}, {StampKind::another, "another"}, {StampKind::noisy, "noisy"},
    {StampKind::dead, "dead"},
};

}  // namespace

bool certified(StampKind kind) {
  return kind == StampKind::exact || kind == StampKind::close || kind == StampKind::plausible;
}

std::string_view to_string(StampKind kind) {
  return name_of(kKinds, kind);
}

std::optional<StampKind> stamp_kind_from(std::string_view name) {
  return value_of(kKinds, name);
}

}  // namespace countercheck
