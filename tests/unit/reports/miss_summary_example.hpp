#pragma once

#include "analysis/miss_summary.hpp"

// A grid, its copies made by roll in 300 steps, and a table without debug information; the figures are invented and add
// up.
namespace countercheck::testing {

inline MissSummary miss_summary_example() {
  const CodePlace step = {"job::diffusion::step(Grid const&)", "/src/job/step.cpp", 41, "/bin/job"};
  const CodePlace roll = {"job::diffusion::roll(Grid const&, int)", "/src/job/roll.cpp", 12, "/bin/job"};
  const CodePlace copy = {"__memcpy_avx_unaligned_erms", "", 0, "/lib/libc.so.6"};
  MissSummary summary{.command = "./job --size 512",
                      .entries = 1,
                      .processes = 3,
                      .threads = 4,
                      .simulation = {.engine = "countercheck's tool on Valgrind 3.19.0",
                                     .machine = "book",
                                     .caches = "L1d 32 KiB 8-way, L1i 32 KiB 8-way, L2 256 KiB 8-way"},
                      .shortened = ShortRun{{"./job"}, 3, 100},
                      .level_names = {"L1d", "L2"}};
  const SimulatedCounts totals = {.instructions = 41'000'000,
                                  .loads = 9'000'000,
                                  .stores = 4'000'000,
                                  .conditional_branches = 2'000'000,
                                  .conditional_misses = 1'500,
                                  .levels = {{120, 1'300'000, 700'000}, {90, 300'000, 100'000}}};
  const Attribution where = {
      .sites = {{.place = step,
                 .instructions = 11'025'636,
                 .loads = 5'000'000,
                 .stores = 1'000'000,
                 .branches = 1'000'000,
                 .mispredicted = 1'400,
                 .levels = {{1, 700'000, 4}, {1, 199'999, 1}}},
                {.place = roll, .instructions = 5'000'000, .levels = {{0, 99'999, 0}, {0, 1, 0}}},
                {.place = copy,
                 .instructions = 600'000,
                 .loads = 500'000,
                 .stores = 500'000,
                 .levels = {{0, 500'000, 699'000}, {0, 100'000, 99'999}}}},
      .arrays = {{.kind = ArrayKind::heap,
                  .stack = {{"malloc", "", 0, "/lib/libc.so.6"}, roll, step},
                  .blocks = 1'200,
                  .bytes = 1'200ULL << 21,
                  .largest = 1U << 21,
                  .levels = {{0, 520'000, 700'000}, {0, 100'000, 100'000}}},
                 {.kind = ArrayKind::named,
                  .name = "grid | old",
                  .blocks = 1,
                  .bytes = 1U << 21,
                  .largest = 1U << 21,
                  .levels = {{0, 779'000, 0}, {0, 199'900, 0}}},
                 {.kind = ArrayKind::stack, .levels = {{0, 600, 0}, {0, 0, 0}}},
                 {.kind = ArrayKind::variable, .name = "table", .levels = {{0, 400, 0}, {0, 100, 0}}}}};
  summary.tables = miss_tables(where, totals, 0, 3);
  const ListedFile file = {.path = "/src/job/step.cpp", .lines = {{41, where.sites[0]}}};
  std::vector<std::string> text(43);
  text[38] = "  double* out = next.row(i);";
  text[40] = "\tfor (k = 0; k < n | stop; ++k) out[k] += in[k];  // `both`";
  summary.listings = {{.name = "job::diffusion::step", .parts = {list_source(file, text)}, .left_out = 2}};
  return summary;
}

}  // namespace countercheck::testing
