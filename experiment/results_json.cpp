#include "experiment/results_json.hpp"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "experiment/ending.hpp"

namespace countercheck {
namespace {

using nlohmann::json;

// JSON's numbers are doubles to most readers, which hold whole numbers up to 2^53 only; the bits of a digest go as
// text.
json to_json(const Digest& digest) {
  json parts = json::array();
  for (const auto& part : digest) {
    if (const auto* exact = std::get_if<std::uint64_t>(&part))
      parts.push_back({{"exact", fmt::format("{:016x}", *exact)}});
    if (const auto* real = std::get_if<double>(&part)) {
      parts.push_back({{"real", fmt::format("{:016x}", std::bit_cast<std::uint64_t>(*real))},
                       {"about", fmt::format("{:.17g}", *real)}});
    }
  }
  return parts;
}

json to_json(const Reading& reading) {
  json object = {{"event", reading.event},
                 {"source", to_string(reading.source)},
                 {"unit", to_string(reading.unit)},
                 {"privilege", to_string(reading.privilege)}};
  if (const auto* why = absence(reading)) {
    object["value"] = nullptr;
    object["absent"] = to_string(why->reason);
    object["why"] = why->sentence;
  } else {
    object["value"] = std::get<std::uint64_t>(reading.value);
  }
  if (reading.time_enabled != 0 || reading.time_running != 0) {
    object["enabled_ns"] = reading.time_enabled;
    object["running_ns"] = reading.time_running;
  }
  if (reading.group != 0) object["group"] = reading.group;
  for (const auto& core : reading.cores) {
    object["cores"].push_back({{"pmu", core.pmu},
                               {"value", core.value ? json(*core.value) : json()},
                               {"there_ns", core.time_there},
                               {"running_ns", core.time_running}});
  }
  return object;
}

json to_json(const SimulatedProcess& process) {
  json threads = json::array();
  for (const auto& thread : process.threads) {
    threads.push_back({{"thread", thread.thread},
                       {"instructions", thread.instructions},
                       {"last_level_misses", thread.last_level_misses}});
  }
  return {{"pid", process.pid}, {"image", process.image}, {"program", process.program}, {"threads", threads}};
}

json to_json(const Simulation& simulation) {
  return {{"engine", simulation.engine}, {"machine", simulation.machine}, {"caches", simulation.caches},
          {"notes", simulation.notes},   {"pinned", simulation.pinned},   {"scaled", simulation.scaled}};
}

json to_json(const Meaning& meaning) {
  return {
      {"event", meaning.event}, {"level", meaning.level}, {"requests", meaning.requests}, {"differs", meaning.differs}};
}

json to_json(const ShortRun& run) {
  return {{"command", run.command}, {"steps", run.steps}, {"of", run.of}};
}

json to_json(const Machine& machine) {
  json caches = json::array();
  for (const auto& cache : machine.caches) {
    caches.push_back({{"level", cache.level},
                      {"type", cache.type},
                      {"bytes", cache.bytes},
                      {"ways", cache.ways},
                      {"line", cache.line},
                      {"instances", cache.instances}});
  }
  return {{"cpu", machine.cpu},
          {"cpu_id", machine.cpu_id},
          {"architecture", machine.architecture},
          {"kernel", machine.kernel},
          {"system", machine.system},
          {"hypervisor", machine.hypervisor},
          {"cpus", machine.cpus},
          {"cpus_allowed", machine.cpus_allowed},
          {"memory_bytes", machine.memory},
          {"page_bytes", machine.page},
          {"transparent_huge_pages", machine.huge_pages},
          {"perf_event_paranoid", machine.perf_event_paranoid},
          {"caches", caches}};
}

// A value of the file with its place, so that every complaint says where.
class Node {
 public:
  Node(const json& value, std::string place) : value_(value), place_(std::move(place)) {}

  [[noreturn]] void complain(const std::string& what) const {
    throw std::runtime_error(fmt::format("{}: {}", place_.empty() ? "the file" : place_, what));
  }

