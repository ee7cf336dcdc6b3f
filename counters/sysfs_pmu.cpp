#include "counters/sysfs_pmu.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <fstream>

#include "counters/nearest.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> first_line(const fs::path& file) {
  std::ifstream stream(file);
  std::string line;
  if (!std::getline(stream, line)) return std::nullopt;
  return line;
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    names.push_back(entry->path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<std::uint64_t> number(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    text.remove_prefix(2);
    base = 16;
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::uint64_t* word(std::string_view name, Encoding& encoding) {
  if (name == "config") return &encoding.config;
  if (name == "config1") return &encoding.config1;
  if (name == "config2") return &encoding.config2;
  return nullptr;
}

// Splits at a separator; an empty text has no parts.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  }
  return parts;
}

class Terms {
 public:
  Terms(const std::string& pmu, const fs::path& folder, Encoding& encoding)
      : pmu_(pmu), folder_(folder), encoding_(encoding) {}

  void apply(std::string_view terms, bool from_event) {
    for (const auto term : split(terms, ',')) apply_one(term, from_event);
  }

 private:
  void apply_one(std::string_view term, bool from_event) {
    const auto equals = term.find('=');
    const std::string name(term.substr(0, equals));
    const auto value =
        equals == std::string_view::npos ? std::optional<std::uint64_t>(1) : number(term.substr(equals + 1));
    if (!value) {
      throw UserError(Trouble::usage, fmt::format("'{}' in the event {}/…/ has no number after '='", term, pmu_));
    }
    if (auto* whole = word(name, encoding_)) {
      *whole = *value;
      return;
    }
    if (const auto format = first_line(folder_ / "format" / name)) {
      if (place_bits(*format, *value, encoding_)) return;
      throw UserError(Trouble::usage, fmt::format("{:#x} does not fit the term '{}' of the PMU {}, which is {}", *value,
                                                  name, pmu_, *format));
    }
    // An event's own file holds terms only, never the name of a further event.
    if (const auto event = from_event ? std::nullopt : first_line(folder_ / "events" / name)) {
      apply(*event, true);
      return;
    }
    std::vector<std::string> known = names_in(folder_ / "format");
    const auto events = names_in(folder_ / "events");
    known.insert(known.end(), events.begin(), events.end());
    throw UserError(Trouble::usage,
                    fmt::format("the PMU {} has no term or event '{}'{}", pmu_, name, did_you_mean(name, known)));
  }

  const std::string& pmu_;
  const fs::path& folder_;
  Encoding& encoding_;
};

}  // namespace

std::vector<std::string> sysfs_pmus(const fs::path& root) {
  return names_in(root);
}

std::vector<std::string> cpu_pmus(const fs::path& root) {
  std::vector<std::string> found;
  for (const auto& pmu : names_in(root)) {
    // x86 calls its core PMU "cpu" (hybrid: cpu_core, cpu_atom) and gives it no list of CPUs otherwise; Arm and RISC-V
    // PMUs of the core list the CPUs they serve in "cpus", where uncore PMUs have "cpumask".
    if (pmu == "cpu" || fs::exists(root / pmu / "cpus")) found.push_back(pmu);
  }
  return found;
}

std::vector<std::string> sysfs_events(const std::string& pmu, const fs::path& root) {
  auto names = names_in(root / pmu / "events");
  // "NAME.unit" and "NAME.scale" tell of the event NAME; they are none themselves.
  std::erase_if(names, [](const std::string& name) { return name.find('.') != std::string::npos; });
  return names;
}

SysfsEvent sysfs_event(const std::string& pmu, const std::string& event, const fs::path& root) {
  const fs::path file = root / pmu / "events" / event;
  return {.terms = first_line(file).value_or(""),
          .unit = first_line(file.string() + ".unit").value_or(""),
          .scale = first_line(file.string() + ".scale").value_or("")};
}

std::string sysfs_pmu_of(std::uint32_t type, const fs::path& root) {
  for (const auto& pmu : names_in(root)) {
    const auto number_of_it = first_line(root / pmu / "type");
    if (number_of_it && number(*number_of_it) == type) return pmu;
  }
  return "";
}

bool place_bits(std::string_view format, std::uint64_t value, Encoding& encoding) {
  const auto colon = format.find(':');
  if (colon == std::string_view::npos) return false;
  auto* const target = word(format.substr(0, colon), encoding);
  if (!target) return false;
  for (const auto range : split(format.substr(colon + 1), ',')) {
    const auto dash = range.find('-');
    const auto low = number(range.substr(0, dash));
    const auto high = dash == std::string_view::npos ? low : number(range.substr(dash + 1));
    if (!low || !high || *low > *high || *high > 63) return false;
    const auto width = *high - *low + 1;
    const std::uint64_t mask = width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
    *target = (*target & ~(mask << *low)) | ((value & mask) << *low);
    value = width == 64 ? 0 : value >> width;
  }
  return value == 0;
}

Encoding encode_with_sysfs(const std::string& pmu, std::string_view terms, const fs::path& root) {
  const fs::path folder = root / pmu;
  const auto type = first_line(folder / "type");
  const auto type_number = type ? number(*type) : std::nullopt;
  if (!type_number) {
    const auto pmus = sysfs_pmus(root);
    throw UserError(Trouble::usage, fmt::format("there is no PMU '{}' under {}{}; found: {}", pmu, root.string(),
                                                did_you_mean(pmu, pmus), fmt::join(pmus, ", ")));
  }
  Encoding encoding{.type = static_cast<std::uint32_t>(*type_number)};
  Terms(pmu, folder, encoding).apply(terms, false);
  return encoding;
}

}  // namespace countercheck
