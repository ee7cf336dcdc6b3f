#include "workloads/listing.hpp"

#include <nlohmann/json.hpp>

#include "workloads/registry.hpp"

namespace countercheck::workloads {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Problem& problem) {
  return {
      {"size", problem.size}, {"iterations", problem.iterations}, {"initial", name_of(kInitials, problem.initial)},
      {"seed", problem.seed}, {"threads", problem.threads},       {"schedule", name_of(kSchedules, problem.schedule)}};
}

Json to_json(const Variant& variant) {
  Json row = {{"name", variant.name}, {"scheme", variant.scheme}, {"stresses", variant.stresses}};
  if (variant.periodic) row["periodic"] = *variant.periodic;
  row["threads"] = variant.threads;
  row["schedule"] = variant.schedule;
  return row;
}

}  // namespace

std::string listing() {
  Json all = Json::array();
  for (const Family& family : families()) {
    Json variants = Json::array();
    for (const Variant& variant : family.variants) variants.push_back(to_json(variant));
    all.push_back({{"name", family.name},
                   {"says", family.says},
                   {"work_item", family.work_item},
                   {"size_is", family.size_is},
                   {"problem", family.problem},
                   {"steps_alike", family.steps_alike},
                   {"initial_states", family.initial_states},
                   {"defaults", to_json(family.defaults)},
                   {"variants", variants}});
  }
  return Json{{"families", all}}.dump(2) + "\n";
}

}  // namespace countercheck::workloads
