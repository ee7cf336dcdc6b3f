#include "experiment/suite.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "counters/user_error.hpp"
#include "experiment/command_words.hpp"
#include "experiment/ending.hpp"
#include "experiment/text_file.hpp"
#include "experiment/toml_depth.hpp"
#include "experiment/toml_node.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kDeepestKey = 16;
constexpr std::int64_t kGreatestNumber = 1'000'000'000'000'000;  // of a range

// A key of a table, and what becomes of its value.
template <typename Target>
struct Key {
  std::string_view name;
  void (*read)(const TomlNode& value, Target& target);
};

template <typename Target, std::size_t size>
bool read_entry(const TomlNode& entry, const std::array<Key<Target>, size>& keys, Target& target) {
  const auto key = std::find_if(keys.begin(), keys.end(), [&](const auto& one) { return one.name == entry.name(); });
  if (key == keys.end()) return false;
  key->read(entry, target);
  return true;
}

template <typename Target, std::size_t size>
void append_names(const std::array<Key<Target>, size>& keys, std::vector<std::string>& names) {
  for (const auto& key : keys) names.emplace_back(key.name);
}

std::vector<std::string> texts(const TomlNode& node) {
  std::vector<std::string> all;
  for (const TomlNode& item : node.list()) all.push_back(item.text());
  return all;
}

std::string named_text(const TomlNode& node) {
  std::string text = node.text();
  if (text.empty()) node.complain("is empty");
  return text;
}

std::vector<std::string> variables(const TomlNode& table) {
  std::vector<std::string> all;
  for (const TomlNode& entry : table.entries()) {
    if (entry.name().empty() || entry.name().find_first_of(std::string_view("=\0", 2)) != std::string::npos) {
      entry.complain("cannot be the name of a variable");
    }
    all.push_back(fmt::format("{}={}", entry.name(), entry.scalar()));
  }
  return all;
}

constexpr std::array<Key<SuiteSurroundings>, 6> kSurroundings = {{
    {"environment", [](const TomlNode& value, SuiteSurroundings& it) { it.environment = variables(value); }},
    {"folder", [](const TomlNode& value, SuiteSurroundings& it) { it.folder = named_text(value); }},
    {"setup", [](const TomlNode& value, SuiteSurroundings& it) { it.setup = value.text(); }},
    {"prepare", [](const TomlNode& value, SuiteSurroundings& it) { it.prepare = value.text(); }},
    {"cleanup", [](const TomlNode& value, SuiteSurroundings& it) { it.cleanup = value.text(); }},
    {"threads", [](const TomlNode& value, SuiteSurroundings& it) { it.threads = value.scalar(); }},
}};

std::vector<std::string> words_of(const TomlNode& node) {
  if (node.is_list()) {
    std::vector<std::string> words = texts(node);
    if (words.empty() || words.front().empty()) node.complain("is empty: give a program and its arguments");
    return words;
  }
  const std::string text = node.text();
  try {
    return command_words(text);
  } catch (const UserError& error) {
    node.complain(error.what());
  }
}

constexpr std::array<Key<SuiteVariant>, 3> kVariant = {{
    {"name", [](const TomlNode& value, SuiteVariant& it) { it.name = named_text(value); }},
    {"command", [](const TomlNode& value, SuiteVariant& it) { it.command = words_of(value); }},
    {"builtin", [](const TomlNode& value, SuiteVariant& it) { it.builtin = named_text(value); }},
}};

SuiteVariant variant_from(const TomlNode& table) {
  SuiteVariant variant{.place = table.place()};
  std::vector<std::string> known;
  append_names(kVariant, known);
  append_names(kSurroundings, known);
  table.expect_keys(known);
  for (const TomlNode& entry : table.entries()) {
    if (!read_entry(entry, kVariant, variant)) read_entry(entry, kSurroundings, variant.surroundings);
  }
  if (variant.command.empty() == variant.builtin.empty()) {
    table.complain(variant.command.empty() ? "needs a command, or the builtin that it is"
                                           : "has a command and a builtin: it can be one of them only");
  }
  if (!variant.builtin.empty() && !variant.surroundings.threads.empty()) {
    table.complain("is built in, and has so many threads as the parameter 'threads' says: set that");
  }
  return variant;
}

void read_variants(const TomlNode& node, Suite& suite) {
  if (!node.is_list()) node.complain("is no list of tables: begin each variant with [[variant]]");
  for (const TomlNode& item : node.list()) {
    if (!item.is_table()) item.complain("is no table: begin each variant with [[variant]]");
    if (suite.variants.size() == kMostVariants)
      item.complain(fmt::format("there are more than {} variants", kMostVariants));
    suite.variants.push_back(variant_from(item));
    const std::string& name = suite.variants.back().name;
    const auto before = std::find_if(suite.variants.begin(), suite.variants.end() - 1,
                                     [&](const SuiteVariant& other) { return !name.empty() && other.name == name; });
    if (before != suite.variants.end() - 1)
      item.complain(fmt::format("the name {} is another variant's", in_marks(name)));
  }
}

