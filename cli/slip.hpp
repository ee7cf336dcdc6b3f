#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace countercheck {

// One sentence about a word that a command does not know: "there is no option '--vraiants' (did you mean --variants?);
// countercheck run --help shows what there is".
std::string explain_slip(const CLI::App& app, const std::string& word);

// "countercheck run --help shows what there is".
std::string where_to_look(const CLI::App& app);

}  // namespace countercheck
