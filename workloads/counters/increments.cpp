#include <atomic>

#include "workloads/counters/spaced_counters.hpp"
#include "workloads/counters/variants.hpp"
#include "workloads/region.h"
#include "workloads/worker_pool.hpp"

namespace countercheck::workloads::counters {
namespace {

// A load, a sum and a store each time: the atomic keeps the compiler from leaving any of them out, and only one thread
// writes it, so the processor need not lock anything. What is slow about false sharing is the line's way between cores.
void add(std::atomic<std::uint64_t>& counter, const Problem& problem) {
  for (std::uint64_t step = 0; step < problem.iterations; ++step) {
    for (std::size_t i = 0; i < problem.size; ++i) {
      counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
  }
}

std::vector<std::uint64_t> count(const Problem& problem, const Region& region, std::size_t apart) {
  SpacedCounters counters(problem.threads, apart);
  countercheck_name_array(counters.data(), counters.bytes(), "counters");
  // The threads exist before the region; the one that measures sleeps meanwhile.
  WorkerPool pool(problem.threads);
  region([&] {
    std::atomic<std::size_t> next = 0;
    pool.run([&] { add(counters[next.fetch_add(1)], problem); });
  });
  std::vector<std::uint64_t> last;
  for (std::size_t i = 0; i < problem.threads; ++i) last.push_back(counters[i].load());
  return last;
}

}  // namespace

std::vector<std::uint64_t> unshared(const Problem& problem, const Region& region) {
  return count(problem, region, kInLine);
}

std::vector<std::uint64_t> false_sharing(const Problem& problem, const Region& region) {
  return count(problem, region, 1);
}

}  // namespace countercheck::workloads::counters
