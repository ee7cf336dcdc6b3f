#include "simulator/attribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace countercheck {
namespace {

using nlohmann::json;

CodePlace place_from(const json& node) {
  return {.function = node.value("function", ""),
          .file = node.value("file", ""),
          .line = node.value("line", 0U),
          .object = node.value("object", "")};
}

SiteCounts site_from(const json& node) {
  SiteCounts site{.place = place_from(node)};
  node.at("instructions").get_to(site.instructions);
  node.at("loads").get_to(site.loads);
  node.at("stores").get_to(site.stores);
  node.at("branches").get_to(site.branches);
  node.at("mispredicted").get_to(site.mispredicted);
  for (const auto& triple : node.at("misses")) {
    site.levels.push_back(
        {triple.at(0).get<std::uint64_t>(), triple.at(1).get<std::uint64_t>(), triple.at(2).get<std::uint64_t>()});
  }
  return site;
}

ArrayCounts array_from(const json& node) {
  const auto word = node.at("kind").get<std::string>();
  const auto kind = value_of(kArrayKindNames, word);
  if (!kind) throw std::runtime_error(fmt::format("kind: '{}' is no kind of array", word));
  ArrayCounts array{.kind = *kind, .name = node.value("name", "")};
  if (node.contains("stack")) {
    for (const auto& frame : node.at("stack")) array.stack.push_back(place_from(frame));
  }
  node.at("blocks").get_to(array.blocks);
  node.at("bytes").get_to(array.bytes);
  node.at("largest").get_to(array.largest);
  for (const auto& pair : node.at("misses")) {
    array.levels.push_back({0, pair.at(0).get<std::uint64_t>(), pair.at(1).get<std::uint64_t>()});
  }
  return array;
}

void add(ArrayCounts& sum, const ArrayCounts& part) {
  sum.blocks += part.blocks;
  sum.bytes += part.bytes;
  sum.largest = std::max(sum.largest, part.largest);
  add(sum.levels, part.levels);
}

auto key_of(const SiteCounts& site) {
  return site.place;
}

auto key_of(const ArrayCounts& array) {
  return std::tuple(array.kind, array.name, array.stack);
}

// Of two parts with the same key the first takes the second in.
template <typename Part>
class Sum {
 public:
  void take(const std::vector<Part>& parts) {
    for (const Part& part : parts) {
      const auto [place, is_new] = by_key_.try_emplace(key_of(part), part);
      if (!is_new) add(place->second, part);
    }
  }
  std::vector<Part> all() const {
    std::vector<Part> parts;
    for (const auto& [key, part] : by_key_) parts.push_back(part);
    return parts;
  }

 private:
  std::map<decltype(key_of(std::declval<Part>())), Part> by_key_{};
};

}  // namespace

Attribution attribution_from(std::string_view text) {
  try {
    const json root = json::parse(text);
    Attribution attribution;
    for (const auto& node : root.at("sites")) attribution.sites.push_back(site_from(node));
    for (const auto& node : root.at("arrays")) attribution.arrays.push_back(array_from(node));
    return attribution;
  } catch (const json::exception& error) {
    throw std::runtime_error(error.what());
  }
}

void add(SiteCounts& sum, const SiteCounts& part) {
  sum.instructions += part.instructions;
  sum.loads += part.loads;
  sum.stores += part.stores;
  sum.branches += part.branches;
  sum.mispredicted += part.mispredicted;
  add(sum.levels, part.levels);
}

Attribution sum_of(const std::vector<Attribution>& parts) {
  Sum<SiteCounts> sites;
  Sum<ArrayCounts> arrays;
  for (const Attribution& part : parts) {
    sites.take(part.sites);
    arrays.take(part.arrays);
  }
  return {sites.all(), arrays.all()};
}

Attribution read_attribution(const std::filesystem::path& folder) {
  std::vector<Attribution> parts;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream stream(entry.path());
    parts.push_back(attribution_from(std::string{std::istreambuf_iterator<char>(stream), {}}));
  }
  return sum_of(parts);
}

}  // namespace countercheck
