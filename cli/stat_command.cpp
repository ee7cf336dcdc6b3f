#include <fmt/format.h>

#include "cli/measuring.hpp"
#include "cli/slip.hpp"
#include "cli/subcommand.hpp"
#include "counters/user_error.hpp"
#include "experiment/ending.hpp"

namespace countercheck {
namespace {

class Stat : public Subcommand {
 public:
  explicit Stat(CLI::App& parent)
      : Subcommand(parent.add_subcommand("stat", "Count what one command does, in the manner of perf stat")),
        measuring_(*app(), 1) {
    app()->add_flag("--region", region_, "Count only between the marks of the program (countercheck/region.h)");
    declare_threads(*app(), threads_);
    app()->prefix_command();
    app()->footer(
        "The command follows, best after --:\n"
        "  countercheck stat -r 5 -- ./a.out 100\n"
        "  countercheck stat -e page-faults,instructions:u -- sort file");
  }

  int run(const std::vector<std::string>& command) override {
    std::vector<std::string> words = app()->remaining();
    if (!words.empty() && words.front().starts_with('-')) {
      throw UserError(Trouble::usage, explain_slip(*app(), words.front()));
    }
    if (words.empty()) {
      words = command;
    } else if (!command.empty()) {
      words.emplace_back("--");  // it belongs to the command that stands before it
      words.insert(words.end(), command.begin(), command.end());
    }
    if (words.empty()) throw UserError(Trouble::usage, "stat needs a command to run: countercheck stat -- COMMAND…");
    Experiment experiment{.kind = Kind::stat,
                          .title = command_line(words),
                          .region = region_,
                          .variants = {Variant{.name = words.front(), .command = words, .threads = threads_}}};
    return measuring_.measure(std::move(experiment));
  }

 private:
  Measuring measuring_;
  unsigned threads_ = 0;
  bool region_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_stat(CLI::App& parent) {
  return std::make_unique<Stat>(parent);
}

}  // namespace countercheck
