#pragma once

#include <string>
#include <variant>

namespace countercheck {

// Finds the program that execvp(3) would run for a command's first word, without running a shell for a script that
// names none: its path, or the errno of the best candidate (ENOENT, EACCES).
std::variant<std::string, int> find_program(const std::string& name);

// One sentence on why a program could not be started.
std::string explain_not_started(const std::string& name, int error);

}  // namespace countercheck
