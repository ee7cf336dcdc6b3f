#include "simulator/counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace countercheck {
namespace {

using nlohmann::json;

template <typename Count>
void add(std::optional<Count>& sum, const std::optional<Count>& part) {
  if (sum && part) {
    *sum += *part;
  } else {
    sum.reset();
  }
}

void add(SimulatedCounts& sum, const SimulatedCounts& part) {
  sum.instructions += part.instructions;
  sum.loads += part.loads;
  sum.stores += part.stores;
  sum.conditional_branches += part.conditional_branches;
  sum.conditional_misses += part.conditional_misses;
  sum.indirect_branches += part.indirect_branches;
  sum.indirect_misses += part.indirect_misses;
  add(sum.returns, part.returns);
  add(sum.return_misses, part.return_misses);
  add(sum.direct_branches, part.direct_branches);
  add(sum.levels, part.levels);
  add(sum.page_walks, part.page_walks);
  add(sum.coherence, part.coherence);
}

// The first part decides what the sum has at all: all parts come from one machine and one engine.
void add(std::optional<SimulatedCounts>& sum, const SimulatedCounts& part) {
  if (sum) {
    add(*sum, part);
  } else {
    sum = part;
  }
}

std::optional<std::uint64_t> number_if_there(const json& object, const char* key) {
  if (!object.contains(key)) return std::nullopt;
  return object.at(key).get<std::uint64_t>();
}

// [fetches, loads, stores]
Misses triple(const json& list) {
  return {list.at(0).get<std::uint64_t>(), list.at(1).get<std::uint64_t>(), list.at(2).get<std::uint64_t>()};
}

ThreadCounts thread_from(const json& node) {
  ThreadCounts thread{.thread = node.at("thread").get<unsigned>()};
  SimulatedCounts& counts = thread.counts;
  node.at("instructions").get_to(counts.instructions);
  node.at("loads").get_to(counts.loads);
  node.at("stores").get_to(counts.stores);
  node.at("conditional-branches").get_to(counts.conditional_branches);
  node.at("conditional-misses").get_to(counts.conditional_misses);
  node.at("indirect-branches").get_to(counts.indirect_branches);
  node.at("indirect-misses").get_to(counts.indirect_misses);
  counts.returns = number_if_there(node, "returns");
  counts.return_misses = number_if_there(node, "return-misses");
  counts.direct_branches = number_if_there(node, "direct-branches");
  for (const auto& level : node.at("misses")) counts.levels.push_back(triple(level));
  if (node.contains("page-walks")) {
    const json& walks = node.at("page-walks");
    counts.page_walks = Misses{0, walks.at(0).get<std::uint64_t>(), walks.at(1).get<std::uint64_t>()};
  }
  if (node.contains("coherence-misses")) counts.coherence = triple(node.at("coherence-misses"));
  return thread;
}

// The two numbers of "PID-IMAGE"; a name of another form has no image.
struct FileName {
  std::uint64_t pid = 0;
  std::optional<unsigned> image{};
};

std::optional<FileName> parse_name(const std::string& stem) {
  FileName name;
  const char* const end = stem.data() + stem.size();
  auto [rest, error] = std::from_chars(stem.data(), end, name.pid);
  if (error != std::errc()) return std::nullopt;
  if (rest == end) return name;
  unsigned image = 0;
  if (*rest != '-' || std::from_chars(rest + 1, end, image).ptr != end) return std::nullopt;
  name.image = image;
  return name;
}

// What is known of one process by the files it left.
struct Traces {
  std::map<unsigned, ProcessCounts> images{};
  bool cut_short = false;  // it began to write and did not finish
  std::string broken{};    // what is wrong with a file that calls itself whole
};

// Why the counts of a process are not whole; empty when they are.
std::string lack_of(std::uint64_t pid, const Traces& traces) {
  const std::string known = traces.images.empty() ? "" : " (" + traces.images.rbegin()->second.program + ")";
  if (!traces.broken.empty()) {
    return fmt::format("the counts of process {}{} cannot be read ({})", pid, known, traces.broken);
  }
  unsigned expected = 0;
  bool whole = !traces.images.empty() && !traces.cut_short && !traces.images.rbegin()->second.went_on;
  for (const auto& [image, counts] : traces.images) whole = whole && image == expected++;
  if (whole) return "";
  return fmt::format("process {}{} ended before it could write its counts: it was killed, or still ran at the end", pid,
                     known);
}

}  // namespace

Misses& Misses::operator+=(const Misses& other) {
  fetches += other.fetches;
  loads += other.loads;
  stores += other.stores;
  return *this;
}

void add(std::vector<Misses>& sum, const std::vector<Misses>& part) {
  for (std::size_t level = 0; level < std::min(sum.size(), part.size()); ++level) sum[level] += part[level];
}

SimulatedCounts sum_of(const std::vector<ThreadCounts>& threads) {
  std::optional<SimulatedCounts> sum;
  for (const auto& thread : threads) add(sum, thread.counts);
  return sum.value_or(SimulatedCounts{});
}

SimulatedCounts sum_of(const std::vector<ProcessCounts>& processes) {
  std::optional<SimulatedCounts> sum;
  for (const auto& process : processes) {
    for (const auto& thread : process.threads) add(sum, thread.counts);
  }
  return sum.value_or(SimulatedCounts{});
}

ProcessCounts process_counts_from(std::string_view text) {
  try {
    const json root = json::parse(text);
    if (root.at("schema").get<int>() != 1) throw std::runtime_error("schema: is not 1, which this countercheck reads");
    ProcessCounts process{.pid = root.at("pid").get<std::uint64_t>(),
                          .image = root.at("image").get<unsigned>(),
                          .program = root.at("program").get<std::string>(),
                          .arguments = root.at("arguments").get<std::vector<std::string>>(),
                          .went_on = root.at("end").get<std::string>() == "exec"};
    if (root.at("region").get<bool>()) process.entries = root.at("entries").get<std::uint64_t>();
    const auto levels = root.at("levels").get<std::size_t>();
    for (const auto& node : root.at("threads")) {
      process.threads.push_back(thread_from(node));
      if (process.threads.back().counts.levels.size() != levels) {
        throw std::runtime_error(fmt::format("misses: are not those of {} levels", levels));
      }
    }
    return process;
  } catch (const json::exception& error) {
    throw std::runtime_error(error.what());
  }
}

RunCounts read_tool_folder(const std::filesystem::path& folder) {
  std::map<std::uint64_t, Traces> processes;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const auto name = parse_name(entry.path().stem().string());
    if (!name) continue;
    Traces& traces = processes[name->pid];
    const auto kind = entry.path().extension();
    if (kind == ".partial") traces.cut_short = true;
    if (kind != ".json" || !name->image) continue;
    std::ifstream stream(entry.path());
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    try {
      traces.images[*name->image] = process_counts_from(text);
    } catch (const std::runtime_error& fault) {
      traces.broken = fault.what();
    }
  }
  RunCounts run;
  for (auto& [pid, traces] : processes) {
    if (std::string lack = lack_of(pid, traces); !lack.empty()) run.lost.push_back(std::move(lack));
    for (auto& [image, counts] : traces.images) run.processes.push_back(std::move(counts));
  }
  return run;
}

}  // namespace countercheck
