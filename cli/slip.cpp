#include "cli/slip.hpp"

#include <fmt/format.h>

#include "counters/nearest.hpp"

namespace countercheck {

std::string where_to_look(const CLI::App& app) {
  std::string words = app.get_name();
  for (const CLI::App* outer = app.get_parent(); outer; outer = outer->get_parent()) {
    words = outer->get_name() + " " + words;
  }
  return words + " --help shows what there is";
}

std::string explain_slip(const CLI::App& app, const std::string& word) {
  const bool option = word.starts_with('-');
  const auto subcommands = app.get_subcommands([](const CLI::App*) { return true; });
  std::vector<std::string> known;
  if (option) {
    for (const auto* possible : app.get_options()) {
      for (const auto& name : possible->get_lnames()) known.push_back("--" + name);
    }
  } else {
    for (const auto* subcommand : subcommands) known.push_back(subcommand->get_name());
  }
  const std::string plain = word.substr(0, word.find('='));
  const char* const kind = option ? "is no option" : subcommands.empty() ? "is no room for the word" : "is no command";
  return fmt::format("there {} '{}'{}; {}", kind, plain, did_you_mean(plain, known), where_to_look(app));
}

}  // namespace countercheck
