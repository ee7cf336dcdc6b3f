#pragma once

#include <cstddef>

namespace countercheck::workloads {

// How many doubles further on in their memory the arrays of a job lie, by COUNTERCHECK_LAYOUT: countercheck perturbs the
// memory layout with it (--layouts). 0 without that variable.
extern const std::size_t array_offset;

// The same for a value of that variable, in bytes: whole steps of 16, so that what was aligned stays so; 0 for none, and
// for more than a MiB, which nobody asks for.
std::size_t array_offset_from(const char* bytes);

}  // namespace countercheck::workloads
