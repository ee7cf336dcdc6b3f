#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "experiment/launch.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// What is asked of an experiment's plan, in a suite or on the command line; empty: not asked.
struct PlanRequest {
  std::optional<unsigned> rounds{};
  std::optional<double> seconds{};
  std::optional<unsigned> warm_up{};
  std::optional<Order> order{};
  std::optional<std::uint64_t> seed{};
  std::optional<unsigned> layouts{};
  std::optional<bool> stops_early{};
  std::optional<std::string> cpus{};
  std::optional<bool> randomised{};

  // This, and where it asks nothing, what `other` asks.
  PlanRequest or_else(const PlanRequest& other) const;

  bool operator==(const PlanRequest&) const = default;
};

// Readers of results take their numbers for doubles, which hold whole ones up to here.
inline constexpr std::uint64_t kGreatestSeed = (std::uint64_t{1} << 53) - 1;

// Fills in experiment.plan and experiment.rounds, but for what settle_place does. What is not asked: the rounds are
// `rounds`, or one for each layout where that is more, or 100 where they are to end early; as many as the time allows
// (0) where only that is given. A comparison is warmed up by one round, a single command by none. A seed is drawn from
// 1 up: 0 tells results that were taken before there was one. Layouts are perturbed by us alone, with the kernel's
// randomisation off. Throws UserError for what cannot be had together.
void settle_plan(Experiment& experiment, const PlanRequest& request, unsigned rounds);

// The largest team that a variant is said to have; empty: nothing is said of any.
std::optional<unsigned> largest_team(const std::vector<Variant>& variants);

// Chooses the CPUs that samples are bound to, and sees whether their address space can be as the plan has it; notes
// what can be only in part, and throws UserError for what was asked and cannot be.
void settle_place(Experiment& experiment, const PlanRequest& request, LaunchSettings& settings);

}  // namespace countercheck
