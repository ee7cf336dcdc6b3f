#include "counters/papi_counters.hpp"

#include <fmt/format.h>
#include <papi.h>

#include <algorithm>

#include "counters/papi_failure.hpp"
#include "counters/papi_library.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

int domain_of(Privilege privilege) {
  switch (privilege) {
    case Privilege::user:
      return PAPI_DOM_USER;
    case Privilege::kernel:
      return PAPI_DOM_KERNEL;
    case Privilege::user_and_kernel:
      break;
  }
  return PAPI_DOM_USER | PAPI_DOM_KERNEL;
}

// The first enabled component that counts one process.
int component() {
  const auto& all = papi_library().components;
  const auto found =
      std::find_if(all.begin(), all.end(), [](const auto& c) { return c.of_one_process && c.disabled.empty(); });
  return found == all.end() ? PAPI_ECMP_DISABLED : static_cast<int>(found - all.begin());
}

void refuse_mixed_modes(const std::vector<PapiEvent>& events) {
  const PapiEvent* first = nullptr;
  for (const auto& event : events) {
    if (!event.preset) continue;
    if (!first) first = &event;
    if (event.privilege == first->privilege) continue;
    throw UserError(Trouble::usage,
                    fmt::format("PAPI counts all presets of a sample in one mode: {} and {} were asked in different "
                                "ones; give both the same modifier",
                                first->name, event.name));
  }
}

}  // namespace

PapiCounters::PapiCounters(std::vector<PapiEvent> events)
    : events_(std::move(events)), errors_(events_.size(), PAPI_OK), positions_(events_.size(), -1), set_(PAPI_NULL) {
  refuse_mixed_modes(events_);
}

PapiCounters::~PapiCounters() {
  end();
}

void PapiCounters::end() {
  if (runs_) PAPI_stop(set_, nullptr);
  runs_ = false;
  if (set_ == PAPI_NULL) return;
  PAPI_cleanup_eventset(set_);
  PAPI_destroy_eventset(&set_);
  set_ = PAPI_NULL;
}

// Everything about the set but its events; PAPI's error.
int PapiCounters::prepare(pid_t task) {
  const int index = component();
  if (index < 0) return index;
  int error = PAPI_create_eventset(&set_);
  if (error == PAPI_OK) error = PAPI_assign_eventset_component(set_, index);
  if (error != PAPI_OK) return error;
  PAPI_option_t option{};
  option.inherit = {.eventset = set_, .inherit = PAPI_INHERIT_ALL};
  error = PAPI_set_opt(PAPI_INHERIT, &option);
  if (error != PAPI_OK) return error;
  const auto preset = std::find_if(events_.begin(), events_.end(), [](const PapiEvent& event) { return event.preset; });
  if (preset != events_.end()) {
    option = {};
    option.domain = {.def_cidx = index, .eventset = set_, .domain = domain_of(preset->privilege)};
    error = PAPI_set_opt(PAPI_DOMAIN, &option);
    if (error != PAPI_OK) return error;
  }
  return task == 0 ? PAPI_OK : PAPI_attach(set_, static_cast<unsigned long>(task));
}

void PapiCounters::start(pid_t task) {
  end();
  std::fill(positions_.begin(), positions_.end(), -1);
  attaching_ = prepare(task);
  if (attaching_ != PAPI_OK) return;
  int added = 0;
  for (std::size_t i = 0; i < events_.size(); ++i) {
    errors_[i] = PAPI_add_named_event(set_, events_[i].name.c_str());
    if (errors_[i] == PAPI_OK) positions_[i] = added++;
  }
  if (added == 0) return;
  attaching_ = PAPI_start(set_);
  runs_ = attaching_ == PAPI_OK;
}

std::vector<std::uint64_t> PapiCounters::read() {
  std::vector<std::uint64_t> values(events_.size(), 0);
  if (!runs_) return values;
  std::vector<long long> raw(events_.size(), 0);
  const int error = PAPI_read(set_, raw.data());
  if (error != PAPI_OK) {
    attaching_ = error;  // told by lack(), so that nobody takes the zeros for counts
    return values;
  }
  for (std::size_t i = 0; i < events_.size(); ++i) {
    if (positions_[i] >= 0) values[i] = static_cast<std::uint64_t>(raw[static_cast<std::size_t>(positions_[i])]);
  }
  return values;
}

std::optional<Absence> PapiCounters::lack(std::size_t event, const Access& access) const {
  const int error = attaching_ != PAPI_OK ? attaching_ : errors_[event];
  if (error == PAPI_OK) return std::nullopt;
  // Where the set could not even be made, a preset may well have a mapping.
  const bool about_event = attaching_ == PAPI_OK || attaching_ == PAPI_ECMP_DISABLED;
  if (const auto lack = about_event ? lack_of_mapping(events_[event]) : std::nullopt) {
    return Absence{AbsenceReason::unsupported, *lack};
  }
  if (attaching_ == PAPI_ECMP_DISABLED) return Absence{AbsenceReason::unsupported, papi_lack(papi_library())};
  Absence why = explain_papi_failure(error, access, attaching_ != PAPI_OK);
  why.sentence += needed_natives(events_[event]);
  return why;
}

std::variant<PapiEvent, Absence> settle_with_papi(const PapiEvent& event, bool user_mode_will_do,
                                                  const Access& access) {
  PapiCounters counters({event});
  counters.start(0);
  const auto lack = counters.lack(0, access);
  if (!lack) return event;
  if (lack->reason == AbsenceReason::not_permitted && event.privilege == Privilege::user_and_kernel &&
      user_mode_will_do) {
    const auto user_only = in_user_mode(event);
    PapiCounters second({user_only});
    second.start(0);
    if (!second.lack(0, access)) return user_only;
  }
  return *lack;
}

}  // namespace countercheck
