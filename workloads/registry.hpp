#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "workloads/counters/variants.hpp"
#include "workloads/diffusion/variants.hpp"
#include "workloads/problem.hpp"

namespace countercheck::workloads {

// One implementation of a family's job.
struct Variant {
  std::string_view name;
  std::string_view scheme;    // the book's name for it, as in its table 6-1; empty where the book has none there
  std::string_view stresses;  // one sentence
  // Of diffusion alone. False: the border is never written, so (size - 2)² cells are updated, not size².
  std::optional<bool> periodic;
  bool threads;                // takes a number of threads
  bool schedule;               // an OpenMP loop: takes a schedule, and the OpenMP runtime's way of waiting matters
  std::size_t bytes_per_cell;  // of memory at most at a time, to refuse what would end in the out-of-memory killer;
                               // 0 where the size asks for none
  std::variant<diffusion::Run, counters::Run> run;
};

struct Family {
  std::string_view name;
  std::string_view says;       // one sentence
  std::string_view work_item;  // what a unit of useful work is called
  std::string_view size_is;    // what the problem's size stands for
  std::string_view problem;    // how a problem of a size is called: "{size}" stands for the size
  bool steps_alike;            // each step does what the one before did, so that a few tell of many
  bool initial_states;         // takes an initial state and a seed
  Problem defaults;
  std::span<const Variant> variants;
};

std::span<const Family> families();

// The variant called "family/variant", or null; and the family of it, or null.
const Variant* find_variant(std::string_view full_name);
const Family* find_family(std::string_view full_name);

// All of them, as "family/variant".
std::vector<std::string> full_names();

// Work items of one run: the cells written, or the increments of all threads, in each step, times the steps.
std::uint64_t work_items(const Variant& variant, const Problem& problem);

// "512 x 512 doubles".
std::string problem_text(const Family& family, const Problem& problem);

}  // namespace countercheck::workloads
