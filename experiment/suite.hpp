#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/plan.hpp"

namespace countercheck {

// What of a suite is asked of each variant, and of all of them where one says nothing else. In every text but a name,
// {size} stands for the value of the parameter size, {name} for the variant's name, {{ and }} for braces.
struct SuiteSurroundings {
  std::vector<std::string> environment{};  // "NAME=value"
  std::string folder{};                    // relative to the suite's file; empty: where countercheck was started
  std::string setup{};                     // shell commands, as in Variant
  std::string prepare{};
  std::string cleanup{};
  std::string threads{};  // a number when filled in: how many a command runs at once

  bool operator==(const SuiteSurroundings&) const = default;
};

// One implementation: a command, or a built-in one ("diffusion/roll-add").
struct SuiteVariant {
  std::string place{};  // "suite.toml:12: variant[1]", for complaints
  std::string name{};   // may be empty: it is then made of the command
  std::vector<std::string> command{};
  std::string builtin{};
  SuiteSurroundings surroundings{};
};

// A parameter and its values. Of one that is scanned each value makes a point of its own, all values of one together
// with all of the others.
struct SuiteParameter {
  std::string place{};
  std::string name{};
  std::vector<std::string> values{};
  bool scanned = false;  // written as a list or range
};

// What is to be run, and how, as a person states it in a file (docs/suites.md). What is not said is empty, and then
// left to the command line and its defaults.
struct Suite {
  std::string place{};   // the name of the file
  std::string folder{};  // that the file is in; empty: ours
  std::string title{};
  std::string workload{};  // a built-in one, all of whose variants come first
  std::string workload_place{};
  std::string work_item{};
  std::vector<SuiteVariant> variants{};
  std::vector<SuiteParameter> parameters{};
  SuiteSurroundings surroundings{};  // of every variant
  std::optional<bool> region{};
  std::optional<std::string> events{};   // separated by commas
  std::optional<std::string> backend{};  // "auto", "perf" or "papi"
  std::optional<bool> split{};           // every hardware event in user mode and in the kernel
  std::optional<bool> multiplex{};       // all events at once, which the kernel then only estimates
  std::optional<std::string> input{};    // the standard input of every sample, relative to the suite's file
  std::optional<double> timeout{};       // seconds
  std::optional<bool> ignore_failure{};  // a non-zero exit status is no failure
  PlanRequest plan{};
  std::optional<std::string> baseline{};
  std::string baseline_place{};
  std::optional<bool> again{};  // the baseline is measured a second time (the A/A arm)
  std::optional<double> tolerance{};
  std::optional<double> confidence{};
  std::vector<std::string> expectations{};
  std::optional<std::string> machine{};  // that is simulated
  std::optional<std::string> source{};   // "auto", "sim" or "measured"
  std::optional<unsigned> interleave{};  // blocks of code that a simulated thread runs before another's turn
  std::optional<bool> scale{};           // counts of a shorter simulation are scaled
};

// Bounds that no suite written by hand comes near, and that keep a hostile one from filling the memory.
inline constexpr std::size_t kGreatestSuite = std::size_t{1} << 20;   // bytes of the file
inline constexpr std::size_t kMostVariants = 10'000;                  // of all points together
inline constexpr std::size_t kMostSuiteText = std::size_t{16} << 20;  // bytes of all their commands together
inline constexpr unsigned kGreatestInterleave = 100'000;
inline constexpr unsigned kMostThreads = 1'000'000;

// Reads a suite from its text; `name` is that of the file, for complaints. Throws UserError, with the line and the key,
// for what is no TOML, for a key that is not known and for a value that cannot be.
Suite parse_suite(std::string_view text, const std::string& name);

// The same from a file.
Suite read_suite(const std::string& path);

}  // namespace countercheck
