#include "cli/meanings_here.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/event_names.hpp"
#include "counters/cpu_identity.hpp"
#include "counters/passports/family_catalogue.hpp"
#include "counters/user_error.hpp"
#include "experiment/machine.hpp"

namespace countercheck {
namespace {

bool counted_by_pmu(const Countable& countable) {
  return countable.source() == Source::pmu && std::holds_alternative<Encoding>(countable.by);
}

}  // namespace

std::vector<Meaning> meanings_here(const std::vector<Countable>& countables, std::vector<std::string>& notes) {
  if (std::none_of(countables.begin(), countables.end(), counted_by_pmu)) return {};
  if (contradiction(read_cpu_identity())) return {};  // told with the counts, as the reason not to trust any of them
  std::vector<Family> families;
  try {
    families = families_of(read_families(), cpu_id(), cpu_pmus());
  } catch (const UserError& error) {
    // A broken or missing table takes away what it would tell, and no count.
    notes.push_back(fmt::format("what the events count on this processor is not told: {}", error.what()));
    return {};
  }
  if (const std::string feature = contradiction(families, cpu_features()); !feature.empty()) {
    notes.push_back(
        fmt::format("what the events count on this processor is not known: it calls itself {} and has {}, "
                    "which none of those has",
                    families.front().name, feature));
    return {};
  }
  std::vector<Meaning> meanings;
  for (const Countable& countable : countables) {
    if (!counted_by_pmu(countable)) continue;
    auto meaning = meaning_of(families, base_name(countable.event.name));
    const auto same = [&](const Meaning& other) { return meaning && other.event == meaning->event; };
    if (meaning && std::none_of(meanings.begin(), meanings.end(), same)) meanings.push_back(std::move(*meaning));
  }
  return meanings;
}

}  // namespace countercheck
