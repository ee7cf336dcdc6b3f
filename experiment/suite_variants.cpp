#include "experiment/suite_variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <utility>

#include "counters/nearest.hpp"
#include "counters/user_error.hpp"
#include "experiment/short_names.hpp"

namespace countercheck {
namespace {

[[noreturn]] void complain(const std::string& place, const std::string& what) {
  throw UserError(Trouble::usage, fmt::format("{}: {}", place, what));
}

// Puts values in the place of {size}, and keeps account of how much text that makes.
class Filler {
 public:
  explicit Filler(const SuiteValues& values) : values_(values) {}

  // `variant` tells the name, and the place for complaints.
  std::string fill(std::string_view text, const SuiteVariant& variant) {
    std::string filled;
    for (std::size_t at = 0; at < text.size();) {
      const char letter = text[at];
      if ((letter == '{' || letter == '}') && text.substr(at + 1, 1) == text.substr(at, 1)) {
        filled += letter;
        at += 2;
      } else if (letter == '}') {
        complain(variant.place, "there is a } without its {: write }} for a brace");
      } else if (letter == '{') {
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) complain(variant.place, "there is a { without its }: write {{ for a brace");
        filled += value_of(text.substr(at + 1, end - at - 1), variant);
        at = end + 1;
      } else {
        filled += letter;
        ++at;
      }
      if (filled.size() > kMostSuiteText) too_much(variant);
    }
    account(filled.size(), variant);
    return filled;
  }

  void account(std::size_t bytes, const SuiteVariant& variant) {
    written_ += bytes + 1;
    if (written_ > kMostSuiteText) too_much(variant);
  }

 private:
  [[noreturn]] static void too_much(const SuiteVariant& variant) {
    complain(variant.place,
             fmt::format("what is to be run is more than {} MiB of commands and parameters", kMostSuiteText >> 20));
  }

  const std::string& value_of(std::string_view name, const SuiteVariant& variant) const {
    if (name == "name") return variant.name;
    if (const std::string* const value = values_.value(name)) return *value;
    constexpr std::size_t kShown = 40;
    const auto shown = name.substr(0, kShown);
    const auto names = values_.names();
    const std::string near = nearest(shown, names);
    complain(variant.place, fmt::format("there is no parameter '{}'{} ({{{{ and }}}} stand for braces)", shown,
                                        near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
  }

  const SuiteValues& values_;
  std::size_t written_ = 0;
};

// One number for each parameter: which of its values.
using Choice = std::vector<std::size_t>;

bool next(Choice& choice, const std::vector<SuiteParameter>& parameters) {
  for (std::size_t at = choice.size(); at-- > 0;) {
    if (++choice[at] < parameters[at].values.size()) return true;
    choice[at] = 0;
  }
  return false;
}

void check_number(const Suite& suite) {
  std::size_t points = 1;
  for (const SuiteParameter& parameter : suite.parameters) {
    points *= parameter.values.size();
    if (points * std::max<std::size_t>(1, suite.variants.size()) > kMostVariants) {
      complain(parameter.place, fmt::format("with all of its values there are more than {} variants to run: leave some "
                                            "values away",
                                            kMostVariants));
    }
  }
}

// What the variant says, and what the suite says of all where it says nothing.
SuiteSurroundings merged(const SuiteSurroundings& all, const SuiteSurroundings& own) {
  SuiteSurroundings both = own;
  both.environment = all.environment;
  for (const std::string& variable : own.environment) {
    const auto name = variable.substr(0, variable.find('=') + 1);
    std::erase_if(both.environment, [&](const std::string& other) { return other.starts_with(name); });
    both.environment.push_back(variable);
  }
  for (auto text : {&SuiteSurroundings::folder, &SuiteSurroundings::setup, &SuiteSurroundings::prepare,
                    &SuiteSurroundings::cleanup, &SuiteSurroundings::threads}) {
    if ((own.*text).empty()) both.*text = all.*text;
  }
  return both;
}

// How many threads a command has that says so, or whose suite has a parameter that is called so; 0: not told.
unsigned threads_of(const std::string& said, const SuiteVariant& variant, const SuiteValues& values) {
  const SuiteParameter* const parameter = said.empty() ? values.parameter("threads") : nullptr;
  const std::string& text = parameter ? values.at(*parameter) : said;
  unsigned threads = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), threads);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (is_number && threads >= 1 && threads <= kMostThreads) return threads;
  // What a parameter of that name means may be something else.
  if (said.empty()) return 0;
  complain(variant.place, fmt::format("threads: '{}' is no whole number from 1 to {}", said, kMostThreads));
}

Variant variant_at(const SuiteVariant& variant, const Suite& suite, const Builtins& builtins, const SuiteValues& values,
                   Filler& filler) {
  const auto fill = [&](const std::string& text) { return filler.fill(text, variant); };
  Variant made;
  if (!variant.builtin.empty()) {
    made = builtins(variant, values);
    for (const std::string& word : made.command) filler.account(word.size(), variant);
  }
  made.name = variant.name;
  filler.account(made.name.size(), variant);
  for (const std::string& word : variant.command) made.command.push_back(fill(word));
  const SuiteSurroundings surroundings = merged(suite.surroundings, variant.surroundings);
  for (const std::string& variable : surroundings.environment) made.environment.push_back(fill(variable));
  if (!surroundings.folder.empty()) {
    made.folder = (std::filesystem::path(suite.folder) / fill(surroundings.folder)).lexically_normal();
  }
  made.setup = fill(surroundings.setup);
  made.prepare = fill(surroundings.prepare);
  made.cleanup = fill(surroundings.cleanup);
  if (variant.builtin.empty()) made.threads = threads_of(fill(surroundings.threads), variant, values);
  return made;
}

}  // namespace

