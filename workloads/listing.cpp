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
  return {{"name", variant.name},         {"scheme", variant.scheme},   {"stresses", variant.stresses},
          {"periodic", variant.periodic}, {"threads", variant.threads}, {"schedule", variant.schedule}};
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
                   {"defaults", to_json(family.defaults)},
                   {"variants", variants}});
  }
  return Json{{"families", all}}.dump(2) + "\n";
}

}  // namespace countercheck::workloads
