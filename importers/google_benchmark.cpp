#include "importers/google_benchmark.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "counters/catalogue.hpp"
#include "experiment/json_node.hpp"
#include "importers/imported_json.hpp"

namespace countercheck {
namespace {

constexpr std::uint64_t kIterations = 1'000'000;

struct TimeUnit {
  std::string_view name;
  double nanoseconds;
};
constexpr TimeUnit kTimeUnits[] = {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}};

// Keys that are no counters.
constexpr std::string_view kOwnKeys[] = {"name",
                                         "family_index",
                                         "per_family_instance_index",
                                         "run_name",
                                         "run_type",
                                         "repetitions",
                                         "repetition_index",
                                         "threads",
                                         "aggregate_name",
                                         "aggregate_unit",
                                         "iterations",
                                         "real_time",
                                         "cpu_time",
                                         "time_unit",
                                         "label",
                                         "error_occurred",
                                         "error_message",
                                         "skipped",
                                         "skip_message"};

struct Time {
  const char* key;
  const char* event;
};
constexpr Time kTimes[] = {{"real_time", "wall-time"}, {"cpu_time", "cpu-time"}};

bool told(const JsonNode& node, const char* key) {
  return node.has(key) && !node.at(key).is_null();
}

double unit_of(const JsonNode& node) {
  if (!told(node, "time_unit")) return 1;
  const std::string name = node.at("time_unit").text();
  for (const TimeUnit& unit : kTimeUnits) {
    if (unit.name == name) return unit.nanoseconds;
  }
  node.at("time_unit").complain(fmt::format("'{}' is no unit of Google Benchmark's", name));
}

// Versions before 1.5 tell an aggregate by its name only.
std::string aggregate_of(const JsonNode& node) {
  if (told(node, "run_type")) {
    if (node.at("run_type").text() != "aggregate") return "";
    return told(node, "aggregate_name") ? node.at("aggregate_name").text() : "unnamed";
  }
  const std::string name = node.at("name").text();
  for (const std::string_view aggregate : {"mean", "median", "stddev", "cv", "BigO", "RMS"}) {
    if (name.size() > aggregate.size() + 1 && name.ends_with(aggregate) &&
        name[name.size() - aggregate.size() - 1] == '_') {
      return std::string(aggregate);
    }
  }
  return "";
}

std::string run_name(const JsonNode& node, const std::string& aggregate) {
  if (told(node, "run_name")) return node.at("run_name").text();
  const std::string name = node.at("name").text();
  return aggregate.empty() ? name : name.substr(0, name.size() - aggregate.size() - 1);
}

// The aggregates of one benchmark: the mean and what its error is worked out from.
struct Aggregated {
  std::optional<ImportedSample> mean{};
  std::map<std::string, double> deviation{};  // by event, in ns of one iteration
  std::map<std::string, double> centre{};
  std::optional<unsigned> repetitions{};
};

class Reader {
 public:
  explicit Reader(const nlohmann::json& root) : root_(root, "") {
    imported_.tool = "Google Benchmark";
    imported_.work_item = "iteration";
    imported_.region = true;
  }

  Imported read() {
    root_.at("benchmarks").list([&](const JsonNode& node) {
      take(node);
      return 0;
    });
    for (auto& [name, aggregated] : aggregates_) add_summary(name, aggregated);
    if (imported_.variants.empty()) root_.at("benchmarks").complain("holds no benchmark that ran");
    for (const std::string& key : counters_) {
      leave_out(imported_, fmt::format("counter '{}'", key),
                "the file does not tell what it is per, nor whether less of it is better");
    }
    imported_.notes.push_back(
        "Google Benchmark tells times per iteration: what stands here is that of 1,000,000 iterations of each "
        "benchmark");
    return std::move(imported_);
  }

 private:
  void take(const JsonNode& node) {
    const std::string aggregate = aggregate_of(node);
    const std::string name = run_name(node, aggregate);
    for (const char* key : {"error_occurred", "skipped"}) {
      if (!told(node, key) || !node.at(key).value().is_boolean() || !node.at(key).flag()) continue;
      const char* const message = key == std::string_view("skipped") ? "skip_message" : "error_message";
      const std::string why = told(node, message) ? node.at(message).text() : std::string("no reason is given");
      return leave_out(imported_, node.place(), fmt::format("'{}' did not run: {}", name, why));
    }
    if (aggregate == "mean" || aggregate == "stddev") return take_aggregate(node, name, aggregate);
    if (!aggregate.empty()) return;  // worked out from the others
    ImportedVariant& variant = variant_of(name);
    if (auto sample = sample_of(node)) variant.samples.push_back(std::move(*sample));
    if (variant.samples.empty()) drop(name);
  }