const SuiteParameter* SuiteValues::parameter(std::string_view name) const {
  const auto entry = entries_.find(name);
  return entry == entries_.end() ? nullptr : entry->second.parameter;
}

const std::string* SuiteValues::value(std::string_view name) const {
  const auto entry = entries_.find(name);
  if (entry == entries_.end()) return nullptr;
  asked_.emplace(name, true);
  return entry->second.value;
}

const std::string& SuiteValues::at(const SuiteParameter& parameter) const {
  return *entries_.find(parameter.name)->second.value;
}

std::vector<std::string> SuiteValues::names() const {
  std::vector<std::string> all;
  for (const auto& [name, entry] : entries_) all.push_back(name);
  return all;
}

void SuiteValues::set(const SuiteParameter& parameter, const std::string& value) {
  entries_[parameter.name] = {&parameter, &value};
}

bool mentions(const Suite& suite, std::string_view parameter) {
  const std::string placeholder = fmt::format("{{{}}}", parameter);
  const auto has = [&](const std::string& text) { return text.find(placeholder) != std::string::npos; };
  const auto any = [&](const std::vector<std::string>& texts) { return std::any_of(texts.begin(), texts.end(), has); };
  const auto around = [&](const SuiteSurroundings& it) {
    return any(it.environment) || any({it.folder, it.setup, it.prepare, it.cleanup, it.threads});
  };
  return around(suite.surroundings) ||
         std::any_of(suite.variants.begin(), suite.variants.end(),
                     [&](const SuiteVariant& variant) { return any(variant.command) || around(variant.surroundings); });
}

std::string without_placeholders(std::string_view text) {
  std::string doubled;
  for (const char letter : text)
    doubled += letter == '{' || letter == '}' ? std::string(2, letter) : std::string(1, letter);
  return doubled;
}

void name_variants(Suite& suite) {
  std::vector<std::vector<std::string>> commands;
  // Those that are stated first: of equal names it is the made one that gets a number.
  std::vector<std::string> names;
  for (const SuiteVariant& variant : suite.variants) {
    if (variant.builtin.empty()) commands.push_back(variant.command);
    if (!variant.name.empty()) names.push_back(variant.name);
  }
  std::size_t made = names.size();
  const auto of_commands = short_names(commands);
  auto of_command = of_commands.begin();
  for (const SuiteVariant& variant : suite.variants) {
    const std::string name =
        variant.builtin.empty() ? *of_command++ : variant.builtin.substr(variant.builtin.find('/') + 1);
    if (variant.name.empty()) names.push_back(name);
  }
  names = numbered(std::move(names));
  for (SuiteVariant& variant : suite.variants) {
    if (variant.name.empty()) variant.name = names[made++];
  }
}

std::vector<Variant> variants_of(const Suite& suite, const Builtins& builtins) {
  check_number(suite);
  SuiteValues values;
  Filler filler(values);
  std::vector<Variant> variants;
  Choice choice(suite.parameters.size());
  do {
    std::vector<Parameter> point;
    for (std::size_t at = 0; at < choice.size(); ++at) {
      const SuiteParameter& parameter = suite.parameters[at];
      values.set(parameter, parameter.values[choice[at]]);
      if (parameter.scanned) point.push_back({parameter.name, parameter.values[choice[at]]});
    }
    for (const SuiteVariant& variant : suite.variants) {
      variants.push_back(variant_at(variant, suite, builtins, values, filler));
      for (const auto& [name, value] : point) filler.account(sizeof(Parameter) + name.size() + value.size(), variant);
      variants.back().parameters = point;
    }
  } while (next(choice, suite.parameters));
  for (const SuiteParameter& parameter : suite.parameters) {
    if (!values.asked_for(parameter.name)) {
      complain(parameter.place, fmt::format("nothing uses it: write {{{}}} where its value goes", parameter.name));
    }
  }
  return variants;
}

}  // namespace countercheck
