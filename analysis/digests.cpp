#include "analysis/digests.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/outcomes.hpp"
#include "analysis/passes.hpp"

namespace countercheck {
namespace {

bool parts_agree(double a, double b) {
  if (a == b) return true;
  const double larger = std::max(std::abs(a), std::abs(b));
  if (!std::isfinite(a) || !std::isfinite(b)) return false;
  if (larger < std::numeric_limits<double>::min()) return true;
  return std::abs(a - b) <= digest_tolerance * larger;
}

bool parts_agree(const Digest::value_type& a, const Digest::value_type& b) {
  if (a.index() != b.index()) return false;
  if (const double* real = std::get_if<double>(&a)) return parts_agree(*real, std::get<double>(b));
  return std::get<std::uint64_t>(a) == std::get<std::uint64_t>(b);
}

const Sample* first_completed(const Experiment& experiment, std::size_t variant) {
  const auto samples = completed_samples(experiment, variant, main_pass(experiment));
  return samples.empty() ? nullptr : samples.front();
}

// The first of the samples whose digest differs from the expected one.
std::optional<DigestFinding> find_difference(const std::vector<const Sample*>& samples, const Sample& reference,
                                             DigestVerdict verdict) {
  for (const Sample* sample : samples) {
    if (const auto part = first_difference(reference.digest, sample->digest)) {
      return DigestFinding{verdict, *part, reference.digest, reference.round, sample->digest, sample->round};
    }
  }
  return std::nullopt;
}

DigestFinding check(const Experiment& experiment, std::size_t variant, const Sample* reference) {
  const auto samples = completed_samples(experiment, variant, main_pass(experiment));
  const auto given = [](const Sample* sample) { return !sample->digest.empty(); };
  if (std::none_of(samples.begin(), samples.end(), given)) return {};
  if (auto unsteady = find_difference(samples, *samples.front(), DigestVerdict::unsteady)) return *unsteady;
  if (!reference || reference->digest.empty()) return {.verdict = DigestVerdict::unchecked};
  if (auto differs = find_difference(samples, *reference, DigestVerdict::differs)) return *differs;
  return {.verdict = DigestVerdict::agrees};
}

}  // namespace

std::optional<std::size_t> first_difference(const Digest& a, const Digest& b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t part = 0; part < common; ++part) {
    if (!parts_agree(a[part], b[part])) return part;
  }
  return a.size() == b.size() ? std::nullopt : std::optional(common);
}

bool agree(const Digest& a, const Digest& b) {
  return !first_difference(a, b);
}

std::vector<DigestFinding> check_digests(const Experiment& experiment) {
  const Sample* reference = first_completed(experiment, experiment.baseline);
  std::vector<DigestFinding> findings;
  for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) {
    findings.push_back(check(experiment, variant, reference));
  }
  return findings;
}

}  // namespace countercheck
