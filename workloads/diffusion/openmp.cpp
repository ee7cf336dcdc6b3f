#include <fmt/format.h>
#include <omp.h>

#include <utility>

#include "workloads/diffusion/fused_row.hpp"
#include "workloads/diffusion/two_grids.hpp"
#include "workloads/diffusion/variants.hpp"
#include "workloads/failure.hpp"

namespace countercheck::workloads::diffusion {
namespace {

omp_sched_t kind(Schedule schedule) {
  switch (schedule) {
    case Schedule::fixed:
      return omp_sched_static;
    case Schedule::dynamic:
      return omp_sched_dynamic;
    case Schedule::guided:
      return omp_sched_guided;
  }
  return omp_sched_static;
}

// A program starts its team once, so here it is started before the region. The environment (OMP_THREAD_LIMIT) can make
// it smaller than it was asked to be: counts would then be taken for a problem other than the one that is named.
void start_team(int threads) {
  int started = 0;
  omp_set_dynamic(0);
#pragma omp parallel num_threads(threads)
  {
#pragma omp single
    started = omp_get_num_threads();
  }
  if (started != threads) {
    throw Failure(fmt::format("OpenMP gave {} of {} threads: is OMP_THREAD_LIMIT set?", started, threads));
  }
}

}  // namespace

Grid openmp(Grid grid, const Problem& problem, const Region& region) {
  const int threads = static_cast<int>(problem.threads);
  start_team(threads);
  // A chunk below 1 is OpenMP's default: all of a thread's rows at once for static, a row for dynamic and guided.
  omp_set_schedule(kind(problem.schedule), 0);
  Grid next = touched(grid.size());
  return alternate(std::move(grid), std::move(next), problem, region, [threads](const Grid& from, Grid& to) {
#pragma omp parallel for num_threads(threads) schedule(runtime)
    for (std::size_t i = 0; i < from.size(); ++i) fused_row(from, to, i);
  });
}

}  // namespace countercheck::workloads::diffusion
