#pragma once

#include <filesystem>

#include "counters/passports/family.hpp"

namespace countercheck {

// Reads the passport file of a family; its form is told in README.md beside the files. Throws UserError, one sentence
// with the file and the key, for whatever is not as it should be.
Family read_family_file(const std::filesystem::path& file);

}  // namespace countercheck
