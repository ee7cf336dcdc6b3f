#pragma once

#include <optional>
#include <string>

namespace countercheck {

// The revision of the git working tree that we stand in, "1a2b3c…-dirty" where tracked files were changed since. Empty
// where there is no git or no commit.
std::optional<std::string> revision_here();

// As a person writes it: seven digits of a whole hash, and what follows it; any other name as it is.
std::string short_revision(const std::string& revision);

// Whether a person may have meant this revision: its name, or the beginning of it, at least four letters.
bool is_meant_by(const std::string& revision, const std::string& word);

}  // namespace countercheck
