#include "analysis/plan_sentences.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "counters/counted_noun.hpp"

namespace countercheck {
namespace {

std::string order_text(const Plan& plan) {
  if (plan.order == Order::sequential) return "all rounds of a variant before those of the next (--order sequential)";
  return fmt::format("rounds in balanced order (seed {})", plan.seed);
}

}  // namespace

std::vector<std::string> plan_sentences(const Experiment& experiment) {
  const Plan& plan = experiment.plan;
  if (plan.seed == 0) return {};
  std::vector<std::string> parts;
  if (experiment.variants.size() > 1) parts.push_back(order_text(plan));
  if (plan.warm_up > 0) {
    parts.push_back(counted_noun(plan.warm_up, "warm-up round") + " before, in no figure");
  }
  if (plan.layouts > 1) parts.push_back(fmt::format("under {} memory layouts in turn", plan.layouts));
  if (!plan.cpus.empty()) {
    const bool one = plan.cpus.find_first_of(",-") == std::string::npos;
    parts.push_back(fmt::format("bound to CPU{} {}", one ? "" : "s", plan.cpus));
  }
  if (!plan.randomised) parts.emplace_back("address space not randomised");
  if (parts.empty()) return {};
  return {fmt::format("{}", fmt::join(parts, "; "))};
}

}  // namespace countercheck
