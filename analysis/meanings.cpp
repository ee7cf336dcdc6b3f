#include "analysis/meanings.hpp"

#include <algorithm>

#include "analysis/event_names.hpp"

namespace countercheck {
namespace {

const Meaning* find(const std::vector<Meaning>& meanings, std::string_view event, Source source) {
  if (source != Source::pmu) return nullptr;
  const std::string_view name = base_name(event);
  const auto found =
      std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& meaning) { return meaning.event == name; });
  return found == meanings.end() ? nullptr : &*found;
}

// "those of the L2 (demand data reads)", "retired instructions"
std::string in_words(const Meaning& meaning) {
  if (meaning.level == "none") return meaning.requests;
  return "those of the " + meaning.level + " (" + meaning.requests + ")";
}

}  // namespace

const Meaning* meaning_of(const std::vector<Meaning>& meanings, const Reading& reading) {
  return find(meanings, reading.event, reading.source);
}

std::optional<Absence> unlike(const Metric& metric, const std::vector<Meaning>& meanings, const Reading& part,
                              const Reading& whole) {
  if (metric.measure != Measure::percent) return std::nullopt;
  return unlike(meanings, part, whole);
}

std::optional<Absence> unlike(const std::vector<Meaning>& meanings, const Reading& part, const Reading& whole) {
  const Meaning* const of_part = meaning_of(meanings, part);
  const Meaning* const of_whole = meaning_of(meanings, whole);
  if (!of_part || !of_whole) return std::nullopt;
  if (of_part->level == of_whole->level && of_part->requests == of_whole->requests) return std::nullopt;
  return Absence{AbsenceReason::unlike, "no share of " + of_part->event + " in " + of_whole->event + ": " +
                                            of_part->event + " are here " + in_words(*of_part) + ", " +
                                            of_whole->event + " " + in_words(*of_whole)};
}

bool of_other_requests(const std::vector<Meaning>& meanings, const Reading& above, const Reading& below) {
  const Meaning* const of_above = meaning_of(meanings, above);
  const Meaning* const of_below = meaning_of(meanings, below);
  return of_above && of_below && of_above->requests != of_below->requests;
}

std::string differs_note(const std::vector<Meaning>& meanings, std::string_view event, Source source) {
  const Meaning* const meaning = find(meanings, event, source);
  return meaning && !meaning->differs.empty() ? meaning->event + ": " + meaning->differs : "";
}

}  // namespace countercheck