struct Range {
  std::optional<std::int64_t> from{};
  std::optional<std::int64_t> to{};
  std::optional<std::int64_t> step{};
  std::optional<std::int64_t> times{};
};

constexpr std::array<Key<Range>, 4> kRange = {{
    {"from", [](const TomlNode& value, Range& it) { it.from = value.whole(-kGreatestNumber, kGreatestNumber); }},
    {"to", [](const TomlNode& value, Range& it) { it.to = value.whole(-kGreatestNumber, kGreatestNumber); }},
    {"step", [](const TomlNode& value, Range& it) { it.step = value.whole(1, kGreatestNumber); }},
    {"times", [](const TomlNode& value, Range& it) { it.times = value.whole(2, kGreatestNumber); }},
}};

std::vector<std::string> range_from(const TomlNode& node) {
  Range range;
  std::vector<std::string> known;
  append_names(kRange, known);
  node.expect_keys(known);
  for (const TomlNode& entry : node.entries()) read_entry(entry, kRange, range);
  if (!range.from || !range.to || range.step.has_value() == range.times.has_value()) {
    node.complain("is no range: write { from = 1, to = 16, step = 3 }, or times = 2 in place of the step");
  }
  if (*range.from > *range.to) node.complain("begins after its end: from is greater than to");
  if (range.times && *range.from < 1) node.complain("begins below 1: a range by times would not come to its end");
  std::vector<std::string> values;
  for (std::int64_t value = *range.from; value <= *range.to;) {
    if (values.size() == kMostVariants) node.complain(fmt::format("has more than {} values", kMostVariants));
    values.push_back(std::to_string(value));
    if (range.times && value > *range.to / *range.times) break;
    value = range.times ? value * *range.times : value + *range.step;
  }
  return values;
}

bool is_parameter_name(std::string_view name) {
  const auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; };
  return !name.empty() && std::all_of(name.begin(), name.end(), letter) && name != "name";
}

SuiteParameter parameter_from(const TomlNode& node) {
  if (!is_parameter_name(node.name())) {
    node.complain(
        "cannot be the name of a parameter: use letters, digits, - and _, and not 'name', which is the variant's");
  }
  SuiteParameter parameter{.place = node.place(), .name = node.name(), .scanned = node.is_list() || node.is_table()};
  if (node.is_table()) {
    parameter.values = range_from(node);
  } else if (!node.is_list()) {
    parameter.values = {node.scalar()};
  } else {
    const auto items = node.list();
    if (items.size() > kMostVariants) node.complain(fmt::format("has more than {} values", kMostVariants));
    for (const TomlNode& item : items) {
      parameter.values.push_back(item.scalar());
      const auto last = parameter.values.end() - 1;
      if (std::find(parameter.values.begin(), last, *last) != last) {
        item.complain(fmt::format("the value {} is there twice", in_marks(*last)));
      }
    }
    if (parameter.values.empty()) node.complain("is empty: a scan needs one value at least");
  }
  return parameter;
}

void read_parameters(const TomlNode& table, Suite& suite) {
  for (const TomlNode& entry : table.entries()) suite.parameters.push_back(parameter_from(entry));
}

// The word of the value, which must be one of these.
std::string word_of(const TomlNode& value, std::initializer_list<std::string_view> words) {
  const std::string text = value.text();
  if (std::find(words.begin(), words.end(), text) == words.end()) {
    value.complain(fmt::format("{} is none of {}", in_marks(text), fmt::join(words, ", ")));
  }
  return text;
}

template <typename Number>
Number whole_of(const TomlNode& value, std::int64_t least, std::int64_t most) {
  return static_cast<Number>(value.whole(least, most));
}

constexpr std::array<Key<Suite>, 4> kSimulation = {{
    {"machine", [](const TomlNode& value, Suite& suite) { suite.machine = named_text(value); }},
    {"source",
     [](const TomlNode& value, Suite& suite) {
       suite.source = word_of(value, {"auto", "sim", "measured"});
     }},
    {"interleave",
     [](const TomlNode& value, Suite& suite) { suite.interleave = whole_of<unsigned>(value, 1, kGreatestInterleave); }},
    {"scale", [](const TomlNode& value, Suite& suite) { suite.scale = value.flag(); }},
}};

void read_simulation(const TomlNode& table, Suite& suite) {
  std::vector<std::string> known;
  append_names(kSimulation, known);
  table.expect_keys(known);
  for (const TomlNode& entry : table.entries()) read_entry(entry, kSimulation, suite);
}

std::string events_of(const TomlNode& value) {
  if (!value.is_list()) return named_text(value);
  const auto names = texts(value);
  if (names.empty()) value.complain("is empty: name an event, or leave the key away");
  return fmt::format("{}", fmt::join(names, ","));
}

constexpr std::int64_t kMostRounds = 1'000'000;
constexpr double kMostSeconds = 1e9;

