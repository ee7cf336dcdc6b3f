#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace countercheck {

// Draws by a recorded seed, the same ones on every machine and with every library: the C++ standard fixes what the
// generator and its seeding give ([rand.eng.mers], [rand.util.seedseq]), but neither its distributions nor
// std::shuffle. `stream` tells apart what is drawn by one seed for several purposes.
class Drawing {
 public:
  explicit Drawing(std::uint64_t seed, std::uint32_t stream = 0) {
    std::seed_seq words{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32), stream};
    generator_.seed(words);
  }

  // One of 0 to below `bound`, which is above 0; each as likely: the numbers before the last whole multiple are
  // refused.
  std::uint64_t below(std::uint64_t bound) {
    const std::uint64_t refused = (0 - bound) % bound;  // 2^64 modulo the bound
    std::uint64_t number = generator_();
    while (number < refused) number = generator_();
    return number % bound;
  }

  // Every order as likely (Durstenfeld 1964, "Algorithm 235: Random permutation", Communications of the ACM 7).
  template <typename Item>
  void shuffle(std::vector<Item>& items) {
    for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[below(left)]);
  }

 private:
  std::mt19937_64 generator_{};
};

}  // namespace countercheck
