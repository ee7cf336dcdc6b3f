#include "analysis/layout_survival.hpp"

#include "analysis/aggregate.hpp"

namespace countercheck {

std::vector<Experiment> split_by_layouts(const Experiment& experiment) {
  if (experiment.plan.layouts <= 1) return {};
  Experiment bare = experiment;
  bare.samples.clear();
  std::vector<Experiment> layouts(experiment.plan.layouts, bare);
  for (const Sample& sample : experiment.samples) {
    if (sample.pass == Pass::measured) layouts[sample.layout].samples.push_back(sample);
  }
  return layouts;
}

LayoutSurvival layout_survival(const std::vector<Experiment>& layouts, std::size_t variant, std::size_t event,
                               Per per) {
  LayoutSurvival survival;
  for (const Experiment& layout : layouts) {
    const Aggregate base = aggregate(layout, layout.baseline, event, per);
    const Aggregate own = aggregate(layout, variant, event, per);
    if (base.n == 0 || own.n == 0 || base.source != own.source) continue;
    ++survival.of;
    if (own.median < base.median) ++survival.better;
  }
  return survival;
}

}  // namespace countercheck
