#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>

#include "cli/expecting.hpp"
#include "cli/measuring.hpp"
#include "cli/subcommand.hpp"
#include "cli/suite_experiment.hpp"
#include "cli/terms_choice.hpp"
#include "counters/counted_noun.hpp"
#include "counters/user_error.hpp"
#include "experiment/command_words.hpp"
#include "experiment/ending.hpp"
#include "experiment/suite_variants.hpp"

namespace countercheck {
namespace {

class Compare : public Subcommand {
 public:
  explicit Compare(CLI::App& parent)
      : Subcommand(parent.add_subcommand("compare", "Run commands beside each other and compare them with the first")),
        measuring_(*app(), 20) {
    terms_.declare(*app());
    app()->add_option("COMMAND", commands_, "A command with its arguments, as one word each: './old data.bin'");
    app()
        ->add_option("--name", names_, "What to call them, separated by commas (default: made of what differs)")
        ->delimiter(',');
    declare_threads(*app(), threads_);
    expecting_.declare(*app());
    app()->add_flag("--region", region_, "Count only between the marks of the programs (countercheck/region.h)");
    app()->footer(
        "No shell reads the commands; one that needs it is: \"sh -c 'sort data | uniq'\".\n"
        "  countercheck compare './old data.bin' './new data.bin'\n"
        "  countercheck compare --name before,after 'git-old status' 'git-new status' -r 40");
  }

  int run(const std::vector<std::string>& more) override {
    commands_.insert(commands_.end(), more.begin(), more.end());
    if (commands_.size() < 2) {
      throw UserError(Trouble::usage,
                      "compare needs two commands or more, each as one word: countercheck compare './old data.bin' "
                      "'./new data.bin'");
    }
    if (!names_.empty() && names_.size() != commands_.size()) {
      throw UserError(Trouble::usage,
                      fmt::format("--name gives {} for {}: give one for each", counted_noun(names_.size(), "name"),
                                  counted_noun(commands_.size(), "command")));
    }
    Suite suite{.place = "compare", .region = region_};
    if (threads_ > 0) suite.surroundings.threads = std::to_string(threads_);
    suite.expectations = expecting_.texts;
    for (std::size_t at = 0; at < commands_.size(); ++at) {
      SuiteVariant variant{.place = fmt::format("command {}", at + 1)};
      if (!names_.empty()) variant.name = names_[at];
      variant.command = command_words(commands_[at]);
      suite.variants.push_back(std::move(variant));
    }
    check_names();
    name_variants(suite);
    for (auto& variant : suite.variants) {
      for (auto& word : variant.command) word = without_placeholders(word);
    }
    terms_.apply(suite);
    Experiment experiment = experiment_of(suite, {});
    experiment.title = title(experiment);
    for (const Variant& variant : experiment.variants) {
      experiment.notes.push_back(fmt::format("{} is {}", variant.name, command_line(variant.command)));
    }
    return measuring_.measure(std::move(experiment));
  }

 private:
  void check_names() const {
    for (std::size_t at = 0; at < names_.size(); ++at) {
      if (names_[at].empty()) throw UserError(Trouble::usage, fmt::format("--name: name {} is empty", at + 1));
      if (std::find(names_.begin(), names_.begin() + static_cast<std::ptrdiff_t>(at), names_[at]) !=
          names_.begin() + static_cast<std::ptrdiff_t>(at)) {
        throw UserError(Trouble::usage, fmt::format("--name: '{}' is there twice", names_[at]));
      }
    }
  }

  // "old and new".
  static std::string title(const Experiment& experiment) {
    std::string text;
    const auto& variants = experiment.variants;
    for (std::size_t at = 0; at < variants.size(); ++at) {
      text += (at == 0 ? "" : at + 1 == variants.size() ? " and " : ", ") + variants[at].name;
    }
    return text;
  }

  Measuring measuring_;
  ExpectationChoice expecting_;
  TermsChoice terms_;
  std::vector<std::string> commands_;
  std::vector<std::string> names_;
  unsigned threads_ = 0;
  bool region_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_compare(CLI::App& parent) {
  return std::make_unique<Compare>(parent);
}

}  // namespace countercheck
