#pragma once

#include <span>
#include <string>
#include <string_view>

namespace countercheck {

// Edits (insert, delete, replace, swap of neighbours) that turn one name into the other, ignoring case: the optimal
// string alignment distance.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate that was most likely meant: the fewest edits, at most a third of the name's length (at least 1), or
// one that begins with what was typed. Empty when none is near.
std::string nearest(std::string_view name, std::span<const std::string> candidates);

// " (did you mean X?)", or nothing: to append to a sentence about an unknown name.
std::string did_you_mean(std::string_view name, std::span<const std::string> candidates);

}  // namespace countercheck
