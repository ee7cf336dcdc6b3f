#pragma once

#include <cstddef>

#include "experiment/results.hpp"

namespace countercheck {

// Where the figures of an experiment come from: each row from one pass only, so that nothing measured is ever divided
// by, or compared with, anything simulated.

// The pass that the times, the endings and the digests belong to: measured, unless nothing was.
Pass main_pass(const Experiment& experiment);

// The pass that an event's row is taken from: measured where any variant has a value of it, else simulated where one
// has. Where none has, the one whose reason says more.
Pass pass_shown(const Experiment& experiment, std::size_t event);

// An event that was measured and simulated both: the simulation can be judged by it.
bool is_scored(const Experiment& experiment, std::size_t event);

// What the counts of a simulated sample of this variant are multiplied by where they are shown: 1, or the share of the
// steps that were left out where scaling was asked for.
double shown_scale(const Experiment& experiment, std::size_t variant);

// How many times as much a measured run of this variant does as a simulated one.
double steps_scale(const Experiment& experiment, std::size_t variant);

}  // namespace countercheck
