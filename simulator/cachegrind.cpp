#include "simulator/cachegrind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>

#include "simulator/cache_summary.hpp"

namespace countercheck {
namespace {

struct TakenCache {
  std::string option{};
  std::string described{};
};

TakenCache take_cache(const char* name, const sim_geometry& cache, std::uint32_t line,
                      std::vector<std::string>& notes) {
  const std::uint32_t sets = std::bit_floor(cache.sets);
  const sim_geometry taken{.sets = sets, .ways = cache.ways, .policy = SIM_LRU};
  if (sets != cache.sets) {
    notes.push_back(fmt::format("Cachegrind takes only powers of two: the {} has {} sets here instead of {}", name,
                                sets, cache.sets));
  }
  if (cache.policy != SIM_LRU) notes.push_back(fmt::format("Cachegrind replaces by LRU in the {}", name));
  return {fmt::format("{},{},{}", cache_bytes(taken, line), cache.ways, line), cache_summary(taken, line)};
}

std::vector<std::string> words_of(std::string_view line) {
  std::istringstream stream{std::string(line)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// The rest of the line that begins with the key; empty where there is none.
std::optional<std::string_view> line_of(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    if (line.starts_with(key) && end < text.size()) return line.substr(key.size());
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::nullopt;
}

std::string_view needed_line(std::string_view text, std::string_view key) {
  const auto line = line_of(text, key);
  if (!line) throw std::runtime_error(fmt::format("it has no whole line '{}'", key));
  return *line;
}

std::uint64_t number_from(const std::string& word) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) {
    throw std::runtime_error(fmt::format("'{}' is no count", word));
  }
  return value;
}

SimulatedCounts counts_from(const std::map<std::string, std::uint64_t>& sums) {
  SimulatedCounts counts{.instructions = sums.at("Ir"),
                         .loads = sums.at("Dr"),
                         .stores = sums.at("Dw"),
                         .conditional_branches = sums.at("Bc"),
                         .conditional_misses = sums.at("Bcm"),
                         .indirect_branches = sums.at("Bi"),
                         .indirect_misses = sums.at("Bim")};
  counts.levels = {{sums.at("I1mr"), sums.at("D1mr"), sums.at("D1mw")},
                   {sums.at("ILmr"), sums.at("DLmr"), sums.at("DLmw")}};
  return counts;
}

}  // namespace

CachegrindCaches cachegrind_caches(const sim_machine& machine) {
  const sim_level& first = machine.levels[0];
  const sim_level& last = machine.levels[machine.level_count - 1];
  const std::uint32_t line = machine.line_bytes;
  CachegrindCaches caches;
  if (machine.level_count > 2) {
    caches.notes.push_back("Cachegrind has two levels: the first and the last of the machine were taken");
  }
  const TakenCache data = take_cache("L1d", first.data, line, caches.notes);
  const TakenCache code = take_cache("L1i", first.split ? first.code : first.data, line, caches.notes);
  const TakenCache end = take_cache("last level", last.data, line, caches.notes);
  caches.options = {"--D1=" + data.option, "--I1=" + code.option, "--LL=" + end.option};
  caches.described = fmt::format("L1d {}, L1i {}, last level {}", data.described, code.described, end.described);
  return caches;
}

ProcessCounts cachegrind_counts_from(std::string_view text, std::uint64_t pid) {
  const auto events = words_of(needed_line(text, "events:"));
  const auto sums = words_of(needed_line(text, "summary:"));
  if (events.size() != sums.size()) throw std::runtime_error("its summary has not as many sums as there are events");
  std::map<std::string, std::uint64_t> by_name;
  for (std::size_t i = 0; i < events.size(); ++i) by_name[events[i]] = number_from(sums[i]);
  ProcessCounts process{.pid = pid, .arguments = words_of(needed_line(text, "cmd:"))};
  if (!process.arguments.empty()) process.program = process.arguments.front();
  try {
    process.threads.push_back({.thread = 1, .counts = counts_from(by_name)});
  } catch (const std::out_of_range&) {
    throw std::runtime_error("it lacks the events of --cache-sim=yes --branch-sim=yes");
  }
  return process;
}

RunCounts read_cachegrind_folder(const std::filesystem::path& folder) {
  std::set<std::uint64_t> begun;
  std::map<std::uint64_t, ProcessCounts> ended;
  RunCounts run;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string stem = entry.path().stem().string();
    std::uint64_t pid = 0;
    if (std::from_chars(stem.data(), stem.data() + stem.size(), pid).ptr != stem.data() + stem.size()) continue;
    begun.insert(pid);
    if (entry.path().extension() != ".cachegrind") continue;
    std::ifstream stream(entry.path());
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    try {
      ended.emplace(pid, cachegrind_counts_from(text, pid));
    } catch (const std::runtime_error& fault) {
      run.lost.push_back(fmt::format("the counts of process {} cannot be read ({})", pid, fault.what()));
    }
  }
  for (const auto pid : begun) {
    if (ended.contains(pid) || !run.lost.empty()) continue;
    run.lost.push_back(
        fmt::format("process {} ended before it could write its counts: it was killed, or still ran at the end", pid));
  }
  std::set<std::vector<std::string>> commands;
  for (auto& [pid, process] : ended) {
    if (!commands.insert(process.arguments).second) {
      run.lost.push_back(
          fmt::format("process {} is a copy of another ({}), and Cachegrind counts what came before the "
                      "fork in both",
                      pid, process.program));
    }
    run.processes.push_back(std::move(process));
  }
  return run;
}

}  // namespace countercheck
