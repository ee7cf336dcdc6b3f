#include "cli/trend_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "cli/accepted.hpp"
#include "cli/exit_status.hpp"
#include "cli/history_store.hpp"
#include "cli/terminal.hpp"
#include "counters/nearest.hpp"
#include "counters/user_error.hpp"
#include "reports/sentences.hpp"
#include "reports/trend_report.hpp"

namespace countercheck {
namespace {

const std::map<std::string, TrendForm> kForms = {
    {"text", TrendForm::text}, {"markdown", TrendForm::markdown}, {"csv", TrendForm::csv}, {"json", TrendForm::json}};

// What is shown where no event is asked for.
const std::vector<std::string> kUsual = {"wall-time", "instructions", "cache-misses", "page-faults"};

// The names that were asked for, each of which must be there.
void demand(const std::vector<std::string>& asked, const std::set<std::string>& there, std::string_view noun,
            const std::string& suite) {
  const std::vector<std::string> names(there.begin(), there.end());
  for (const std::string& name : asked) {
    if (there.contains(name)) continue;
    throw UserError(Trouble::usage, fmt::format("no result of {} has the {} '{}'{}: there is {}", suite, noun, name,
                                                did_you_mean(name, names), listed(names)));
  }
}

class TrendCommand : public Subcommand {
 public:
  explicit TrendCommand(CLI::App& history)
      : Subcommand(history.add_subcommand("trend", "Show how the results of a suite changed, and mark where")) {
    app()->add_option("--suite", suite_, "Which suite (default: the only one)");
    app()->add_option("--variants,--variant", choice_.variants, "Only these, separated by commas")->delimiter(',');
    app()
        ->add_option("-e,--events,--event", choice_.events,
                     "Only these, separated by commas, or all (default: wall-time, instructions, cache-misses and "
                     "page-faults, those that there are)")
        ->delimiter(',');
    app()
        ->add_option("--tolerance", percent_, "Do not mark changes of less than so many percent")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    app()
        ->add_option("--last", last_, "Only the latest so many results (default: all)")
        ->check(between(1U, 1'000'000U));
    app()
        ->add_option("--form", form_, "text, markdown, csv or json")
        ->check(one_of({"text", "markdown", "csv", "json"}))
        ->capture_default_str();
    store_.declare(*app());
  }

  int run(const std::vector<std::string>&) override {
    History history = store_.open(History::Access::read);
    const auto results = results_of(history);
    settle_choice(results);
    choice_.tolerance = percent_ / 100;
    const ReportOptions options{.width = terminal_width(), .colour = wants_colour()};
    const auto report = make_trend_report(kForms.at(form_), trend_of(results, choice_), options);
    write_to_stdout([&](std::ostream& out) { report->render(out); });
    return kSuccess;
  }

 private:
  std::vector<TrendResult> results_of(History& history) const {
    auto stored = history.list();
    std::set<std::string> suites;
    for (const StoredResult& one : stored) suites.insert(one.suite);
    if (suites.empty()) {
      throw UserError(Trouble::usage, "the history is empty: countercheck history record FILE adds a result");
    }
    const std::vector<std::string> names(suites.begin(), suites.end());
    if (suite_.empty() && names.size() > 1) {
      throw UserError(Trouble::usage,
                      fmt::format("the history has the suites {}: choose one with --suite", listed(names)));
    }
    const std::string suite = suite_.empty() ? names.front() : suite_;
    if (!suites.contains(suite)) {
      throw UserError(Trouble::usage, fmt::format("the history has no suite '{}'{}: it has {}", suite,
                                                  did_you_mean(suite, names), listed(names)));
    }
    std::erase_if(stored, [&](const StoredResult& one) { return one.suite != suite; });
    const std::size_t first = last_ > 0 && stored.size() > last_ ? stored.size() - last_ : 0;
    std::vector<TrendResult> results;
    for (std::size_t at = first; at < stored.size(); ++at) {
      results.push_back({stored[at].id, stored[at].revision, experiment_of(history, stored[at].id)});
    }
    return results;
  }

  void settle_choice(const std::vector<TrendResult>& results) {
    std::set<std::string> variants;
    std::set<std::string> events;
    for (const TrendResult& result : results) {
      for (const Variant& variant : result.experiment.variants) variants.insert(variant.name);
      events.insert(result.experiment.events.begin(), result.experiment.events.end());
    }
    const std::string& suite = results.front().experiment.title;
    demand(choice_.variants, variants, "variant", suite);
    if (choice_.events == std::vector<std::string>{"all"}) return choice_.events.clear();
    if (!choice_.events.empty()) return demand(choice_.events, events, "event", suite);
    for (const std::string& usual : kUsual) {
      if (events.contains(usual)) choice_.events.push_back(usual);
    }
  }

  std::string suite_;
  TrendChoice choice_;
  double percent_ = 1;
  unsigned last_ = 0;
  std::string form_ = "text";
  StoreChoice store_;
};

}  // namespace

std::unique_ptr<Subcommand> make_trend(CLI::App& history) {
  return std::make_unique<TrendCommand>(history);
}

}  // namespace countercheck
