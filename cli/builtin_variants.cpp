#include "cli/builtin_variants.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "cli/find_row.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

// What a parameter may be: a whole number of a range, or one of some words.
struct Allowed {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
  std::array<std::string_view, 3> words{};  // none: a number
};

// Whether the option is one of this variant's.
using Takes = bool (*)(const WorkloadFamily&, const WorkloadVariant&);

bool always(const WorkloadFamily&, const WorkloadVariant&) {
  return true;
}
bool in_threads(const WorkloadFamily&, const WorkloadVariant& row) {
  return row.threads;
}
bool in_loops(const WorkloadFamily&, const WorkloadVariant& row) {
  return row.schedule;
}

// A parameter that becomes an option of countercheck-workload.
struct BuiltinOption {
  std::string_view parameter;
  std::string_view option;
  Takes takes;
  Allowed allowed;
  bool of_start = false;  // for workloads with initial states only
};

constexpr std::string_view kFlag = "--passive-wait";

constexpr std::array kOptions = {
    BuiltinOption{"size", "--size", always, {3, 1U << 24}},
    BuiltinOption{"iterations", "--iterations", always, {1, 0xffff'ffff}},
    BuiltinOption{"initial", "--initial", always, {.words = {"block", "edge-block", "random"}}, true},
    BuiltinOption{"initial_seed", "--seed", always, {0, UINT64_MAX}, true},
    BuiltinOption{"threads", "--threads", in_threads, {1, 1024}},
    BuiltinOption{"schedule", "--schedule", in_loops, {.words = {"static", "dynamic", "guided"}}},
    BuiltinOption{"passive_wait", kFlag, always, {.words = {"true", "false"}}},
};

std::optional<std::uint64_t> number_from(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

[[noreturn]] void complain(const std::string& place, const std::string& what) {
  throw UserError(Trouble::usage, fmt::format("{}: {}", place, what));
}

void check(const SuiteParameter& parameter, const std::string& value, const Allowed& allowed) {
  if (allowed.words[0].empty()) {
    const auto number = number_from(value);
    if (number && *number >= allowed.least && *number <= allowed.most) return;
    complain(parameter.place, fmt::format("'{}' is no whole number from {} to {}", value, allowed.least, allowed.most));
  }
  if (!value.empty() && std::find(allowed.words.begin(), allowed.words.end(), value) != allowed.words.end()) return;
  std::vector<std::string_view> words;
  std::copy_if(allowed.words.begin(), allowed.words.end(), std::back_inserter(words),
               [](auto w) { return !w.empty(); });
  complain(parameter.place, fmt::format("'{}' is none of {}", value, fmt::join(words, ", ")));
}

// What the workload has where the suite says nothing.
std::string usual(std::string_view parameter, const WorkloadFamily& family) {
  if (parameter == "size") return std::to_string(family.size);
  if (parameter == "iterations") return std::to_string(family.iterations);
  if (parameter == "threads") return std::to_string(family.threads);
  return "";
}

struct Found {
  const WorkloadFamily& family;
  const WorkloadVariant& row;
};

Found find_builtin(const std::vector<WorkloadFamily>& families, const SuiteVariant& variant) {
  const std::size_t slash = variant.builtin.find('/');
  const std::string place = variant.place.empty() ? "" : variant.place + ".builtin: ";
  const auto& family = find_row(families, variant.builtin.substr(0, slash), "workload", place);
  if (!family.missing.empty()) throw UserError(Trouble::not_started, place + family.missing);
  const std::string name = slash == std::string::npos ? "" : variant.builtin.substr(slash + 1);
  return {family, find_row(family.variants, name, "variant", place)};
}

std::vector<std::string> command_of(const Found& found, const SuiteValues& values, const std::string& steps) {
  std::vector<std::string> words = found.family.program;
  words.push_back(fmt::format("{}/{}", found.family.name, found.row.name));
  for (const auto& [parameter, option, takes, allowed, of_start] : kOptions) {
    const std::string* const stated = values.value(parameter);
    if (stated) check(*values.parameter(parameter), *stated, allowed);
    if (stated && of_start && !found.family.initial_states) {
      complain(values.parameter(parameter)->place,
               fmt::format("{} begins with zeros: leave it away", found.family.name));
    }
    if (!takes(found.family, found.row)) continue;
    std::string value = stated ? *stated : usual(parameter, found.family);
    if (parameter == "iterations" && !steps.empty()) value = steps;
    if (option == kFlag) {
      if (value == "true") words.emplace_back(option);
    } else if (!value.empty()) {
      words.emplace_back(option);
      words.push_back(value);
    }
  }
  return words;
}

// As command_of() has checked them.
unsigned threads_of(const Found& found, const SuiteValues& values) {
  const std::string* const stated = values.value("threads");
  return static_cast<unsigned>(number_from(stated ? *stated : usual("threads", found.family)).value_or(1));
}

Variant variant_from(const Found& found, const SuiteValues& values) {
  Variant variant{.scheme = found.row.scheme, .stresses = found.row.stresses, .command = command_of(found, values, "")};
  const std::string* const stated = values.value("iterations");
  const auto steps = number_from(stated ? *stated : usual("iterations", found.family));
  variant.threads = found.row.threads ? threads_of(found, values) : 1;
  // In the environment too: the program would otherwise have to start itself again to be heard by OpenMP.
  const std::string* const passive = values.value("passive_wait");
  if (found.row.schedule && passive && *passive == "true") variant.environment = {"OMP_WAIT_POLICY=passive"};
  if (found.family.steps_alike && steps && *steps > kSimulatedSteps) {
    variant.simulated = ShortRun{command_of(found, values, std::to_string(kSimulatedSteps)), kSimulatedSteps, *steps};
  }
  return variant;
}

SuiteParameter parameter(const char* name, unsigned value) {
  return {.place = name, .name = name, .values = {std::to_string(value)}};
}

SuiteVariant variant(const WorkloadFamily& family, const WorkloadVariant& row) {
  return {.name = row.name, .builtin = fmt::format("{}/{}", family.name, row.name)};
}

// The value that all points have; empty where a scan changes it.
std::string constant(std::string_view name, const WorkloadFamily& family, const Suite& suite) {
  const auto stated = std::find_if(suite.parameters.begin(), suite.parameters.end(),
                                   [&](const SuiteParameter& candidate) { return candidate.name == name; });
  if (stated == suite.parameters.end()) return usual(name, family);
  return stated->scanned ? "" : stated->values.front();
}

// "1 thread", "4 threads".
std::string counted(const std::string& number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == "1" ? "" : "s");
}

}  // namespace

Suite suite_of(const WorkloadFamily& family) {
  if (!family.missing.empty()) throw UserError(Trouble::not_started, family.missing);
  Suite suite{.place = family.name, .title = family.name, .work_item = family.work_item};
  suite.parameters = {parameter("size", family.size), parameter("iterations", family.iterations),
                      parameter("threads", family.threads)};
  for (const WorkloadVariant& row : family.variants) suite.variants.push_back(variant(family, row));
  suite.region = true;
  return suite;
}

void expand_workload(Suite& suite, const std::vector<WorkloadFamily>& families) {
  if (suite.workload.empty()) return;
  const auto& family = find_row(families, suite.workload, "workload", suite.workload_place + ": ");
  std::vector<SuiteVariant> all;
  for (const WorkloadVariant& row : family.variants) {
    all.push_back(variant(family, row));
    all.back().place = suite.workload_place;
  }
  all.insert(all.end(), suite.variants.begin(), suite.variants.end());
  suite.variants = std::move(all);
  if (suite.title.empty()) suite.title = family.name;
  suite.workload.clear();
}

std::vector<std::string> leave_out_missing(Suite& suite, const std::vector<WorkloadFamily>& families) {
  std::vector<std::string> left_out;
  std::erase_if(suite.variants, [&](const SuiteVariant& stated) {
    if (stated.builtin.empty()) return false;
    const WorkloadVariant& row = find_builtin(families, stated).row;
    if (!row.missing.empty()) left_out.push_back(fmt::format("{} was left out: {}", stated.name, row.missing));
    return !row.missing.empty();
  });
  if (suite.variants.empty() && !left_out.empty()) throw UserError(Trouble::not_started, left_out.back());
  return left_out;
}

bool is_builtin_parameter(std::string_view name) {
  return std::any_of(kOptions.begin(), kOptions.end(), [&](const auto& row) { return row.parameter == name; });
}

Builtins builtins_of(const std::vector<WorkloadFamily>& families) {
  return [&families](const SuiteVariant& stated, const SuiteValues& values) {
    return variant_from(find_builtin(families, stated), values);
  };
}

const WorkloadFamily* only_family(const Suite& suite, const std::vector<WorkloadFamily>& families) {
  const WorkloadFamily* only = nullptr;
  for (const SuiteVariant& stated : suite.variants) {
    if (stated.builtin.empty()) continue;
    const WorkloadFamily* const one = &find_builtin(families, stated).family;
    if (only && only != one) return nullptr;
    only = one;
  }
  return only;
}

std::string problem_text(const WorkloadFamily& family, const Suite& suite) {
  std::vector<std::string> parts;
  if (const auto size = constant("size", family, suite); !size.empty()) {
    parts.push_back(fmt::format(fmt::runtime(family.problem), fmt::arg("size", size)));
  }
  if (const auto steps = constant("iterations", family, suite); !steps.empty())
    parts.push_back(counted(steps, "iteration"));
  if (const auto threads = constant("threads", family, suite); !threads.empty()) {
    parts.push_back(counted(threads, "thread") + (threads == "1" ? "" : " where the variant has them"));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace countercheck
