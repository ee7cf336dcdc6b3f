#pragma once

#include <nlohmann/json_fwd.hpp>

#include "experiment/results.hpp"

namespace countercheck {

// The form of a results file. The schema's number rises when a reader of the old one would misread the new.
// 1 knew no simulated samples, which its readers would take for measured ones; 2 no passes over the events and no sums
// over types of cores, which its readers would scale; 3 no warm-up rounds, which its readers would use, and no scanned
// parameters, across which they would compare; 4 no imports, which they would scale once more, and no summaries, which
// they would take for samples. All are still read.
inline constexpr int kSchema = 5;
inline constexpr int kOldestSchema = 1;

// Everything but what grows while samples are taken (the samples, the notes) and what is known after them (the load),
// and one sample.
nlohmann::json to_json(const Experiment& experiment);
nlohmann::json to_json(const Sample& sample);

// The whole again. Throws std::runtime_error with the place and what is wrong there: "samples[3].readings[0].value: …".
Experiment experiment_from(const nlohmann::json& json);

}  // namespace countercheck
