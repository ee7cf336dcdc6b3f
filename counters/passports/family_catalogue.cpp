#include "counters/passports/family_catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <fstream>
#include <optional>
#include <sstream>

#include "counters/nearest.hpp"
#include "counters/passports/family_file.hpp"
#include "counters/shipped_folder.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

// "Alder-Lake" and "alderlake" are the same.
std::string plain(std::string_view name) {
  std::string letters;
  for (const char letter : name) {
    if (std::isalnum(static_cast<unsigned char>(letter))) {
      letters += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
  }
  return letters;
}

struct CpuId {
  std::string vendor;  // of x86
  std::uint64_t implementer = 0;
  std::uint64_t family = 0;
  std::uint64_t model = 0;  // or part
};

std::optional<std::uint64_t> hexadecimal(std::string_view text) {
  if (text.starts_with("0x")) text.remove_prefix(2);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<CpuId> parse(std::string_view text) {
  std::vector<std::string> parts;
  std::istringstream stream{std::string(text)};
  for (std::string part; std::getline(stream, part, '-');) parts.push_back(part);
  if (parts.size() < 3) return std::nullopt;
  const auto second = hexadecimal(parts[1]);
  const auto third = hexadecimal(parts[2]);
  if (const auto implementer = parts[0].starts_with("0x") ? hexadecimal(parts[0]) : std::nullopt) {
    if (!second) return std::nullopt;
    return CpuId{.vendor = "", .implementer = *implementer, .model = *second};
  }
  if (!second || !third) return std::nullopt;
  return CpuId{.vendor = parts[0], .family = *second, .model = *third};
}

bool is_of(const Recognition& family, const CpuId& cpu) {
  const bool model = std::find(family.models.begin(), family.models.end(), cpu.model) != family.models.end();
  if (!cpu.vendor.empty()) return model && family.vendor == cpu.vendor && family.family == cpu.family;
  return model && family.vendor.empty() && family.implementer == cpu.implementer;
}

// The architecture's own events, of every Arm core that has no table.
bool is_generic_arm(const Recognition& family) {
  return family.vendor.empty() && !family.implementer;
}

template <typename Test>
std::vector<Family> those(const std::vector<Family>& families, Test test) {
  std::vector<Family> found;
  for (const Family& family : families) {
    if (std::any_of(family.recognise.begin(), family.recognise.end(), test)) found.push_back(family);
  }
  return found;
}

// Two files may be about one model number: Gracemont alone, and as the E-core beside another. The PMUs tell.
bool has_pmu(const Family& family, const std::vector<std::string>& pmus) {
  return std::any_of(family.kernel_pmus.begin(), family.kernel_pmus.end(),
                     [&](const std::string& pmu) { return std::find(pmus.begin(), pmus.end(), pmu) != pmus.end(); });
}

}  // namespace

fs::path passports_folder() {
  return shipped_folder("the passports of processors", COUNTERCHECK_PASSPORTS_INSTALLED, "counters/passports");
}

std::vector<Family> read_families(const fs::path& folder) {
  const fs::path where = folder.empty() ? passports_folder() : folder;
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(where, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == ".json") files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Family> families;
  families.reserve(files.size());
  for (const auto& file : files) families.push_back(read_family_file(file));
  return families;
}

std::vector<Family> families_named(const std::vector<Family>& families, std::string_view name) {
  const std::string wanted = plain(name);
  std::vector<Family> found;
  for (const Family& family : families) {
    if (plain(family.id) == wanted) return {family};
    // Without its maker, and for a hybrid without its core type: "zen4", "alderlake".
    const std::string_view id = family.id;
    const std::string without_maker = plain(id.substr(id.find('-') + 1));
    std::string without_type = without_maker;
    if (id.ends_with("-p") || id.ends_with("-e")) without_type.pop_back();
    const bool with_maker = plain(id.substr(0, id.find('-'))) + without_type == wanted;
    if (wanted == without_maker || wanted == without_type || with_maker) found.push_back(family);
  }
  if (!found.empty()) return found;
  std::vector<std::string> ids;
  std::vector<std::string> short_ids;
  for (const Family& family : families) {
    ids.push_back(family.id);
    short_ids.push_back(family.id.substr(family.id.find('-') + 1));
  }
  std::string hint = did_you_mean(name, ids);
  if (hint.empty()) hint = did_you_mean(name, short_ids);
  throw UserError(Trouble::usage,
                  fmt::format("there is no family '{}'{}; there are {}", name, hint, fmt::join(ids, ", ")));
}

std::vector<Family> families_of(const std::vector<Family>& families, std::string_view cpu_id,
                                const std::vector<std::string>& cpu_pmus) {
  const auto cpu = parse(cpu_id);
  if (!cpu) return {};
  std::vector<Family> found = those(families, [&](const Recognition& family) { return is_of(family, *cpu); });
  if (found.empty() && cpu->vendor.empty()) found = those(families, is_generic_arm);
  if (std::any_of(found.begin(), found.end(), [&](const Family& family) { return has_pmu(family, cpu_pmus); })) {
    std::erase_if(found, [&](const Family& family) { return !has_pmu(family, cpu_pmus); });
  }
  return found;
}

std::string contradiction(const std::vector<Family>& families, const std::vector<std::string>& features) {
  for (const std::string& feature : features) {
    const bool none_has = !families.empty() && std::all_of(families.begin(), families.end(), [&](const Family& family) {
      return std::find(family.lacks.begin(), family.lacks.end(), feature) != family.lacks.end();
    });
    if (none_has) return feature;
  }
  return "";
}

std::vector<std::string> cpu_features() {
  std::ifstream stream("/proc/cpuinfo");
  for (std::string line; std::getline(stream, line);) {
    if (!line.starts_with("flags") && !line.starts_with("Features")) continue;
    std::istringstream words(line.substr(line.find(':') + 1));
    std::vector<std::string> features;
    for (std::string word; words >> word;) features.push_back(word);
    return features;
  }
  return {};
}

}  // namespace countercheck
