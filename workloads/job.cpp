#include "workloads/job.hpp"

#include <fmt/format.h>

#include <numeric>

#include "workloads/diffusion/digest.hpp"
#include "workloads/diffusion/initial_state.hpp"

namespace countercheck::workloads {
namespace {

Outcome done(diffusion::Run run, const Problem& problem, const Region& region) {
  const diffusion::Digest digest = diffusion::digest(run(diffusion::initial_state(problem), problem, region));
  return {{digest.sum, digest.weighted, digest.squares}, fmt::format("{:.6g}", digest.sum)};
}

Outcome done(counters::Run run, const Problem& problem, const Region& region) {
  const std::vector<std::uint64_t> counters = run(problem, region);
  const std::uint64_t sum = std::accumulate(counters.begin(), counters.end(), std::uint64_t{0});
  return {{sum}, std::to_string(sum)};
}

}  // namespace

Outcome perform(const Variant& variant, const Problem& problem, const Region& region) {
  return std::visit([&](auto run) { return done(run, problem, region); }, variant.run);
}

}  // namespace countercheck::workloads
