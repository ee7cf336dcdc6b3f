#include "experiment/again.hpp"

#include <cstddef>
#include <string>

namespace countercheck {

void measure_baseline_again(Experiment& experiment) {
  const std::string name = experiment.variants[experiment.baseline].name;
  const std::size_t before = experiment.variants.size();
  for (std::size_t at = 0; at < before; ++at) {
    if (experiment.variants[at].name != name || experiment.variants[at].again) continue;
    Variant again = experiment.variants[at];
    again.name += " again";
    again.again = at;
    experiment.variants.push_back(std::move(again));
  }
}

}  // namespace countercheck
