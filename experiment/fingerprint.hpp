#pragma once

#include <string>
#include <vector>

#include "experiment/machine.hpp"

namespace countercheck {

// Whether results of two machines may be compared on times and hardware counts: on those only that were taken on the
// same processor, under the same kernel, system and hypervisor. The size of the memory is left out, which a kernel
// tells a little differently after each update, and so is perf_event_paranoid, which every reading tells by its level.

// In what they differ, a phrase each: "the kernel is 6.1.0-26, not 6.1.0-25". None: they may be compared.
std::vector<std::string> differences(const Machine& machine, const Machine& other);

// Eight hexadecimal digits that are the same for machines without a difference.
std::string fingerprint(const Machine& machine);

}  // namespace countercheck