  ImportedVariant& variant_of(const std::string& name) {
    const auto [place, is_new] = places_.try_emplace(name, imported_.variants.size());
    if (is_new) imported_.variants.push_back({.name = name});
    return imported_.variants[place->second];
  }
  void drop(const std::string& name) {
    places_.erase(name);
    imported_.variants.pop_back();
  }

  std::optional<ImportedSample> sample_of(const JsonNode& node) {
    const double unit = unit_of(node);
    ImportedSample sample{.work_items = kIterations};
    if (told(node, "iterations")) sample.region_entries = node.at("iterations").whole<std::uint64_t>();
    for (const Time& time : kTimes) {
      if (!told(node, time.key)) continue;
      const auto value = scaled_whole(node.at(time.key).real(), unit * static_cast<double>(kIterations));
      if (!value) {
        leave_out(imported_, node.place() + "." + time.key, "it is no time that can be shown");
        continue;
      }
      add(sample, {.event = time.event, .unit = Unit::nanoseconds, .value = *value});
    }
    add_counters(node, sample);
    return sample.readings.empty() ? std::nullopt : std::optional(std::move(sample));
  }

  // perf counters go by libpfm's names, of which those that are perf's too are known.
  void add_counters(const JsonNode& node, ImportedSample& sample) {
    for (const auto& [key, value] : node.value().items()) {
      if (!value.is_number() || std::find(std::begin(kOwnKeys), std::end(kOwnKeys), key) != std::end(kOwnKeys))
        continue;
      const NamedEvent* const named = find_named_event(key);
      const bool counter = named && named->source == Source::pmu;
      const auto count = counter ? scaled_whole(value.get<double>(), static_cast<double>(kIterations)) : std::nullopt;
      if (count) {
        add(sample, {.event = std::string(named->name), .unit = Unit::count, .value = *count});
      } else {
        counters_.insert(key);
      }
    }
  }

  static void add(ImportedSample& sample, Reading reading) {
    const auto same = [&](const Reading& other) { return other.event == reading.event; };
    if (std::any_of(sample.readings.begin(), sample.readings.end(), same)) return;
    reading.source = Source::import;
    sample.readings.push_back(std::move(reading));
  }

  void take_aggregate(const JsonNode& node, const std::string& name, const std::string& aggregate) {
    Aggregated& into = aggregates_[name];
    if (told(node, "repetitions")) into.repetitions = node.at("repetitions").whole<unsigned>();
    auto& figures = aggregate == "mean" ? into.centre : into.deviation;
    for (const Time& time : kTimes) {
      if (told(node, time.key)) figures[time.event] = node.at(time.key).real() * unit_of(node);
    }
    if (aggregate != "mean") return;
    into.mean = sample_of(node);
    if (into.mean) into.mean->region_entries = 0;  // an aggregate's "iterations" are its repetitions
  }

  // Only where the repetitions themselves are not in the file.
  void add_summary(const std::string& name, Aggregated& aggregated) {
    if (places_.contains(name) || !aggregated.mean) return;
    const bool known = aggregated.repetitions.value_or(0) >= 2;
    for (Reading& reading : aggregated.mean->readings) {
      Summary summary;
      if (known) summary.runs = aggregated.repetitions;
      const double centre = aggregated.centre[reading.event];
      const auto deviation = aggregated.deviation.find(reading.event);
      if (known && centre > 0 && deviation != aggregated.deviation.end() && deviation->second >= 0) {
        summary.relative_error = deviation->second / centre / std::sqrt(*summary.runs);
      }
      reading.summary = summary;
    }
    variant_of(name).samples.push_back(std::move(*aggregated.mean));
  }

  JsonNode root_;
  Imported imported_;
  std::map<std::string, std::size_t> places_;  // of a benchmark among the variants
  std::map<std::string, Aggregated> aggregates_;
  std::set<std::string> counters_;  // that are not read
};

}  // namespace

bool looks_like_google_benchmark(std::string_view text) {
  return text.find("\"benchmarks\"") != std::string_view::npos && text.find("\"real_time\"") != std::string_view::npos;
}

Imported read_google_benchmark(std::string_view text) {
  const nlohmann::json root = parse_json(text);
  return Reader(root).read();
}

}  // namespace countercheck
