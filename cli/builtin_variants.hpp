#pragma once

#include <string>
#include <vector>

#include "cli/workload_catalogue.hpp"
#include "experiment/suite.hpp"
#include "experiment/suite_variants.hpp"

namespace countercheck {

// The suite that a built-in workload is: all of its variants, and its problem as parameters. Throws UserError where
// none of them can be run here.
Suite suite_of(const WorkloadFamily& family);

// Puts the variants of the built-in workload that a suite names before its own. Throws UserError for an unknown one.
void expand_workload(Suite& suite, const std::vector<WorkloadFamily>& families);

// Takes away the variants that cannot be run here, and gives back a sentence for each. Throws UserError where none is
// left.
std::vector<std::string> leave_out_missing(Suite& suite, const std::vector<WorkloadFamily>& families);

// Whether one of the built-in variants takes it: "size".
bool is_builtin_parameter(std::string_view name);

// Makes the commands of built-in variants: parameters that they take become options, and the rest is as the workload
// has it. Throws UserError for an unknown variant, and for a value that it does not take.
Builtins builtins_of(const std::vector<WorkloadFamily>& families);

// The one workload that all of the built-in variants are of; null where there is none.
const WorkloadFamily* only_family(const Suite& suite, const std::vector<WorkloadFamily>& families);

// "1024 x 1024 doubles, 100 iterations, 1 thread"; what a scan changes is left out.
std::string problem_text(const WorkloadFamily& family, const Suite& suite);

}  // namespace countercheck
