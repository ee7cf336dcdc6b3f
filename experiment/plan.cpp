#include "experiment/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

template <typename Value>
void fill(std::optional<Value>& mine, const std::optional<Value>& other) {
  if (!mine) mine = other;
}

unsigned settled_rounds(const PlanRequest& request, unsigned usual, unsigned layouts) {
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

}  // namespace countercheck
