#include "cli/truth_catalogue.hpp"

#include "cli/companion.hpp"

namespace countercheck {
namespace {

TruthKernel kernel_from(const nlohmann::json& json) {
  TruthKernel kernel{.name = json.at("name"),
                     .says = json.at("says"),
                     .item = json.at("item"),
                     .cache = json.at("cache"),
                     .few = json.at("few"),
                     .many = json.at("many")};
  for (const auto& fact : json.at("facts")) {
    kernel.facts.push_back({.quantity = fact.at("quantity"),
                            .each = fact.at("each"),
                            .within = fact.at("within"),
                            .at_least = fact.at("at_least")});
  }
  return kernel;
}

}  // namespace

std::string truth_program() {
  return companion("countercheck-certify", "workloads", "which holds the kernels of known truth");
}

std::vector<TruthKernel> read_truth_catalogue() {
  return read_listing<TruthKernel>({truth_program()}, "kernels", kernel_from);
}

}  // namespace countercheck
