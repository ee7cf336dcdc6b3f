#include "workloads/registry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace countercheck::workloads {
namespace {

// Bytes of a cell in one grid. A box is 32 bytes of glibc's heap and the pointer to it.
constexpr std::size_t kCell = sizeof(double);
constexpr std::size_t kBoxed = 32 + sizeof(double*);

constexpr std::array kDiffusion = {
    Variant{.name = "boxed",
            .scheme = "Python",
            .stresses = "One allocation for each value and a pointer to follow for each of the five reads of a cell.",
            .periodic = true,
            .threads = false,
            .schedule = false,
            .bytes_per_cell = 2 * kBoxed + kCell,
            .run = diffusion::boxed},
    Variant{.name = "boxed-reuse",
            .scheme = "Python + memory",
            .stresses = "The pointers of boxed without its allocations: both grids are allotted once.",
            .periodic = true,
            .threads = false,
            .schedule = false,
            .bytes_per_cell = 2 * kBoxed + kCell,
            .run = diffusion::boxed_reuse},
    Variant{.name = "rows",
            .scheme = "",
            .stresses = "Values side by side in each row, a new grid every step, and a division for each index that "
                        "may wrap.",
            .periodic = true,
            .threads = false,
            .schedule = false,
            .bytes_per_cell = 2 * kCell,
            .run = diffusion::rows},
    Variant{.name = "contiguous",
            .scheme = "numpy",
            .stresses = "Whole-array operations, each into a newly allotted array: page faults and memory traffic.",
            .periodic = true,
            .threads = false,
            .schedule = false,
            .bytes_per_cell = 4 * kCell,
            .run = diffusion::contiguous},
    Variant{.name = "contiguous-scalar",
            .scheme = "numpy without vectorisation",
            .stresses = "The same operations as contiguous, one value to an instruction.",
            .periodic = true,
            .threads = false,
            .schedule = false,
            .bytes_per_cell = 4 * kCell,
            .run = diffusion::contiguous_scalar},
    Variant{.name = "in-place",
            .scheme = "numpy + memory",
            .stresses = "Operations in place on an output allotted once; only the rolled copies are allotted anew.",
            .periodic = true,
            .threads = false,
            .schedule = false,
            .bytes_per_cell = 3 * kCell,
            .run = diffusion::in_place},
    Variant{.name = "roll-add",
            .scheme = "numpy + memory + laplacian",
            .stresses = "No allocation and no copy at all: eight passes over the grid and nothing else.",
            .periodic = true,
            .threads = false,
            .schedule = false,
            .bytes_per_cell = 2 * kCell,
            .run = diffusion::roll_add_scheme},
    Variant{.name = "blocked",
            .scheme = "numpy + memory + laplacian + numexpr",
            .stresses = "roll-add with its last two passes joined, block by block through the cache, by threads that "
                        "take blocks in turn.",
            .periodic = true,
            .threads = true,
            .schedule = false,
            .bytes_per_cell = 2 * kCell,
            .run = diffusion::blocked},
    Variant{.name = "generic",
            .scheme = "numpy + memory + scipy",
            .stresses = "A correlation for any kernel and any border mode: a loop and an indirection for every cell.",
            .periodic = true,
            .threads = false,
            .schedule = false,
            .bytes_per_cell = 2 * kCell,
            .run = diffusion::generic},
    Variant{.name = "fused",
            .scheme = "",
            .stresses = "One pass and one loop nest: each value is read from memory once and written once.",
            .periodic = true,
            .threads = false,
            .schedule = false,
            .bytes_per_cell = 2 * kCell,
            .run = diffusion::fused},
    Variant{.name = "column-order",
            .scheme = "",
            .stresses = "The arithmetic of fused walked down the columns: a new cache line and soon a new page for "
                        "each cell.",
            .periodic = true,
            .threads = false,
            .schedule = false,
            .bytes_per_cell = 2 * kCell,
            .run = diffusion::column_order},
    Variant{.name = "openmp",
            .scheme = "",
            .stresses = "fused with its rows dealt to an OpenMP team, which meets at a barrier every step.",
            .periodic = true,
            .threads = true,
            .schedule = true,
            .bytes_per_cell = 2 * kCell,
            .run = diffusion::openmp},
    Variant{.name = "fixed-border",
            .scheme = "",
            .stresses = "The C kernel of the book's chapter 7: one loop nest without any wrap, its border never "
                        "written.",
            .periodic = false,
            .threads = false,
            .schedule = false,
            .bytes_per_cell = 2 * kCell,
            .run = diffusion::fixed_border},
};

constexpr std::array kCounters = {
    Variant{.name = "unshared",
            .scheme = "",
            .stresses = "One counter for each thread, 128 bytes from the next: every line stays with its core.",
            .periodic = {},
            .threads = true,
            .schedule = false,
            .bytes_per_cell = 0,
            .run = counters::unshared},
    Variant{.name = "false-sharing",
            .scheme = "",
            .stresses = "The same counters side by side: threads that share nothing take one line from each other.",
            .periodic = {},
            .threads = true,
            .schedule = false,
            .bytes_per_cell = 0,
            .run = counters::false_sharing},
};

constexpr std::array kFamilies = {
    Family{.name = "diffusion",
           .says = "Heat spreading over a square grid of doubles, one explicit step in time after the other.",
           .work_item = "cell update",
           .size_is = "edge of the grid in cells",
           .problem = "{size} x {size} doubles",
           .steps_alike = true,
           .initial_states = true,
           .defaults = {},
           .variants = kDiffusion},
    Family{.name = "counters",
           .says = "Threads that each add 1 to a counter of their own, over and over, and share nothing but its line.",
           .work_item = "increment",
           .size_is = "increments of each thread in a step",
           .problem = "{size} increments a thread",
           .steps_alike = true,
           .initial_states = false,
           .defaults = {.size = 1'000'000, .iterations = 20, .threads = 2},
           .variants = kCounters},
};

}  // namespace

std::span<const Family> families() {
  return kFamilies;
}

const Variant* find_variant(std::string_view full_name) {
  for (const Family& family : families()) {
    const std::string prefix = std::string(family.name) + "/";
    if (!full_name.starts_with(prefix)) continue;
    for (const Variant& variant : family.variants) {
      if (variant.name == full_name.substr(prefix.size())) return &variant;
    }
  }
  return nullptr;
}

std::vector<std::string> full_names() {
  std::vector<std::string> names;
  for (const Family& family : families()) {
    for (const Variant& variant : family.variants) {
      names.push_back(std::string(family.name) + "/" + std::string(variant.name));
    }
  }
  return names;
}

const Family* find_family(std::string_view full_name) {
  if (find_variant(full_name) == nullptr) return nullptr;
  const std::string_view name = full_name.substr(0, full_name.find('/'));
  return &*std::find_if(kFamilies.begin(), kFamilies.end(), [&](const Family& family) { return family.name == name; });
}

std::uint64_t work_items(const Variant& variant, const Problem& problem) {
  if (std::holds_alternative<counters::Run>(variant.run)) return problem.size * problem.iterations * problem.threads;
  const std::uint64_t edge = *variant.periodic ? problem.size : problem.size - 2;
  return edge * edge * problem.iterations;
}

std::string problem_text(const Family& family, const Problem& problem) {
  return fmt::format(fmt::runtime(family.problem), fmt::arg("size", problem.size));
}

}  // namespace countercheck::workloads
