#include "experiment/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "counters/counted_noun.hpp"
#include "counters/user_error.hpp"
#include "experiment/pinning.hpp"

namespace countercheck {
namespace {

template <typename Value>
void fill(std::optional<Value>& mine, const std::optional<Value>& other) {
  if (!mine) mine = other;
}

unsigned settled_rounds(const PlanRequest& request, unsigned usual, unsigned layouts) {
  // Rounds enough to decide what can be decided at all, where they end by themselves.
  constexpr unsigned kMostEarly = 100;
  if (!request.rounds && request.stops_early.value_or(false)) usual = kMostEarly;
  if (!request.rounds) return request.seconds ? 0 : std::max(usual, layouts);
  if (*request.rounds < layouts) {
    throw UserError(Trouble::usage, fmt::format("{} layouts need a round each: use -r {} or more, or fewer --layouts",
                                                layouts, layouts));
  }
  return *request.rounds;
}

std::uint64_t drawn_seed() {
  std::random_device device;
  return std::max<std::uint64_t>(1, device() & 0xffff'ffff);
}

// Whether this says how OpenMP's threads wait.
bool names_wait_policy(const std::vector<std::string>& environment) {
  return std::any_of(environment.begin(), environment.end(),
                     [](const std::string& variable) { return variable.starts_with("OMP_WAIT_POLICY="); });
}

// A team larger than its CPUs spins at its barriers: its counts and times are not those of the work.
void note_crowding(Experiment& experiment, std::size_t cpus, const std::string& bound_by) {
  const auto crowded = [&](const Variant& variant) { return variant.threads > cpus; };
  const auto heedless = [&](const Variant& variant) {
    return crowded(variant) && !names_wait_policy(variant.environment) && !std::getenv("OMP_WAIT_POLICY");
  };
  const auto& variants = experiment.variants;
  if (std::none_of(variants.begin(), variants.end(), crowded)) return;
  const bool may_spin = std::any_of(variants.begin(), variants.end(), heedless);
  experiment.notes.push_back(
      fmt::format("{} threads share {}{}: they wait for each other, and what they do while they wait is counted{}",
                  *largest_team(variants), counted_noun(cpus, "CPU"), bound_by,
                  may_spin ? "; those of OpenMP sleep instead with OMP_WAIT_POLICY=passive" : ""));
}

}  // namespace

PlanRequest PlanRequest::or_else(const PlanRequest& other) const {
  PlanRequest both = *this;
  fill(both.rounds, other.rounds);
  fill(both.seconds, other.seconds);
  fill(both.warm_up, other.warm_up);
  fill(both.order, other.order);
  fill(both.seed, other.seed);
  fill(both.layouts, other.layouts);
  fill(both.stops_early, other.stops_early);
  fill(both.cpus, other.cpus);
  fill(both.randomised, other.randomised);
  return both;
}

void settle_plan(Experiment& experiment, const PlanRequest& request, unsigned rounds) {
  Plan& plan = experiment.plan;
  plan.order = request.order.value_or(Order::balanced);
  plan.layouts = request.layouts.value_or(1);
  plan.seconds = request.seconds;
  plan.warm_up = request.warm_up.value_or(experiment.kind == Kind::comparison ? 1 : 0);
  plan.seed = request.seed ? *request.seed : drawn_seed();
  plan.stops_early = request.stops_early.value_or(false);
  plan.randomised = request.randomised.value_or(plan.layouts == 1);
  experiment.rounds = settled_rounds(request, rounds, plan.layouts);
  if (plan.stops_early && plan.order == Order::sequential) {
    throw UserError(
        Trouble::usage,
        "--early decides after each round of all variants, and --order sequential has none: leave one away");
  }
}

std::optional<unsigned> largest_team(const std::vector<Variant>& variants) {
  unsigned most = 0;
  for (const Variant& variant : variants) most = std::max(most, variant.threads);
  return most > 0 ? std::optional(most) : std::nullopt;
}

void settle_place(Experiment& experiment, const PlanRequest& request, LaunchSettings& settings) {
  Plan& plan = experiment.plan;
  if (request.cpus) {
    settings.cpus = chosen_cpus(*request.cpus, largest_team(experiment.variants));
    plan.cpus = cpus_text(settings.cpus);
  }
  const std::size_t all = allowed_cpus().size();
  const std::size_t cpus = request.cpus ? settings.cpus.size() : all;
  note_crowding(experiment, cpus, cpus < all ? fmt::format(" (--cpus {})", *request.cpus) : "");
  if (!plan.randomised && !may_stop_randomisation()) {
    if (request.randomised) {
      throw UserError(
          Trouble::not_started,
          "randomisation of the address space cannot be turned off here: the system refuses personality(2), "
          "as the filters of containers do; leave --aslr off away, or allow the call");
    }
    plan.randomised = true;
    experiment.notes.emplace_back(
        "the layouts hold only in part: randomisation of the address space could not be turned off, for the system "
        "refuses personality(2), and so each sample has places of its own besides");
  }
  settings.randomised = plan.randomised;
  plan.randomised = plan.randomised && is_randomised();
}

}  // namespace countercheck
