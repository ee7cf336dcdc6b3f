#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/metrics.hpp"
#include "counters/passports/meaning.hpp"

namespace countercheck {

// What the passports of the machine say of a reading: only of one that its PMU gave. Null where they say nothing.
const Meaning* meaning_of(const std::vector<Meaning>& meanings, const Reading& reading);

// Why no share is made of two readings: one is to be part of the other (misses of references), and they are of
// different levels, or of different requests. A quotient of two kinds (instructions per cycle) asks no such thing.
std::optional<Absence> unlike(const Metric& metric, const std::vector<Meaning>& meanings, const Reading& part,
                              const Reading& whole);
std::optional<Absence> unlike(const std::vector<Meaning>& meanings, const Reading& part, const Reading& whole);

// Two levels of caches follow each other only if both counted the accesses of the same requests.
bool of_other_requests(const std::vector<Meaning>& meanings, const Reading& above, const Reading& below);

// The footnote of a reading that is not what its name says; empty where it is, or nothing is known of it.
std::string differs_note(const std::vector<Meaning>& meanings, std::string_view event, Source source);

}  // namespace countercheck
