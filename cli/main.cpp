#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>

#include "cli/exit_status.hpp"
#include "cli/slip.hpp"
#include "cli/subcommand.hpp"
#include "cli/terminal.hpp"

namespace countercheck {
namespace {

// Everything from the first "--" on belongs to the measured command.
struct Words {
  std::vector<std::string> ours;
  std::vector<std::string> command;
};

Words split_at_dashes(int argc, char** argv) {
  const std::vector<std::string> all(argv + 1, argv + argc);
  const auto dashes = std::find(all.begin(), all.end(), "--");
  Words words{{all.begin(), dashes}, {}};
  if (dashes != all.end()) words.command.assign(dashes + 1, all.end());
  return words;
}

// An option takes one word, also where it is a list: what follows it is a word of its own. And a flag takes none: CLI11
// makes a number of what stands behind its =, and throws what is no error of parsing where that is none.
void take_one_word_each(CLI::App& app) {
  for (CLI::Option* option : app.get_options([](CLI::Option* one) { return one->nonpositional(); })) {
    if (option->get_expected_max() > 1) option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    option->allow_extra_args(false);
    if (option->get_expected_max() == 0) option->disable_flag_override();
  }
  for (CLI::App* subcommand : app.get_subcommands(nullptr)) take_one_word_each(*subcommand);
}

// "--aa=maybe" in a sentence, in place of CLI11's.
std::string what_of(const CLI::ParseError& error) {
  constexpr std::string_view kOverride = " was given a disallowed flag override";
  const std::string what = error.what();
  if (!what.ends_with(kOverride)) return what;
  const std::string name = what.substr(0, what.size() - kOverride.size());
  return fmt::format("{}{} takes no value", name.size() == 1 ? "-" : "--", name);
}

// Help and version go to standard output; a slip gets one sentence.
int answer(const CLI::ParseError& error, const CLI::App& app, const CLI::App& innermost) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    write_to_stdout([&](std::ostream& out) {
      std::ostringstream unused;
      app.exit(error, out, unused);
    });
    return kSuccess;
  }
  const auto left = innermost.remaining();
  const bool unexpected = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError) && !left.empty();
  fmt::print(stderr, "countercheck: {}\n",
             unexpected ? explain_slip(innermost, left.front())
                        : fmt::format("{}; {}", what_of(error), where_to_look(innermost)));
  return kUsage;
}

// "run, stat or report".
std::string names_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* subcommand : app.get_subcommands(nullptr)) names.push_back(subcommand->get_name());
  const std::string last = names.back();
  names.pop_back();
  return fmt::format("{} or {}", fmt::join(names, ", "), last);
}

int run(int argc, char** argv) {
  CLI::App app("Runs several implementations of one job side by side under performance counters and compares them",
               "countercheck");
  app.set_version_flag("--version", "countercheck " COUNTERCHECK_VERSION);
  std::vector<std::unique_ptr<Subcommand>> subcommands;
  for (const auto make :
       {make_run, make_compare, make_check, make_stat, make_misses, make_events, make_certify, make_list, make_doctor,
        make_report_command, make_import, make_history, make_verify, make_book}) {
    subcommands.push_back(make(app));
  }
  take_one_word_each(app);
  app.require_subcommand(0, 1);  // what follows the first is a word of its own: events l2 misses
  app.footer("The manual: man countercheck. What can be counted here: countercheck doctor.");

  Words words = split_at_dashes(argc, argv);
  const auto chosen = [&] {
    const CLI::App* innermost = &app;
    while (!innermost->get_subcommands().empty()) innermost = innermost->get_subcommands().front();
    return innermost;
  };
  try {
    std::reverse(words.ours.begin(), words.ours.end());  // CLI11 takes them from the back
    app.parse(std::move(words.ours));
  } catch (const CLI::ParseError& error) {
    return answer(error, app, *chosen());
  }
  for (const auto& subcommand : subcommands) {
    if (subcommand->app()->parsed()) return subcommand->run(words.command);
  }
  throw UserError(Trouble::usage, fmt::format("a command is missing: {}; {}", names_of(app), where_to_look(app)));
}

}  // namespace
}  // namespace countercheck

int main(int argc, char** argv) {
  using namespace countercheck;
  // A pipe that closes early is an error of ours to tell, not a reason to die in the middle of a sample.
  std::signal(SIGPIPE, SIG_IGN);
  secure_standard_descriptors();
  try {
    return run(argc, argv);
  } catch (const UserError& error) {
    fmt::print(stderr, "countercheck: {}\n", error.what());
    return exit_status(error);
  } catch (const std::exception& error) {
    fmt::print(stderr, "countercheck: internal error: {}; please report it\n", error.what());
    return kInternal;
  }
}
