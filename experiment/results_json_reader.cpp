#include <fmt/format.h>

#include <bit>
#include <nlohmann/json.hpp>

#include "experiment/ending.hpp"
#include "experiment/json_node.hpp"
#include "experiment/results_json.hpp"

namespace countercheck {
namespace {

std::string text_of(const JsonNode& node) {
  return node.text();
}

Cache cache_from(const JsonNode& node) {
  return {.level = node.at("level").whole<unsigned>(),
          .type = node.at("type").text(),
          .bytes = node.at("bytes").whole<std::uint64_t>(),
          .ways = node.at("ways").whole<unsigned>(),
          .line = node.at("line").whole<unsigned>(),
          .instances = node.at("instances").whole<unsigned>()};
}

Machine machine_from(const JsonNode& node) {
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

Simulation simulation_from(const JsonNode& node) {
  return {.engine = node.at("engine").text(),
          .machine = node.at("machine").text(),
          .caches = node.at("caches").text(),
          .notes = node.at("notes").list(text_of),
          .pinned = node.at("pinned").list(text_of),
          .scaled = node.at("scaled").flag()};
}

Meaning meaning_from(const JsonNode& node) {
  return {.event = node.at("event").text(),
          .level = node.at("level").text(),
          .requests = node.at("requests").text(),
          .differs = node.at("differs").text()};
}

ShortRun short_run_from(const JsonNode& node) {
  ShortRun run{.command = node.at("command").list(text_of),
               .steps = node.at("steps").whole<std::uint64_t>(),
               .of = node.at("of").whole<std::uint64_t>()};
  if (run.steps == 0) node.at("steps").complain("is 0");
  return run;
}

Parameter parameter_from(const JsonNode& node) {
  return {.name = node.at("name").text(), .value = node.at("value").text()};
}

Plan plan_from(const JsonNode& node) {
  Plan plan{.order = node.at("order").named(order_from),
            .seed = node.at("seed").whole<std::uint64_t>(),
            .warm_up = node.at("warm_up").whole<unsigned>(),
            .layouts = node.at("layouts").whole<unsigned>(),
            .stops_early = node.at("stops_early").flag(),
            .cpus = node.at("cpus").text(),
            .randomised = node.at("randomised").flag()};
  if (node.has("seconds")) plan.seconds = node.at("seconds").real();
  if (plan.layouts == 0) node.at("layouts").complain("is 0");
  return plan;
}

Load load_from(const JsonNode& node) {
  return {.before = node.at("before").real(),
          .after = node.at("after").real(),
          .cpus = node.at("cpus").whole<std::size_t>()};
}

Terms terms_from(const JsonNode& node) {
  Terms terms{.tolerance = node.at("tolerance").real(),
              .confidence = node.at("confidence").real(),
              .expectations = node.at("expectations").list(text_of)};
  if (!(terms.tolerance >= 0)) node.at("tolerance").complain("is below 0");
  if (!(terms.confidence > 0 && terms.confidence < 1)) node.at("confidence").complain("is not between 0 and 1");
  return terms;
}

Variant variant_from(const JsonNode& node) {
  Variant variant{.name = node.at("name").text(),
                  .scheme = node.at("scheme").text(),
                  .stresses = node.at("stresses").text(),
                  .command = node.at("command").list(text_of)};
  if (node.has("simulated")) variant.simulated = short_run_from(node.at("simulated"));
  if (node.has("parameters")) variant.parameters = node.at("parameters").list(parameter_from);
  if (node.has("again")) variant.again = node.at("again").whole<std::size_t>();
  if (node.has("environment")) variant.environment = node.at("environment").list(text_of);
  const auto text = [&](const char* key) { return node.has(key) ? node.at(key).text() : std::string(); };
  variant.folder = text("folder");
  variant.revision = text("revision");
  variant.setup = text("setup");
  variant.prepare = text("prepare");
  variant.cleanup = text("cleanup");
  if (node.has("threads")) variant.threads = node.at("threads").whole<unsigned>();
  return variant;
}

SimulatedThread thread_from(const JsonNode& node) {
  return {.thread = node.at("thread").whole<unsigned>(),
          .instructions = node.at("instructions").whole<std::uint64_t>(),
          .last_level_misses = node.at("last_level_misses").whole<std::uint64_t>()};
}

SimulatedProcess process_from(const JsonNode& node) {
  return {.pid = node.at("pid").whole<std::uint64_t>(),
          .image = node.at("image").whole<unsigned>(),
          .program = node.at("program").text(),
          .threads = node.at("threads").list(thread_from)};
}

CoreCount core_count_from(const JsonNode& node) {
  CoreCount core{.pmu = node.at("pmu").text(),
                 .time_there = node.at("there_ns").whole<std::uint64_t>(),
                 .time_running = node.at("running_ns").whole<std::uint64_t>()};
  if (!node.at("value").is_null()) core.value = node.at("value").whole<std::uint64_t>();
  return core;
}

Summary summary_from(const JsonNode& node) {
  Summary summary;
  if (node.has("runs")) summary.runs = node.at("runs").whole<unsigned>();
  if (node.has("relative_error")) summary.relative_error = node.at("relative_error").real();
  if (summary.runs.value_or(2) < 2) node.at("runs").complain("is below 2");
  if (!(summary.relative_error.value_or(0) >= 0)) node.at("relative_error").complain("is below 0");
  return summary;
}

Reading reading_from(const JsonNode& node) {
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
  if (node.has("summary")) reading.summary = summary_from(node.at("summary"));
  return reading;
}

Digest digest_from(const JsonNode& node) {
  Digest digest;
  node.list([&](const JsonNode& part) {
    if (part.has("exact")) {
      digest.emplace_back(part.at("exact").hexadecimal());
    } else {
      digest.emplace_back(std::bit_cast<double>(part.at("real").hexadecimal()));
    }
    return 0;
  });
  return digest;
}

Sample sample_from(const JsonNode& node, const Experiment& experiment) {
  Sample sample{.variant = node.at("variant").whole<std::size_t>(),
                .round = node.at("round").whole<unsigned>(),
                .started = node.at("started_ns").whole<std::uint64_t>(),
                .ending = node.at("ending").named(ending_from),
                .status = node.at("status").whole<int>(),
                .region_entries = node.at("region_entries").whole<std::uint64_t>(),
                .digest = digest_from(node.at("digest")),
                .readings = node.at("readings").list(reading_from)};
  if (node.has("warm_up")) sample.warm_up = node.at("warm_up").flag();
  if (node.has("layout")) sample.layout = node.at("layout").whole<unsigned>();
  if (node.has("pass")) sample.pass = node.at("pass").named(pass_from);
  if (node.has("event_pass")) sample.event_pass = node.at("event_pass").whole<unsigned>();
  if (node.has("lasted_ns")) sample.lasted = node.at("lasted_ns").whole<std::uint64_t>();
  if (node.has("work_items")) sample.work_items = node.at("work_items").whole<std::uint64_t>();
  if (node.has("processes")) sample.processes = node.at("processes").list(process_from);
  if (sample.variant >= experiment.variants.size()) node.at("variant").complain("names no variant of the file");
  if (sample.layout >= experiment.plan.layouts) node.at("layout").complain("names no layout of the file");
  if (sample.event_pass >= samples_in_round(experiment)) node.at("event_pass").complain("names no pass of the file");
  if (sample.readings.size() != experiment.events.size()) {
    node.at("readings")
        .complain(fmt::format("has {} readings for {} events", sample.readings.size(), experiment.events.size()));
  }
  return sample;
}

}  // namespace

Experiment experiment_from(const nlohmann::json& value) {
  const JsonNode root(value, "");
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
  if (root.has("plan")) experiment.plan = plan_from(root.at("plan"));
  if (root.has("terms")) experiment.terms = terms_from(root.at("terms"));
  if (root.has("event_passes")) {
    experiment.event_passes = root.at("event_passes").list([](const JsonNode& pass) { return pass.list(text_of); });
    experiment.anchor = root.at("anchor").text();
  }
  if (root.has("meanings")) experiment.meanings = root.at("meanings").list(meaning_from);
  if (root.has("load")) experiment.load = load_from(root.at("load"));
  if (root.has("simulation")) experiment.simulation = simulation_from(root.at("simulation"));
  if (experiment.variants.empty()) root.at("variants").complain("is empty");
  if (experiment.baseline >= experiment.variants.size()) root.at("baseline").complain("names no variant of the file");
  for (std::size_t i = 0; i < experiment.variants.size(); ++i) {
    const auto& again = experiment.variants[i].again;
    if (again && (*again >= experiment.variants.size() || *again == i)) {
      throw std::runtime_error(fmt::format("variants[{}].again: names no other variant of the file", i));
    }
  }
  experiment.samples = root.at("samples").list([&](const JsonNode& node) { return sample_from(node, experiment); });
  return experiment;
}

}  // namespace countercheck
