#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "workloads/diffusion/variants.hpp"
#include "workloads/problem.hpp"

namespace countercheck::workloads {

// One implementation of a family's job.
struct Variant {
  std::string_view name;
  std::string_view scheme;     // the book's name for it, as in its table 6-1; empty where the book has none there
  std::string_view stresses;   // one sentence
  bool periodic;               // false: the border is never written, so (size - 2)² cells are updated, not size²
  bool threads;                // takes a number of threads
  bool schedule;               // an OpenMP loop: takes a schedule, and the OpenMP runtime's way of waiting matters
  std::size_t bytes_per_cell;  // of memory at most at a time, to refuse what would end in the out-of-memory killer
  diffusion::Run run;
};

struct Family {
  std::string_view name;
  std::string_view says;       // one sentence
  std::string_view work_item;  // what a unit of useful work is called
  Problem defaults;
  std::span<const Variant> variants;
};

std::span<const Family> families();

// The variant called "family/variant", or null.
const Variant* find_variant(std::string_view full_name);

// All of them, as "family/variant".
std::vector<std::string> full_names();

// Work items of one run: the cells written in each step, times the steps.
std::uint64_t work_items(const Variant& variant, const Problem& problem);

}  // namespace countercheck::workloads