  Node at(const std::string& key) const {
    if (!value_.is_object()) complain("is no object");
    const auto found = value_.find(key);
    const std::string place = place_.empty() ? key : place_ + "." + key;
    if (found == value_.end()) throw std::runtime_error(place + ": is missing");
    return {*found, place};
  }
  bool has(const std::string& key) const { return value_.is_object() && value_.contains(key); }
  bool is_null() const { return value_.is_null(); }

  std::string text() const {
    if (!value_.is_string()) complain("is no text");
    return value_.get<std::string>();
  }
  bool flag() const {
    if (!value_.is_boolean()) complain("is neither true nor false");
    return value_.get<bool>();
  }
  template <typename Number>
  Number whole() const {
    if (!value_.is_number_integer()) complain("is no whole number");
    if (value_.is_number_unsigned()) {
      const auto number = value_.get<std::uint64_t>();
      if (!std::in_range<Number>(number)) complain("is too large");
      return static_cast<Number>(number);
    }
    const auto number = value_.get<std::int64_t>();
    if (!std::in_range<Number>(number)) complain("is out of range");
    return static_cast<Number>(number);
  }
  template <typename Enum>
  Enum named(std::optional<Enum> (*from)(std::string_view)) const {
    const auto value = from(text());
    if (!value) complain(fmt::format("'{}' is not a known word here", text()));
    return *value;
  }
  std::uint64_t hexadecimal() const {
    const std::string digits = text();
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc() || end != digits.data() + digits.size()) complain("is no hexadecimal number");
    return value;
  }
  template <typename Read>
  auto list(Read read) const {
    if (!value_.is_array()) complain("is no list");
    std::vector<decltype(read(*this))> items;
    items.reserve(value_.size());
    for (std::size_t i = 0; i < value_.size(); ++i)
      items.push_back(read(Node(value_[i], fmt::format("{}[{}]", place_, i))));
    return items;
  }

