#include "workloads/diffusion/digest.hpp"

#include <cstdint>

namespace countercheck::workloads::diffusion {
namespace {

// The k-th number of splitmix64 from seed 0 (Steele, Lea and Flood, OOPSLA 2014), as a fraction: fixed for good, or
// results files would not compare with older ones.
double weight(std::uint64_t k) {
  std::uint64_t bits = (k + 1) * 0x9e3779b97f4a7c15U;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
  bits ^= bits >> 31;
  return static_cast<double>(bits >> 11) * 0x1p-53;
}

}  // namespace

Digest digest(const Grid& grid) {
  Digest total;
  for (std::size_t k = 0; k < grid.count(); ++k) {
    const double cell = grid.data()[k];
    total.sum += cell;
    total.weighted += weight(k) * cell;
    total.squares += cell * cell;
  }
  return total;
}

}  // namespace countercheck::workloads::diffusion
