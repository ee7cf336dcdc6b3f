#include "cli/suite_experiment.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "cli/builtin_variants.hpp"
#include "counters/nearest.hpp"
#include "counters/user_error.hpp"
#include "experiment/again.hpp"
#include "experiment/suite_variants.hpp"

namespace countercheck {
namespace {

// "4 threads where the variant has them, kind wide": what all points have in common.
std::string common_problem(const Suite& suite, const WorkloadFamily* family) {
  std::vector<std::string> parts;
  if (family) parts.push_back(problem_text(*family, suite));
  for (const SuiteParameter& parameter : suite.parameters) {
    if (parameter.scanned || (family && is_builtin_parameter(parameter.name))) continue;
    parts.push_back(parameter.name + " " + parameter.values.front());
  }
  std::erase(parts, "");
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::size_t baseline_of(const Suite& suite) {
  if (!suite.baseline) return 0;
  std::vector<std::string> names;
  for (const SuiteVariant& variant : suite.variants) names.push_back(variant.name);
  const auto found = std::find(names.begin(), names.end(), *suite.baseline);
  if (found == names.end()) {
    throw UserError(Trouble::usage,
                    fmt::format("{}: there is no variant '{}'{} among those that are run", suite.baseline_place,
                                *suite.baseline, did_you_mean(*suite.baseline, names)));
  }
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

Experiment experiment_of(const Suite& suite, const std::vector<WorkloadFamily>& families) {
  const auto is_builtin = [](const SuiteVariant& variant) { return !variant.builtin.empty(); };
  const WorkloadFamily* const family = only_family(suite, families);
  Experiment experiment{.kind = Kind::comparison,
                        .title = suite.title.empty() ? std::filesystem::path(suite.place).stem().string() : suite.title,
                        .problem = common_problem(suite, family),
                        .work_item = suite.work_item};
  if (experiment.work_item.empty() && family) experiment.work_item = family->work_item;
  experiment.region = suite.region.value_or(std::all_of(suite.variants.begin(), suite.variants.end(), is_builtin));
  experiment.variants = variants_of(suite, builtins_of(families));
  experiment.baseline = baseline_of(suite);
  if (suite.again.value_or(false)) measure_baseline_again(experiment);
  if (suite.tolerance) experiment.terms.tolerance = *suite.tolerance;
  if (suite.confidence) experiment.terms.confidence = *suite.confidence;
  experiment.terms.expectations = suite.expectations;
  return experiment;
}

}  // namespace countercheck
