#include "cli/expecting.hpp"

#include <algorithm>

#include "analysis/expectation.hpp"
#include "analysis/judgement.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

bool is_event(const std::string& name) {
  try {
    parse_event(name);
    return true;
  } catch (const UserError&) {
    return false;
  }
}

}  // namespace

void ExpectationChoice::declare(CLI::App& app) {
  app.add_option("--expect", texts,
                 "What is expected, stated before the run and judged after it, as in 'new.time <= 1.02 * old.time'; "
                 "may be given several times (docs/expectations.md); exit status 1 when one is refuted")
      ->type_name("TEXT")
      ->take_all();
}

void prepare_expectations(const Experiment& experiment, std::vector<Event>& events) {
  std::vector<std::string> variants;
  for (const Variant& variant : experiment.variants) variants.push_back(variant.name);
  for (const std::string& text : experiment.terms.expectations) {
    const Expectation expectation = parse_expectation(text);
    check_names(expectation, variants, is_event);
    for (const std::string& name : events_wanted(expectation)) {
      for (Event& event : parse_events(name)) {
        const auto same = [&](const Event& one) { return one.name == event.name; };
        if (std::none_of(events.begin(), events.end(), same)) events.push_back(std::move(event));
      }
    }
  }
}

bool any_refuted(const Experiment& experiment) {
  const auto judgements = judge_expectations(experiment);
  return std::any_of(judgements.begin(), judgements.end(),
                     [](const Judgement& judgement) { return judgement.holds == Holds::refuted; });
}

}  // namespace countercheck
