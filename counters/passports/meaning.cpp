#include "counters/passports/meaning.hpp"

#include <algorithm>

namespace countercheck {
namespace {

struct Told {
  const Family* family;
  const FamilyEvent* event;
};

std::string joined(const std::vector<Told>& told, std::string FamilyEvent::*field, bool with_family) {
  std::string text;
  for (const Told& one : told) {
    const std::string& part = one.event->*field;
    if (part.empty()) continue;
    if (!with_family && text.find(part) != std::string::npos) continue;
    text += (text.empty() ? "" : with_family ? " " : "; ") + (with_family ? one.family->name + ": " : "") + part;
  }
  return text;
}

}  // namespace

std::optional<Meaning> meaning_of(const std::vector<Family>& families, std::string_view event) {
  std::vector<Told> told;
  for (const Family& family : families) {
    const FamilyEvent* const row = family.event(event);
    if (row && row->supported()) told.push_back({&family, row});
  }
  if (told.empty()) return std::nullopt;
  const auto& first = *told.front().event;
  const bool alike = std::all_of(told.begin(), told.end(), [&](const Told& one) {
    return one.event->level == first.level && one.event->requests == first.requests;
  });
  const bool same_words =
      std::all_of(told.begin(), told.end(), [&](const Told& one) { return one.event->differs == first.differs; });
  Meaning meaning{.event = std::string(event),
                  .level = joined(told, &FamilyEvent::level, false),
                  .requests = joined(told, &FamilyEvent::requests, false),
                  .differs = same_words ? first.differs : joined(told, &FamilyEvent::differs, true)};
  if (!alike && first.level != "none") {
    meaning.differs += (meaning.differs.empty() ? "" : " ") +
                       std::string("The core types do not count the same, and this is the sum of both.");
  }
  return meaning;
}

}  // namespace countercheck