 private:
  const json& value_;
  std::string place_;
};

std::string text_of(const Node& node) {
  return node.text();
}

Cache cache_from(const Node& node) {
  return {.level = node.at("level").whole<unsigned>(),
          .type = node.at("type").text(),
          .bytes = node.at("bytes").whole<std::uint64_t>(),
          .ways = node.at("ways").whole<unsigned>(),
          .line = node.at("line").whole<unsigned>(),
          .instances = node.at("instances").whole<unsigned>()};
}

Machine machine_from(const Node& node) {
  return {.cpu = node.at("cpu").text(),
          .cpu_id = node.at("cpu_id").text(),
          .architecture = node.at("architecture").text(),
          .kernel = node.at("kernel").text(),
          .system = node.at("system").text(),
          .hypervisor = node.at("hypervisor").text(),
          .cpus = node.at("cpus").whole<unsigned>(),
          .cpus_allowed = node.at("cpus_allowed").whole<unsigned>(),
          .memory = node.at("memory_bytes").whole<std::uint64_t>(),
          .page = node.at("page_bytes").whole<std::uint64_t>(),
          .huge_pages = node.at("transparent_huge_pages").text(),
          .perf_event_paranoid = node.at("perf_event_paranoid").whole<int>(),
          .caches = node.at("caches").list(cache_from)};
}

Simulation simulation_from(const Node& node) {
  return {.engine = node.at("engine").text(),
          .machine = node.at("machine").text(),
          .caches = node.at("caches").text(),
          .notes = node.at("notes").list(text_of),
          .pinned = node.at("pinned").list(text_of),
          .scaled = node.at("scaled").flag()};
}

Meaning meaning_from(const Node& node) {
  return {.event = node.at("event").text(),
          .level = node.at("level").text(),
          .requests = node.at("requests").text(),
          .differs = node.at("differs").text()};
}

ShortRun short_run_from(const Node& node) {
  ShortRun run{.command = node.at("command").list(text_of),
               .steps = node.at("steps").whole<std::uint64_t>(),
               .of = node.at("of").whole<std::uint64_t>()};
  if (run.steps == 0) node.at("steps").complain("is 0");
  return run;
}

Variant variant_from(const Node& node) {
  Variant variant{.name = node.at("name").text(),
                  .scheme = node.at("scheme").text(),
                  .stresses = node.at("stresses").text(),
                  .command = node.at("command").list(text_of)};
  if (node.has("simulated")) variant.simulated = short_run_from(node.at("simulated"));
  return variant;
}

SimulatedThread thread_from(const Node& node) {
  return {.thread = node.at("thread").whole<unsigned>(),
          .instructions = node.at("instructions").whole<std::uint64_t>(),
          .last_level_misses = node.at("last_level_misses").whole<std::uint64_t>()};
}

SimulatedProcess process_from(const Node& node) {
  return {.pid = node.at("pid").whole<std::uint64_t>(),
          .image = node.at("image").whole<unsigned>(),
          .program = node.at("program").text(),
          .threads = node.at("threads").list(thread_from)};
}

CoreCount core_count_from(const Node& node) {
  CoreCount core{.pmu = node.at("pmu").text(),
                 .time_there = node.at("there_ns").whole<std::uint64_t>(),
                 .time_running = node.at("running_ns").whole<std::uint64_t>()};
  if (!node.at("value").is_null()) core.value = node.at("value").whole<std::uint64_t>();
  return core;
}

Reading reading_from(const Node& node) {
  Reading reading{.event = node.at("event").text(),
                  .source = node.at("source").named(source_from),
                  .unit = node.at("unit").named(unit_from),
                  .privilege = node.at("privilege").named(privilege_from)};
  if (node.at("value").is_null()) {
    reading.value = Absence{node.at("absent").named(absence_reason_from), node.at("why").text()};
  } else {
    reading.value = node.at("value").whole<std::uint64_t>();
  }
  if (node.has("enabled_ns")) reading.time_enabled = node.at("enabled_ns").whole<std::uint64_t>();
  if (node.has("running_ns")) reading.time_running = node.at("running_ns").whole<std::uint64_t>();
  if (node.has("group")) reading.group = node.at("group").whole<unsigned>();
  if (node.has("cores")) reading.cores = node.at("cores").list(core_count_from);
  return reading;
}

Digest digest_from(const Node& node) {
  Digest digest;
  node.list([&](const Node& part) {
    if (part.has("exact")) {
      digest.emplace_back(part.at("exact").hexadecimal());
    } else {
      digest.emplace_back(std::bit_cast<double>(part.at("real").hexadecimal()));
    }
    return 0;
  });
  return digest;
}

Sample sample_from(const Node& node, const Experiment& experiment) {
  Sample sample{.variant = node.at("variant").whole<std::size_t>(),
                .round = node.at("round").whole<unsigned>(),
                .started = node.at("started_ns").whole<std::uint64_t>(),
                .ending = node.at("ending").named(ending_from),
                .status = node.at("status").whole<int>(),
                .region_entries = node.at("region_entries").whole<std::uint64_t>(),
                .digest = digest_from(node.at("digest")),
                .readings = node.at("readings").list(reading_from)};
  if (node.has("pass")) sample.pass = node.at("pass").named(pass_from);
  if (node.has("event_pass")) sample.event_pass = node.at("event_pass").whole<unsigned>();
  if (node.has("lasted_ns")) sample.lasted = node.at("lasted_ns").whole<std::uint64_t>();
  if (node.has("work_items")) sample.work_items = node.at("work_items").whole<std::uint64_t>();
  if (node.has("processes")) sample.processes = node.at("processes").list(process_from);
  if (sample.variant >= experiment.variants.size()) node.at("variant").complain("names no variant of the file");
  if (sample.event_pass >= samples_in_round(experiment)) node.at("event_pass").complain("names no pass of the file");
  if (sample.readings.size() != experiment.events.size()) {
    node.at("readings")
        .complain(fmt::format("has {} readings for {} events", sample.readings.size(), experiment.events.size()));
  }
  return sample;
}

}  // namespace

