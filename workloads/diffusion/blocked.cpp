#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "workloads/diffusion/opaque.hpp"
#include "workloads/diffusion/physics.hpp"
#include "workloads/diffusion/roll_add.hpp"
#include "workloads/diffusion/two_grids.hpp"
#include "workloads/diffusion/variants.hpp"
#include "workloads/worker_pool.hpp"

namespace countercheck::workloads::diffusion {
namespace {

// numexpr's BLOCK_SIZE1 (numexpr_config.hpp): 8 KiB of doubles, so that all operands of an instruction stay in the L1
// data cache.
constexpr std::size_t kBlock = 1024;

// The instructions of numexpr's interpreter, each one loop over a block. Opaque: joined, they would be the fused
// expression that numexpr is not, and the factors would be known when compiling.
COUNTERCHECK_OPAQUE void multiply_block(double* __restrict out, const double* __restrict in, double factor,
                                        std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) out[k] = in[k] * factor;
}

COUNTERCHECK_OPAQUE void scale_block(double* out, double factor, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) out[k] *= factor;
}

COUNTERCHECK_OPAQUE void add_blocks(double* __restrict out, const double* __restrict a, const double* __restrict b,
                                    std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) out[k] = a[k] + b[k];
}

// out = out * D * dt + grid for the cells [first, last). The temporaries are allotted for each evaluation, and the
// result goes through a buffer because the output is an operand as well: both as numexpr's interpreter.cpp does.
void evaluate(double* out, const double* grid, std::size_t first, std::size_t last) {
  const auto product = std::make_unique_for_overwrite<double[]>(kBlock);
  const auto buffer = std::make_unique_for_overwrite<double[]>(kBlock);
  for (std::size_t at = first; at < last; at += kBlock) {
    const std::size_t count = std::min(kBlock, last - at);
    multiply_block(product.get(), out + at, kD, count);
    scale_block(product.get(), kDt, count);
    add_blocks(buffer.get(), product.get(), grid + at, count);
    std::copy_n(buffer.get(), count, out + at);
  }
}

// Threads take tasks in turn, sixteen for each at most, whole blocks all of them (vm_engine_iter_parallel).
void evaluate_by(WorkerPool& pool, unsigned threads, double* out, const double* grid, std::size_t count) {
  const std::size_t shares = 16 * kBlock * threads;
  const std::size_t task = (count + shares - 1) / shares * kBlock;
  std::atomic<std::size_t> next = 0;
  pool.run([&] {
    for (std::size_t first = next.fetch_add(task); first < count; first = next.fetch_add(task)) {
      evaluate(out, grid, first, std::min(first + task, count));
    }
  });
}

}  // namespace

// The program whose counts are the book's 6-20: roll-add's laplacian in one thread, then the expression. numexpr starts
// its threads when it is imported, so they exist before the region; with one thread it evaluates in the caller.
Grid blocked(Grid grid, const Problem& problem, const Region& region) {
  Grid next = touched(grid.size());
  std::optional<WorkerPool> pool;
  if (problem.threads > 1) pool.emplace(problem.threads);
  return alternate(std::move(grid), std::move(next), problem, region, [&](const Grid& from, Grid& to) {
    roll_add_laplacian(from, to);
    if (pool) {
      evaluate_by(*pool, problem.threads, to.data(), from.data(), from.count());
    } else {
      evaluate(to.data(), from.data(), 0, from.count());
    }
  });
}

}  // namespace countercheck::workloads::diffusion
