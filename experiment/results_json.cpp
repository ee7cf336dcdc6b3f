#include "experiment/results_json.hpp"

#include <fmt/format.h>

#include <bit>
#include <nlohmann/json.hpp>

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
  if (const auto& summary = reading.summary) {
    object["summary"] = json::object();
    if (summary->runs) object["summary"]["runs"] = *summary->runs;
    if (summary->relative_error) object["summary"]["relative_error"] = *summary->relative_error;
  }
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

json to_json(const Plan& plan) {
  json object = {
      {"order", to_string(plan.order)},  {"seed", plan.seed}, {"warm_up", plan.warm_up},      {"layouts", plan.layouts},
      {"stops_early", plan.stops_early}, {"cpus", plan.cpus}, {"randomised", plan.randomised}};
  if (plan.seconds) object["seconds"] = *plan.seconds;
  return object;
}

json to_json(const Terms& terms) {
  return {{"tolerance", terms.tolerance}, {"confidence", terms.confidence}, {"expectations", terms.expectations}};
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

}  // namespace

json to_json(const Experiment& experiment) {
  json variants = json::array();
  for (const auto& variant : experiment.variants) {
    variants.push_back({{"name", variant.name},
                        {"scheme", variant.scheme},
                        {"stresses", variant.stresses},
                        {"command", variant.command}});
    json& object = variants.back();
    if (variant.simulated) object["simulated"] = to_json(*variant.simulated);
    for (const auto& [name, value] : variant.parameters)
      object["parameters"].push_back({{"name", name}, {"value", value}});
    if (variant.again) object["again"] = *variant.again;
    if (!variant.environment.empty()) object["environment"] = variant.environment;
    const auto add = [&](const char* key, const std::string& text) {
      if (!text.empty()) object[key] = text;
    };
    add("folder", variant.folder);
    add("revision", variant.revision);
    add("setup", variant.setup);
    add("prepare", variant.prepare);
    add("cleanup", variant.cleanup);
    if (variant.threads > 0) object["threads"] = variant.threads;
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
                 {"plan", to_json(experiment.plan)},
                 {"terms", to_json(experiment.terms)},
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
  if (sample.warm_up) object["warm_up"] = true;
  if (sample.layout != 0) object["layout"] = sample.layout;
  if (sample.event_pass != 0) object["event_pass"] = sample.event_pass;
  if (sample.work_items) object["work_items"] = *sample.work_items;
  if (sample.pass == Pass::simulated) {
    object["processes"] = json::array();
    for (const auto& process : sample.processes) object["processes"].push_back(to_json(process));
  }
  return object;
}

}  // namespace countercheck
