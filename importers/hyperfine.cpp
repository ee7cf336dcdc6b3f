#include "importers/hyperfine.hpp"

#include <fmt/format.h>

#include "experiment/json_node.hpp"
#include "importers/imported_json.hpp"

namespace countercheck {
namespace {

constexpr double kNanoseconds = 1e9;  // in a second

// Of one run: what the entry's lists hold at its place.
class Entry {
 public:
  Entry(const JsonNode& node, Imported& imported) : value_(node.value()), node_(node), imported_(imported) {}

  ImportedVariant read() {
    ImportedVariant variant{.name = node_.at("command").text()};
    const nlohmann::json& times = list_of("times");
    if (times.empty()) node_.at("times").complain("is empty: there is no run in it");
    check_length("exit_codes", times.size());
    check_length("memory_usage_byte", times.size());
    for (std::size_t run = 0; run < times.size(); ++run) {
      if (auto sample = sample_of(times[run], run)) variant.samples.push_back(std::move(*sample));
    }
    if (statuses_ > 0) {
      imported_.notes.push_back(
          fmt::format("{} of {} runs of '{}' ended with a status other than 0, which hyperfine was told to ignore",
                      statuses_, times.size(), variant.name));
    }
    return variant;
  }

 private:
  const nlohmann::json& list_of(const char* key) const {
    const JsonNode list = node_.at(key);
    if (!value_.at(key).is_array()) list.complain("is no list");
    return value_.at(key);
  }

  bool has(const char* key) const { return value_.contains(key) && !value_.at(key).is_null(); }

  void check_length(const char* key, std::size_t length) const {
    if (has(key) && list_of(key).size() != length) {
      node_.at(key).complain(fmt::format("has {} entries for {} times", list_of(key).size(), length));
    }
  }

  std::optional<ImportedSample> sample_of(const nlohmann::json& time, std::size_t run) {
    const std::string place = node_.place() + fmt::format(".times[{}]", run);
    const auto nanoseconds = time.is_number() ? scaled_whole(time.get<double>(), kNanoseconds) : std::nullopt;
    if (!nanoseconds) {
      leave_out(imported_, place, "it is no time in seconds");
      return std::nullopt;
    }
    ImportedSample sample;
    if (has("exit_codes")) {
      const auto& status = value_.at("exit_codes")[run];
      if (!status.is_number_integer()) {
        leave_out(imported_, place, "the run has no exit status: a signal ended it");
        return std::nullopt;
      }
      sample.status = status.get<int>();
      if (sample.status != 0) ++statuses_;
    }
    add(sample, {.event = "wall-time", .unit = Unit::nanoseconds, .value = *nanoseconds});
    add(sample, mean_only("user-time", "user"));
    add(sample, mean_only("system-time", "system"));
    if (has("memory_usage_byte")) {
      const auto& bytes = value_.at("memory_usage_byte")[run];
      Reading peak{.event = "peak-rss", .unit = Unit::bytes};
      if (bytes.is_number_unsigned()) {
        peak.value = bytes.get<std::uint64_t>();
      } else {
        peak.value = Absence{AbsenceReason::not_told, "hyperfine tells no number for this run"};
      }
      add(sample, std::move(peak));
    }
    return sample;
  }

  static void add(ImportedSample& sample, Reading reading) {
    reading.source = Source::import;
    sample.readings.push_back(std::move(reading));
  }

  Reading mean_only(const char* event, const char* key) const {
    Reading reading{.event = event, .unit = Unit::nanoseconds};
    const bool told = has(key) && value_.at(key).is_number();
    reading.value = Absence{
        AbsenceReason::not_told,
        told ? fmt::format("hyperfine keeps only the mean over the runs, {:.9g} s", value_.at(key).get<double>())
             : std::string("hyperfine does not tell it")};
    return reading;
  }

  const nlohmann::json& value_;
  const JsonNode& node_;
  Imported& imported_;
  std::size_t statuses_ = 0;
};

}  // namespace

bool looks_like_hyperfine(std::string_view text) {
  return text.find("\"results\"") != std::string_view::npos && text.find("\"times\"") != std::string_view::npos &&
         text.find("\"command\"") != std::string_view::npos;
}

Imported read_hyperfine(std::string_view text) {
  const nlohmann::json root = parse_json(text);
  Imported imported{.tool = "hyperfine"};
  const auto results = JsonNode(root, "").at("results");
  results.list([&](const JsonNode& node) {
    ImportedVariant variant = Entry(node, imported).read();
    if (!variant.samples.empty()) imported.variants.push_back(std::move(variant));
    return 0;
  });
  if (imported.variants.empty()) results.complain("holds no run");
  return imported;
}

}  // namespace countercheck