constexpr std::array<Key<Suite>, 28> kSuite = {{
    {"title", [](const TomlNode& value, Suite& suite) { suite.title = value.text(); }},
    {"workload",
     [](const TomlNode& value, Suite& suite) {
       suite.workload = named_text(value);
       suite.workload_place = value.place();
     }},
    {"work_item", [](const TomlNode& value, Suite& suite) { suite.work_item = value.text(); }},
    {"variant", read_variants},
    {"parameters", read_parameters},
    {"region", [](const TomlNode& value, Suite& suite) { suite.region = value.flag(); }},
    {"events", [](const TomlNode& value, Suite& suite) { suite.events = events_of(value); }},
    {"rounds",
     [](const TomlNode& value, Suite& suite) { suite.plan.rounds = whole_of<unsigned>(value, 1, kMostRounds); }},
    {"duration", [](const TomlNode& value, Suite& suite) { suite.plan.seconds = value.real_between(0, kMostSeconds); }},
    {"warm_up",
     [](const TomlNode& value, Suite& suite) { suite.plan.warm_up = whole_of<unsigned>(value, 0, kMostRounds); }},
    {"order",
     [](const TomlNode& value, Suite& suite) {
       suite.plan.order = order_from(word_of(value, {"balanced", "sequential"}));
     }},
    {"seed",
     [](const TomlNode& value, Suite& suite) {
       suite.plan.seed = whole_of<std::uint64_t>(value, 1, static_cast<std::int64_t>(kGreatestSeed));
     }},
    {"layouts",
     [](const TomlNode& value, Suite& suite) { suite.plan.layouts = whole_of<unsigned>(value, 1, kMostRounds); }},
    {"early", [](const TomlNode& value, Suite& suite) { suite.plan.stops_early = value.flag(); }},
    {"cpus", [](const TomlNode& value, Suite& suite) { suite.plan.cpus = named_text(value); }},
    {"aslr",
     [](const TomlNode& value, Suite& suite) {
       suite.plan.randomised = word_of(value, {"on", "off"}) == "on";
     }},
    {"backend",
     [](const TomlNode& value, Suite& suite) {
       suite.backend = word_of(value, {"auto", "perf", "papi"});
     }},
    {"split", [](const TomlNode& value, Suite& suite) { suite.split = value.flag(); }},
    {"multiplex", [](const TomlNode& value, Suite& suite) { suite.multiplex = value.flag(); }},
    {"input", [](const TomlNode& value, Suite& suite) { suite.input = named_text(value); }},
    {"timeout", [](const TomlNode& value, Suite& suite) { suite.timeout = value.real_between(0, kMostSeconds); }},
    {"ignore_failure", [](const TomlNode& value, Suite& suite) { suite.ignore_failure = value.flag(); }},
    {"baseline",
     [](const TomlNode& value, Suite& suite) {
       suite.baseline = named_text(value);
       suite.baseline_place = value.place();
     }},
    {"aa", [](const TomlNode& value, Suite& suite) { suite.again = value.flag(); }},
    {"tolerance", [](const TomlNode& value, Suite& suite) { suite.tolerance = value.real_from(0, 1); }},
    {"confidence", [](const TomlNode& value, Suite& suite) { suite.confidence = value.real_from(0.5, 0.999999); }},
    {"expectations", [](const TomlNode& value, Suite& suite) { suite.expectations = texts(value); }},
    {"simulation", read_simulation},
}};

toml::table parsed(std::string_view text, const std::string& name) {
  if (text.size() > kGreatestSuite) {
    throw UserError(Trouble::usage,
                    fmt::format("{}: is larger than {} MiB: no suite needs that", name, kGreatestSuite >> 20));
  }
  if (const std::size_t line = line_of_deep_key(text, kDeepestKey); line > 0) {
    throw UserError(Trouble::usage,
                    fmt::format("{}:{}: a key has more than {} parts: no suite needs that", name, line, kDeepestKey));
  }
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw UserError(Trouble::usage,
                    fmt::format("{}:{}: this is no TOML: {}", name, error.source().begin.line, error.description()));
  }
}

}  // namespace

Suite parse_suite(std::string_view text, const std::string& name) {
  const toml::table table = parsed(text, name);
  const TomlNode root(table, name, "");
  std::vector<std::string> known;
  append_names(kSuite, known);
  append_names(kSurroundings, known);
  root.expect_keys(known);
  Suite suite{.place = name};
  for (const TomlNode& entry : root.entries()) {
    if (!read_entry(entry, kSuite, suite)) read_entry(entry, kSurroundings, suite.surroundings);
  }
  if (suite.variants.empty() && suite.workload.empty()) {
    throw UserError(Trouble::usage, fmt::format("{}: there is nothing to run: add a [[variant]] with a command", name));
  }
  return suite;
}

Suite read_suite(const std::string& path) {
  Suite suite = parse_suite(read_text_file(path, "suite", kGreatestSuite), path);
  suite.folder = std::filesystem::path(path).parent_path();
  return suite;
}

}  // namespace countercheck
