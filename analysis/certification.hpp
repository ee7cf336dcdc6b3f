#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/machine.hpp"
#include "experiment/stamp.hpp"
#include "experiment/truth.hpp"

namespace countercheck {

// The quantity that an event's name stands for ("cache-misses" for the misses of the last level), among those that the
// kernels' facts are about; with its modifier or without. Empty: the name claims none of them.
std::string_view claimed_quantity(std::string_view event);

// The same of a cache level: "L2" for the misses of it, or the accesses to it, which are the misses of the level above.
// Empty: the level is none of L1d, L2 and LLC.
std::string_view quantity_at(std::string_view level, bool misses);

// Whether a run of this kernel tells something of an event that claims this quantity; of one that claims none, all do.
bool tells_of(const TruthKernel& kernel, std::string_view quantity);

// Bytes of a working set that lies in one level of the caches ("L2", "LLC") and is several times as large as the level
// above; 0 where the caches are not known, or lie too close together.
std::uint64_t working_set(const std::vector<Cache>& caches, std::string_view level);

// Holds an event's readings against the facts of the kernels. What counts is how much more the larger of a kernel's two
// sizes reads, for each item more: what the marks, and the warming up of a cache, add to both drops out.
// Empty where no reading could be taken, or no fact is about what the event claims. An event that claims nothing gets
// the stamp of the quantity that fits it, if one does.
std::optional<Stamp> certify(std::string_view event, std::string_view claims, std::span<const TruthKernel> kernels,
                             std::span<const TruthReading> readings);

}  // namespace countercheck
