#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "counters/passports/family.hpp"

namespace countercheck {

// Where the passport files lie: installed, share/countercheck/passports under the prefix of our own executable; in a
// build tree, counters/passports. Throws UserError when neither is there.
std::filesystem::path passports_folder();

// All families, sorted by id. No folder: passports_folder().
std::vector<Family> read_families(const std::filesystem::path& folder = {});

// Those that a user means by a name: an id ("amd-zen4"), or the part of one or several that can be told from the others
// ("zen4", "alder-lake" for both core types). Dashes, underscores, blanks and case do not matter. Throws UserError with
// the nearest and the list for a name that fits none.
std::vector<Family> families_named(const std::vector<Family>& families, std::string_view name);

// Those of a processor, by its id as perf gives it ("GenuineIntel-6-97-2", "0x41-0xd0c-0x3"); of a hybrid one, all its
// core types. Where PMUs of a core are known, only families whose PMU is among them. Empty: no table is about it.
std::vector<Family> families_of(const std::vector<Family>& families, std::string_view cpu_id,
                                const std::vector<std::string>& cpu_pmus);

// A feature of the processor that none of the family has: the model is not what it says, as under a hypervisor that
// masks it, and the tables are not to be trusted. Empty: nothing contradicts.
std::string contradiction(const std::vector<Family>& families, const std::vector<std::string>& features);

// The features ("flags", on Arm "Features") of /proc/cpuinfo.
std::vector<std::string> cpu_features();

}  // namespace countercheck
