#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// Real parts of a digest agree within this relative difference: the variants add up in different orders.
inline constexpr double digest_tolerance = 1e-9;

// The first part in which two digests differ, or nothing where they agree. Exact parts are compared to the last bit.
// Real parts agree within `digest_tolerance` of the larger; two numbers below the smallest normal one agree with each
// other and with 0, since flushing them is a processor's setting; a NaN agrees with nothing, itself included. A part of
// another kind differs, and so does a part that one of the two lacks.
std::optional<std::size_t> first_difference(const Digest& a, const Digest& b);

bool agree(const Digest& a, const Digest& b);

enum class DigestVerdict {
  agrees,      // every completed sample agrees with the reference
  differs,     // with the reference, and is steady in it
  unsteady,    // between the variant's own samples
  none_given,  // no completed sample gave a digest
  unchecked,   // a digest was given, but the baseline gave none
};

// What became of one variant's digests, with the first difference found.
struct DigestFinding {
  DigestVerdict verdict = DigestVerdict::none_given;
  std::size_t part = 0;  // from 0; this and what follows for `differs` and `unsteady` only
  Digest expected{};     // the reference's digest, or that of the variant's own first completed sample
  unsigned expected_round = 0;
  Digest found{};
  unsigned found_round = 0;

  bool operator==(const DigestFinding&) const = default;
};

// One finding for each variant. The reference is the digest of the baseline's first completed sample. Simulated
// samples, which may do fewer steps, are compared with each other only, and only where nothing was measured.
std::vector<DigestFinding> check_digests(const Experiment& experiment);

}  // namespace countercheck
