#include "experiment/suite_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ostream>
#include <string_view>

#include "experiment/ending.hpp"

namespace countercheck {
namespace {

// A basic string: TOML 1.0.0, "String".
std::string in_quotes(std::string_view text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      quoted += '\\';
      quoted += letter;
    } else if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) {
      quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(letter));
    } else {
      quoted += letter;
    }
  }
  return quoted + '"';
}

std::string key(std::string_view name) {
  const auto bare = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), bare) ? std::string(name) : in_quotes(name);
}

// A number as it reads back is written as one: "10", but not "010".
std::string scalar(std::string_view text) {
  constexpr std::size_t kDigits = 15;
  const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
  const bool number = !digits.empty() && digits.size() <= kDigits &&
                      digits.find_first_not_of("0123456789") == std::string_view::npos &&
                      (digits == "0" ? text == "0" : !digits.starts_with('0'));
  return number || text == "true" || text == "false" ? std::string(text) : in_quotes(text);
}

std::string list(const std::vector<std::string>& items, std::string (*shown)(std::string_view)) {
  std::vector<std::string> all;
  for (const std::string& item : items) all.push_back(shown(item));
  return fmt::format("[{}]", fmt::join(all, ", "));
}

class Writer {
 public:
  explicit Writer(std::ostream& out) : out_(out) {}

  void text(const char* name, const std::string& value) {
    if (!value.empty()) line(name, in_quotes(value));
  }
  void text(const char* name, const std::optional<std::string>& value) {
    if (value) line(name, in_quotes(*value));
  }
  template <typename Number>
  void number(const char* name, const std::optional<Number>& value) {
    if (value) line(name, fmt::format("{}", *value));
  }
  void texts(const char* name, const std::vector<std::string>& values) {
    if (!values.empty()) line(name, list(values, in_quotes));
  }
  void surroundings(const SuiteSurroundings& all) {
    std::vector<std::string> variables;
    for (const std::string& variable : all.environment) {
      const std::size_t equals = variable.find('=');
      variables.push_back(fmt::format("{} = {}", key(variable.substr(0, equals)), scalar(variable.substr(equals + 1))));
    }
    if (!variables.empty()) line("environment", fmt::format("{{ {} }}", fmt::join(variables, ", ")));
    text("folder", all.folder);
    text("setup", all.setup);
    text("prepare", all.prepare);
    text("cleanup", all.cleanup);
    if (!all.threads.empty()) line("threads", scalar(all.threads));
  }
  void line(std::string_view name, const std::string& value) { out_ << name << " = " << value << '\n'; }
  void table(const char* head) { out_ << '\n' << head << '\n'; }

 private:
  std::ostream& out_;
};

}  // namespace

void put_suite(std::ostream& out, const Suite& suite) {
  Writer writer(out);
  writer.text("title", suite.title);
  writer.text("workload", suite.workload);
  writer.text("work_item", suite.work_item);
  writer.number("region", suite.region);
  writer.text("events", suite.events);
  writer.number("rounds", suite.plan.rounds);
  writer.number("duration", suite.plan.seconds);
  writer.number("warm_up", suite.plan.warm_up);
  if (suite.plan.order) writer.text("order", std::string(to_string(*suite.plan.order)));
  writer.number("seed", suite.plan.seed);
  writer.number("layouts", suite.plan.layouts);
  writer.number("early", suite.plan.stops_early);
  writer.text("cpus", suite.plan.cpus);
  if (suite.plan.randomised) writer.text("aslr", std::string(*suite.plan.randomised ? "on" : "off"));
  writer.text("backend", suite.backend);
  writer.number("split", suite.split);
  writer.number("multiplex", suite.multiplex);
  writer.text("input", suite.input);
  writer.number("timeout", suite.timeout);
  writer.number("ignore_failure", suite.ignore_failure);
  writer.text("baseline", suite.baseline);
  writer.number("aa", suite.again);
  writer.number("tolerance", suite.tolerance);
  writer.number("confidence", suite.confidence);
  writer.texts("expectations", suite.expectations);
  writer.surroundings(suite.surroundings);
  if (suite.machine || suite.source || suite.interleave || suite.scale) writer.table("[simulation]");
  writer.text("machine", suite.machine);
  writer.text("source", suite.source);
  writer.number("interleave", suite.interleave);
  writer.number("scale", suite.scale);
  if (!suite.parameters.empty()) writer.table("[parameters]");
  for (const SuiteParameter& parameter : suite.parameters) {
    writer.line(key(parameter.name),
                parameter.scanned ? list(parameter.values, scalar) : scalar(parameter.values.front()));
  }
  for (const SuiteVariant& variant : suite.variants) {
    writer.table("[[variant]]");
    writer.text("name", variant.name);
    writer.text("builtin", variant.builtin);
    writer.texts("command", variant.command);
    writer.surroundings(variant.surroundings);
  }
}

}  // namespace countercheck
