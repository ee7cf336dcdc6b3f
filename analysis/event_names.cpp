#include "analysis/event_names.hpp"

namespace countercheck {
namespace {

// perf's modifiers are letters after the last colon, or after the last slash of pmu/config/. Names of unit masks in
// libpfm4 are upper case, so lower case letters alone are modifiers.
std::size_t modifiers_at(std::string_view event) {
  const std::size_t slash = event.rfind('/');
  if (slash != std::string_view::npos) return slash + 1;
  const std::size_t colon = event.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || event[colon - 1] == ':') return event.size();
  const std::string_view tail = event.substr(colon + 1);
  const bool letters = !tail.empty() && tail.find_first_not_of("ukhpPGHSDIW") == std::string_view::npos;
  return letters && tail.find_first_of("ukhp") != std::string_view::npos ? colon : event.size();
}

}  // namespace

std::string_view base_name(std::string_view event) {
  // libpfm4 takes several modifiers one after the other: REPLACEMENT:u:k.
  for (;;) {
    const std::size_t end = modifiers_at(event);
    if (end == event.size()) return event;
    event = event.substr(0, end);
    if (event.ends_with('/')) return event;
  }
}

std::string event_label(std::string_view event, Source source, Privilege privilege) {
  std::string label(event);
  if (source == Source::rusage || source == Source::clock || source == Source::sim ||
      privilege == Privilege::user_and_kernel)
    return label;
  const std::string_view asked = event.substr(base_name(event).size());
  if (asked.find_first_of("ukh") != std::string_view::npos) return label;
  const bool separated = !asked.empty() || event.ends_with('/');
  return label + (separated ? "" : ":") + (privilege == Privilege::user ? "u" : "k");
}

}  // namespace countercheck
