#include "reports/csv_recount.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "analysis/recount.hpp"
#include "reports/quantities.hpp"
#include "reports/saved_report.hpp"

namespace countercheck {
namespace {

constexpr std::string_view kSimulated = "-simulated";
constexpr std::string_view kPerItem = "-per-item";

// One line of the report with the names of its columns.
class Line {
 public:
  Line(const std::vector<std::string>& heads, const std::vector<std::string>& fields)
      : heads_(heads), fields_(fields) {}

  std::string text(std::string_view head) const {
    const auto found = std::find(heads_.begin(), heads_.end(), head);
    const auto at = static_cast<std::size_t>(found - heads_.begin());
    return found == heads_.end() || at >= fields_.size() ? "" : fields_[at];
  }
  std::optional<double> number(std::string_view head) const {
    const std::string field = text(head);
    double value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc() || end != field.data() + field.size()) return std::nullopt;
    return value;
  }

 private:
  const std::vector<std::string>& heads_;
  const std::vector<std::string>& fields_;
};

// What a line is of: an event of a variant, counted or simulated, for a sample or for a work item.
struct Subject {
  std::size_t variant = 0;
  std::size_t event = 0;
  Pass pass = Pass::measured;
  Per per = Per::sample;
};

// The variant of that name, of a scan the one with the line's parameters. A stat report names its only one by the
// command.
std::optional<std::size_t> variant_of(const Experiment& experiment, const Line& line) {
  if (experiment.variants.size() == 1) return 0;
  for (std::size_t at = 0; at < experiment.variants.size(); ++at) {
    const Variant& variant = experiment.variants[at];
    const bool same =
        std::all_of(variant.parameters.begin(), variant.parameters.end(), [&](const Parameter& parameter) {
          return line.text(parameter.name) == parameter.value ||
                 line.text("parameter_" + parameter.name) == parameter.value;
        });
    if (same && variant.name == line.text("variant")) return at;
  }
  return std::nullopt;
}

// What a variant is compared with: that of the baseline's name and its own parameters.
std::optional<std::size_t> baseline_of(const Experiment& experiment, std::size_t variant) {
  for (std::size_t at = 0; at < experiment.variants.size(); ++at) {
    const Variant& one = experiment.variants[at];
    if (one.name == experiment.variants[experiment.baseline].name &&
        one.parameters == experiment.variants[variant].parameters) {
      return at;
    }
  }
  return std::nullopt;
}

std::optional<Subject> subject_of(const Experiment& experiment, const Line& line) {
  const auto variant = variant_of(experiment, line);
  std::string name = line.text("event");
  for (const std::string_view ending : {kSimulated, kPerItem}) {
    if (name.ends_with(ending)) name.erase(name.size() - ending.size());
  }
  const auto event = std::find(experiment.events.begin(), experiment.events.end(), name);
  const std::string source = line.text("source");
  const bool simulated = std::any_of(experiment.samples.begin(), experiment.samples.end(),
                                     [](const Sample& sample) { return sample.pass == Pass::simulated; });
  if (!variant || event == experiment.events.end() || source.empty() || source == "derived") return std::nullopt;
  return Subject{.variant = *variant,
                 .event = static_cast<std::size_t>(event - experiment.events.begin()),
                 .pass = simulated && source == "sim" ? Pass::simulated : Pass::measured,
                 .per = line.text("unit").find(" per ") == std::string::npos ? Per::sample : Per::work_item};
}

bool same(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({std::abs(a), std::abs(b), 1e-300});
}

// Both ways of adding up lose digits of a spread that is tiny beside its values.
bool same_spread(double a, double b, double centre) {
  return same(a, b) || std::abs(a - b) <= 1e-12 * std::abs(centre);
}

class Comparer {
 public:
  Comparer(const Line& line, CsvRecount& into) : line_(line), into_(into) {}

  template <typename Same>
  void compare(std::string_view head, std::optional<double> expected, Same alike) {
    const auto printed = line_.number(head);
    if (!into_.difference.empty() || (!printed && line_.text(head).empty() && !expected)) return;
    ++into_.figures;
    if (printed && expected && alike(*printed, *expected)) return;
    const std::string unit = line_.text("unit");
    const auto shown = [&](const std::string& number) {
      if (number.empty()) return std::string("nothing");
      return head == "value" || head == "mean" ? number + " " + unit : number;
    };
    into_.difference =
        fmt::format("{}{} of {}: printed {}, the samples give {}", head == "value" ? "" : std::string(head) + " of ",
                    line_.text("event"), line_.text("variant"), shown(line_.text(head)),
                    shown(expected ? plain_number(*expected) : ""));
  }

 private:
  const Line& line_;
  CsvRecount& into_;
};

}  // namespace

std::vector<std::vector<std::string>> csv_lines(std::string_view text) {
  std::vector<std::vector<std::string>> lines;
  bool quoted = false;
  bool fresh = true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (fresh) lines.emplace_back(1);
    fresh = false;
    std::string& field = lines.back().back();
    const char letter = text[at];
    if (letter == '"' && quoted && at + 1 < text.size() && text[at + 1] == '"') {
      field += text[++at];
    } else if (letter == '"') {
      quoted = !quoted;
    } else if (!quoted && letter == ',') {
      lines.back().emplace_back();
    } else if (!quoted && letter == '\n') {
      fresh = true;
    } else if (quoted || letter != '\r') {
      field += letter;
    }
  }
  return lines;
}

CsvRecount recount_csv(const Experiment& experiment, const std::vector<std::vector<std::string>>& lines) {
  CsvRecount result;
  for (std::size_t at = 1; at < lines.size() && result.difference.empty(); ++at) {
    const Line line(lines.front(), lines[at]);
    const auto subject = subject_of(experiment, line);
    if (!subject) continue;
    const auto own = recount(experiment, subject->variant, subject->event, subject->pass, subject->per);
    const auto beside = baseline_of(experiment, subject->variant);
    const auto base = beside ? recount(experiment, *beside, subject->event, subject->pass, subject->per) : std::nullopt;
    Comparer comparer(line, result);
    const auto number = [&](auto member) { return own ? std::optional<double>(member(*own)) : std::nullopt; };
    comparer.compare("value", number([](const Recount& r) { return r.median; }), same);
    comparer.compare("n", number([](const Recount& r) { return static_cast<double>(r.n); }), same);
    comparer.compare("mean", number([](const Recount& r) { return r.mean; }), same);
    comparer.compare("coverage", number([](const Recount& r) { return r.coverage; }), same);
    comparer.compare("standard_deviation", own ? own->standard_deviation : std::nullopt,
                     [&](double a, double b) { return same_spread(a, b, own->mean); });
    // Whether a ratio may be given at all is for the digests to say.
    if (line.number("ratio_to_baseline") && own && base) {
      comparer.compare("ratio_to_baseline", own->median / base->median, same);
    }
  }
  return result;
}

}  // namespace countercheck
