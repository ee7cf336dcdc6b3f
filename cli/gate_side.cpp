#include "cli/gate_side.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>
#include <variant>

#include "counters/user_error.hpp"
#include "experiment/command_words.hpp"
#include "experiment/program.hpp"
#include "experiment/repository.hpp"

namespace countercheck {
namespace {

struct Prefix {
  std::string_view text;
  GateSide::Kind kind;
};
constexpr Prefix kPrefixes[] = {
    {"file:", GateSide::Kind::file}, {"command:", GateSide::Kind::command}, {"rev:", GateSide::Kind::revision}};

// A name that nobody gives a program.
bool is_named_as_one(const std::string& text) {
  return text.ends_with(".json") && text.find(' ') == std::string::npos;
}

bool is_results_file(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  // What says so is before the samples, among what was asked.
  constexpr std::size_t kBeginning = 65536;
  std::string beginning(kBeginning, '\0');
  std::ifstream stream(path, std::ios::binary);
  stream.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  return beginning.starts_with('{') && beginning.find("\"countercheck results\"") != std::string::npos;
}

bool is_program(const std::string& text) {
  return std::holds_alternative<std::string>(find_program(command_words(text).front()));
}

// A revision is one word, and may look like many things.
bool is_one_word(const std::string& text) {
  return text.find_first_of(" \t\n'\"") == std::string::npos;
}

bool git_knows(const std::string& text) {
  try {
    return Repository().find(text).has_value();
  } catch (const UserError& error) {
    if (error.trouble() == Trouble::interrupted) throw;
    return false;  // no git, or no repository here
  }
}

}  // namespace

GateSide choose_side(const std::string& text, bool builds) {
  using Kind = GateSide::Kind;
  for (const Prefix& prefix : kPrefixes) {
    if (text.starts_with(prefix.text)) return {prefix.kind, text.substr(prefix.text.size())};
  }
  if (is_results_file(text) || is_named_as_one(text)) return {Kind::file, text};
  if (!is_one_word(text)) return {Kind::command, text};
  if (builds) return {git_knows(text) || !is_program(text) ? Kind::revision : Kind::command, text};
  if (!is_program(text) && git_knows(text)) {
    throw UserError(Trouble::usage, fmt::format("'{}' is a revision of this repository: say how it is built with "
                                                "--build and run with --run",
                                                text));
  }
  return {Kind::command, text};
}

}  // namespace countercheck