json to_json(const Experiment& experiment) {
  json variants = json::array();
  for (const auto& variant : experiment.variants) {
    variants.push_back({{"name", variant.name},
                        {"scheme", variant.scheme},
                        {"stresses", variant.stresses},
                        {"command", variant.command}});
    if (variant.simulated) variants.back()["simulated"] = to_json(*variant.simulated);
  }
  json object = {{"format", "countercheck results"},
                 {"schema", kSchema},
                 {"tool_version", experiment.tool_version},
                 {"kind", to_string(experiment.kind)},
                 {"title", experiment.title},
                 {"problem", experiment.problem},
                 {"work_item", experiment.work_item},
                 {"region", experiment.region},
                 {"rounds", experiment.rounds},
                 {"began", experiment.began},
                 {"machine", to_json(experiment.machine)},
                 {"variants", variants},
                 {"baseline", experiment.baseline},
                 {"events", experiment.events}};
  if (experiment.simulation) object["simulation"] = to_json(*experiment.simulation);
  if (!experiment.event_passes.empty()) {
    object["event_passes"] = experiment.event_passes;
    object["anchor"] = experiment.anchor;
  }
  for (const auto& meaning : experiment.meanings) object["meanings"].push_back(to_json(meaning));
  return object;
}

json to_json(const Sample& sample) {
  json readings = json::array();
  for (const auto& reading : sample.readings) readings.push_back(to_json(reading));
  json object = {{"variant", sample.variant},        {"round", sample.round},
                 {"pass", to_string(sample.pass)},   {"started_ns", sample.started},
                 {"lasted_ns", sample.lasted},       {"ending", to_string(sample.ending)},
                 {"status", sample.status},          {"region_entries", sample.region_entries},
                 {"digest", to_json(sample.digest)}, {"readings", readings}};
  if (sample.event_pass != 0) object["event_pass"] = sample.event_pass;
  if (sample.work_items) object["work_items"] = *sample.work_items;
  if (sample.pass == Pass::simulated) {
    object["processes"] = json::array();
    for (const auto& process : sample.processes) object["processes"].push_back(to_json(process));
  }
  return object;
}

Experiment experiment_from(const json& value) {
  const Node root(value, "");
  if (!root.has("format") || root.at("format").text() != "countercheck results")
    root.complain("holds no countercheck results");
  const int schema = root.at("schema").whole<int>();
  if (schema < kOldestSchema || schema > kSchema) {
    root.at("schema").complain(fmt::format("is not {} to {}, which this countercheck reads", kOldestSchema, kSchema));
  }
  Experiment experiment{.tool_version = root.at("tool_version").text(),
                        .kind = root.at("kind").named(kind_from),
                        .title = root.at("title").text(),
                        .problem = root.at("problem").text(),
                        .work_item = root.at("work_item").text(),
                        .region = root.at("region").flag(),
                        .rounds = root.at("rounds").whole<unsigned>(),
                        .began = root.at("began").text(),
                        .machine = machine_from(root.at("machine")),
                        .variants = root.at("variants").list(variant_from),
                        .baseline = root.at("baseline").whole<std::size_t>(),
                        .events = root.at("events").list(text_of),
                        .notes = root.at("notes").list(text_of)};
  if (root.has("event_passes")) {
    experiment.event_passes = root.at("event_passes").list([](const Node& pass) { return pass.list(text_of); });
    experiment.anchor = root.at("anchor").text();
  }
  if (root.has("meanings")) experiment.meanings = root.at("meanings").list(meaning_from);
  if (root.has("simulation")) experiment.simulation = simulation_from(root.at("simulation"));
  if (experiment.variants.empty()) root.at("variants").complain("is empty");
  if (experiment.baseline >= experiment.variants.size()) root.at("baseline").complain("names no variant of the file");
  experiment.samples = root.at("samples").list([&](const Node& node) { return sample_from(node, experiment); });
  return experiment;
}

}  // namespace countercheck
