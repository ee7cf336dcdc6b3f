#pragma once

#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// "size 512, kind wide"; empty where there is none.
std::string parameters_text(const std::vector<Parameter>& parameters);

// What tells a variant from all others of its experiment: "roll-add", or "roll-add (size 512)" in a scan.
std::string full_name(const Variant& variant);

// The points of a scan, in the order in which they first appear: experiments whose variants all have the same
// parameters, each with its samples and its own baseline, the variant of the whole one's name. Where a point has no
// such variant its first is compared with, and a note says so. The parameters begin the line of the problem. An
// experiment without parameters is given back as it is. All analysis and every report is of one point: values of
// different parameters are never compared.
std::vector<Experiment> split_by_parameters(const Experiment& experiment);

}  // namespace countercheck
