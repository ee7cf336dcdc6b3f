#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "experiment/results.hpp"
#include "simulator/engine.hpp"

namespace countercheck {

// How long the simulated runs will take, in seconds, guessed from the measured samples of the same variants: time on a
// CPU times the engine's slow-down, which depends on the work and is taken from the middle of what was tried (2D
// diffusion in eight styles: ours 6 to 28 times, Cachegrind 7 to 51 times the native time), and half a second to start
// each. Empty where nothing was measured.
std::optional<double> simulation_seconds(const Experiment& experiment, EngineKind engine);

// Longer ones are announced.
inline constexpr double kAnnouncedSeconds = 10;

// "simulating 13 variants on machine book: about 40 s; --source measured skips it"
std::string announcement(const Experiment& experiment, std::size_t variants, double seconds);

}  // namespace countercheck
