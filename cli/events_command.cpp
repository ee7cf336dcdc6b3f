#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ostream>

#include "cli/event_listing.hpp"
#include "cli/exit_status.hpp"
#include "cli/passport.hpp"
#include "cli/subcommand.hpp"
#include "cli/terminal.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

class Events : public Subcommand {
 public:
  explicit Events(CLI::App& parent)
      : Subcommand(parent.add_subcommand("events", "Search all events, or tell all of one: its passport")) {
    app()->add_option("WORD", words_, "The name of an event; or words that its name or description must have");
    auto* const family = app()->add_option(
        "--family", family_, "What perf's name means on other processors: zen4, alder-lake, neoverse-n1, …");
    auto* const all = app()->add_flag("--all", scope_.of_other_machines, "Search the PMUs of other machines too");
    auto* const pmu = app()->add_option("--pmu", scope_.pmu, "Search this PMU of libpfm4 only, here or not: skl");
    family->excludes(all)->excludes(pmu);
    app()->footer(
        "  countercheck events                               all of perf's names, and who counts them here\n"
        "  countercheck events cache-misses                  the passport of one\n"
        "  countercheck events cache-misses --family zen4    the same of other processors\n"
        "  countercheck events --all l2 prefetch             a search");
  }

  int run(const std::vector<std::string>&) override {
    const std::string pattern = fmt::format("{}", fmt::join(words_, " "));
    write_to_stdout([&](std::ostream& out) { answer(out, pattern); });
    return kSuccess;
  }

 private:
  void answer(std::ostream& out, const std::string& pattern) const {
    if (!family_.empty()) {
      return pattern.empty() ? print_family(out, family_) : print_passport(out, pattern, family_);
    }
    const bool searched = scope_.of_other_machines || !scope_.pmu.empty();
    if (pattern.empty() && !searched) return list_events(out);
    if (!searched && words_.size() == 1 && names_one_event(pattern)) return print_passport(out, pattern);
    search_events(out, pattern, scope_);
  }

  std::vector<std::string> words_;
  std::string family_;
  SearchScope scope_;
};

}  // namespace

std::unique_ptr<Subcommand> make_events(CLI::App& parent) {
  return std::make_unique<Events>(parent);
}

}  // namespace countercheck
