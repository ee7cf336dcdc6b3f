#include "experiment/ending.hpp"

#include <fmt/format.h>
#include <string.h>

#include "counters/enum_names.hpp"
#include "experiment/program.hpp"

namespace countercheck {
namespace {

constexpr EnumName<Ending> kEndings[] = {{Ending::completed, "completed"},     {Ending::failed, "failed"},
                                         {Ending::signalled, "signalled"},     {Ending::timed_out, "timed_out"},
                                         {Ending::not_started, "not_started"}, {Ending::interrupted, "interrupted"}};
constexpr EnumName<Pass> kPasses[] = {{Pass::measured, "measured"}, {Pass::simulated, "simulated"}};
constexpr EnumName<Kind> kKinds[] = {{Kind::stat, "stat"}, {Kind::comparison, "comparison"}};
constexpr EnumName<Order> kOrders[] = {{Order::balanced, "balanced"}, {Order::sequential, "sequential"}};

std::string quoted(const std::string& word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%^";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string text;
  for (const char c : word) {
    if (c == '\'') {
      text += "'\\''";  // ends the quotes, adds one, begins them again
    } else {
      text += c;
    }
  }
  return fmt::format("'{}'", text);
}

}  // namespace

std::string_view to_string(Ending ending) {
  return name_of(kEndings, ending);
}
std::optional<Ending> ending_from(std::string_view name) {
  return value_of(kEndings, name);
}
std::string_view to_string(Pass pass) {
  return name_of(kPasses, pass);
}
std::optional<Pass> pass_from(std::string_view name) {
  return value_of(kPasses, name);
}
std::string_view to_string(Kind kind) {
  return name_of(kKinds, kind);
}
std::optional<Kind> kind_from(std::string_view name) {
  return value_of(kKinds, name);
}
std::string_view to_string(Order order) {
  return name_of(kOrders, order);
}
std::optional<Order> order_from(std::string_view name) {
  return value_of(kOrders, name);
}

std::string command_line(const std::vector<std::string>& command) {
  std::string line;
  for (const auto& word : command) line += (line.empty() ? "" : " ") + quoted(word);
  return line;
}

std::string explain_ending(const Sample& sample, const Variant& variant) {
  std::string command = command_line(variant.command);
  switch (sample.ending) {
    case Ending::completed:
      return fmt::format("{} completed", command);
    case Ending::failed:
      return fmt::format("{} failed with exit status {}", command, sample.status);
    case Ending::signalled: {
      const char* const description = sigdescr_np(sample.status);
      return fmt::format("{} was killed by signal {} ({})", command, sample.status,
                         description ? description : "unknown signal");
    }
    case Ending::timed_out:
      return fmt::format("{} was ended after the time limit of {:g} s", command, sample.status / 1000.0);
    case Ending::not_started:
      return explain_not_started(variant.command.empty() ? "" : variant.command.front(), sample.status);
    case Ending::interrupted:
      return fmt::format("{} was interrupted", command);
  }
  return command;
}

}  // namespace countercheck
