#include "importers/papi_high_level.hpp"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <set>
#include <stdexcept>

#include "experiment/json_node.hpp"
#include "importers/imported_json.hpp"

namespace countercheck {
namespace {

// All that the file says of one region, over its threads.
struct Region {
  std::map<std::string, std::uint64_t> sums{};
  std::vector<std::string> order{};  // of the events
  std::set<std::string> threads{};
  std::set<std::string> bad{};  // events of which a part could not be read, so that no sum can be given
  std::uint64_t entries = 0;
};

// Numbers are texts there: "1364391136"; with marks inside the region, objects of the total and the marks.
std::optional<std::uint64_t> number_of(const nlohmann::json& value) {
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  if (value.is_object()) {
    for (const char* key : {"region_value", "total"}) {
      const auto found = value.find(key);
      if (found != value.end() && !found->is_object()) return number_of(*found);
    }
    return std::nullopt;
  }
  if (!value.is_string()) return std::nullopt;
  const auto& digits = value.get_ref<const std::string&>();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
}

class Reader {
 public:
  explicit Reader(const nlohmann::json& root) : root_(root, "") {
    imported_.tool = "PAPI's high-level interface";
    imported_.region = true;
  }

  Imported read() {
    if (root_.has("cpu_info")) imported_.cpu = root_.at("cpu_info").text();
    find_instantaneous();
    const JsonNode threads = root_.at("threads");
    each(threads, [&](const std::string& key, const JsonNode& thread) {
      const std::string id = thread.has("id") ? thread.at("id").text() : key;
      each(thread.at("regions"), [&](const std::string& number, const JsonNode& region) { take(id, number, region); });
    });
    for (const std::string& name : order_) add_variant(name);
    if (imported_.variants.empty()) threads.complain("holds no region with a count");
    return std::move(imported_);
  }

 private:
  // An object's members, or a list's items under their numbers.
  template <typename Take>
  static void each(const JsonNode& node, Take take) {
    if (!node.value().is_object() && !node.value().is_array()) node.complain("is neither a list nor an object");
    for (const auto& [key, value] : node.value().items()) take(key, JsonNode(value, node.place() + "." + key));
  }

  // The last value of a gauge, of which no sum and no difference is made.
  void find_instantaneous() {
    if (!root_.has("event_definitions")) return;
    each(root_.at("event_definitions"), [&](const std::string& event, const JsonNode& definition) {
      if (definition.has("type") && definition.at("type").text() != "delta") instantaneous_.insert(event);
    });
  }

  void take(const std::string& thread, const std::string& number, const JsonNode& region) {
    if (region.has("name")) return add(region.at("name").text(), thread, region);
    // PAPI 6: {"computation": {...}}
    if (!region.value().is_object() || region.value().size() != 1) {
      return leave_out(imported_, region.place(), fmt::format("region {} has no name", number));
    }
    each(region, [&](const std::string& name, const JsonNode& values) { add(name, thread, values); });
  }

  void add(const std::string& name, const std::string& thread, const JsonNode& values) {
    const auto [found, is_new] = regions_.try_emplace(name);
    if (is_new) order_.push_back(name);
    Region& region = found->second;
    region.threads.insert(thread);
    if (!values.has("region_count")) ++region.entries;
    each(values, [&](const std::string& key, const JsonNode& value) {
      if (key == "name" || key == "parent_region_id") return;
      const auto count = number_of(value.value());
      if (key == "region_count") {
        region.entries += count.value_or(0);
        return;
      }
      add_value(region, key, count, value.place());
    });
  }

  void add_value(Region& region, const std::string& event, std::optional<std::uint64_t> count,
                 const std::string& place) {
    if (!count) {
      leave_out(imported_, place, "it is no count");
      region.bad.insert(event);
      return;
    }
    const auto [sum, is_new] = region.sums.try_emplace(event, 0);
    if (is_new) region.order.push_back(event);
    if (__builtin_add_overflow(sum->second, *count, &sum->second)) {
      if (region.bad.insert(event).second) leave_out(imported_, place, "the sum is larger than any counter holds");
    }
  }

  void add_variant(const std::string& name) {
    const Region& region = regions_.at(name);
    ImportedSample sample{.region_entries = region.entries};
    for (const std::string& event : region.order) {
      if (region.bad.contains(event)) continue;
      if (instantaneous_.contains(event)) {
        leave_out(imported_, fmt::format("'{}' of region '{}'", event, name), "it is a momentary value, no count");
        continue;
      }
      const bool is_time = event == "real_time_nsec";
      if (is_time && region.threads.size() > 1) {
        leave_out(
            imported_, fmt::format("'{}' of region '{}'", event, name),
            fmt::format("{} threads were in it, and how much they overlapped is not told", region.threads.size()));
        continue;
      }
      sample.readings.push_back({.event = is_time             ? "wall-time"
                                          : event == "cycles" ? "real-cycles"
                                                              : event,
                                 .source = Source::import,
                                 .unit = is_time ? Unit::nanoseconds : Unit::count,
                                 .value = region.sums.at(event)});
    }
    if (sample.readings.empty())
      return leave_out(imported_, fmt::format("region '{}'", name), "there is no count in it");
    imported_.variants.push_back({.name = name, .samples = {std::move(sample)}});
  }

  JsonNode root_;
  Imported imported_;
  std::map<std::string, Region> regions_;
  std::vector<std::string> order_;  // of the regions
  std::set<std::string> instantaneous_;
};

}  // namespace

bool looks_like_papi_high_level(std::string_view text) {
  return text.find("\"threads\"") != std::string_view::npos && text.find("\"regions\"") != std::string_view::npos;
}

Imported read_papi_high_level(std::string_view text) {
  const nlohmann::json root = parse_json(text);
  return Reader(root).read();
}

}  // namespace countercheck
