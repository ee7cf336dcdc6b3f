#include "simulator/machines/sysfs_caches.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>

namespace countercheck {
namespace {

namespace fs = std::filesystem;

std::string first_line(const fs::path& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  return line;
}

// 0 where there is no number. The kernel writes sizes in K, whatever their size.
std::uint64_t number(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return 0;
  return end != text.data() + text.size() && *end == 'K' ? value << 10 : value;
}

// How many CPUs are in a list such as "0-3,8,10-11".
unsigned cpus_in(const std::string& list) {
  unsigned cpus = 0;
  for (std::size_t at = 0; at < list.size();) {
    const std::string part = list.substr(at, list.find(',', at) - at);
    const auto dash = part.find('-');
    const std::uint64_t first = number(part);
    const std::uint64_t last = dash == std::string::npos ? first : number(part.substr(dash + 1));
    if (last >= first) cpus += static_cast<unsigned>(last - first + 1);
    at += part.size() + 1;
  }
  return cpus;
}

}  // namespace

std::vector<HostCache> read_sysfs_caches(unsigned cpu, const fs::path& cpus) {
  const fs::path folder = cpus / ("cpu" + std::to_string(cpu));
  const unsigned siblings = std::max(cpus_in(first_line(folder / "topology" / "thread_siblings_list")), 1U);
  std::vector<HostCache> caches;
  for (unsigned index = 0;; ++index) {
    const fs::path cache = folder / "cache" / ("index" + std::to_string(index));
    const std::string type = first_line(cache / "type");
    if (type.empty()) break;
    caches.push_back({.level = static_cast<unsigned>(number(first_line(cache / "level"))),
                      .holds = type == "Data"          ? CacheHolds::data
                               : type == "Instruction" ? CacheHolds::code
                                                       : CacheHolds::both,
                      .bytes = number(first_line(cache / "size")),
                      .ways = number(first_line(cache / "ways_of_associativity")),
                      .line = number(first_line(cache / "coherency_line_size")),
                      .sets = number(first_line(cache / "number_of_sets")),
                      .cores = std::max(cpus_in(first_line(cache / "shared_cpu_list")) / siblings, 1U)});
  }
  sort_nearest_first(caches);
  return caches;
}

}  // namespace countercheck
