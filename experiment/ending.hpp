#pragma once

#include <string>

#include "experiment/results.hpp"

namespace countercheck {

std::string_view to_string(Ending ending);
std::optional<Ending> ending_from(std::string_view name);
std::string_view to_string(Pass pass);
std::optional<Pass> pass_from(std::string_view name);
std::string_view to_string(Kind kind);
std::optional<Kind> kind_from(std::string_view name);
std::string_view to_string(Order order);
std::optional<Order> order_from(std::string_view name);

// A command as a person would type it: words with blanks or quotes are quoted for the shell.
std::string command_line(const std::vector<std::string>& command);

// One sentence, without a full stop, on how a sample that did not complete ended: "'./a.out 5' was killed by signal 11
// (Segmentation fault)".
std::string explain_ending(const Sample& sample, const Variant& variant);

}  // namespace countercheck
