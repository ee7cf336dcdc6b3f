#include "simulator/machines/machine_file.hpp"

#include <bit>
#include <cerrno>
#include <fstream>
#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <system_error>

#include "counters/checked_json.hpp"

namespace countercheck {
namespace {

using nlohmann::json;

constexpr std::uint64_t kMostBytes = std::uint64_t{1}
                                     << 32;  // of a cache: its simulation takes an eighth of it or more
constexpr std::uint64_t kMostWays = 65536;   // sim_machine_fault
constexpr std::uint64_t kMostEntries = std::uint64_t{1} << 20;

std::uint32_t number32(const CheckedJson& object, std::string_view key, std::uint64_t least, std::uint64_t most) {
  return static_cast<std::uint32_t>(object.number(key, least, most));
}

sim_geometry read_cache(const CheckedJson& level, std::string_view key, std::uint32_t line_bytes) {
  const CheckedJson cache = level.object(key).allow({"bytes", "ways", "replacement"});
  const std::uint64_t bytes = cache.number("bytes", 1, kMostBytes);
  const std::uint32_t ways = number32(cache, "ways", 1, kMostWays);
  const std::uint64_t way = std::uint64_t{ways} * line_bytes;
  if (bytes % way != 0) {
    cache.refuse("bytes", fmt::format("a multiple of ways x line-bytes ({} x {} = {})", ways, line_bytes, way));
  }
  return {static_cast<std::uint32_t>(bytes / way), ways, cache.choice("replacement", kPolicyNames)};
}

sim_level read_level(const CheckedJson& object, std::uint32_t line_bytes) {
  sim_level level{};
  level.split = object.has("data") || object.has("code");
  if (level.split == object.has("unified")) object.fail("needs either the keys 'data' and 'code', or 'unified'");
  level.data = read_cache(object, level.split ? "data" : "unified", line_bytes);
  if (level.split) level.code = read_cache(object, "code", line_bytes);
  level.shared = object.flag("shared");
  level.inclusion = object.choice("inclusion", kInclusionNames);
  if (object.has("prefetch")) {
    const CheckedJson prefetch = object.object("prefetch").allow({"kind", "lines"});
    level.prefetch = prefetch.choice("kind", kPrefetchNames);
    level.degree = number32(prefetch, "lines", 1, SIM_MAX_DEGREE);
  }
  return level;
}

void read_levels(const CheckedJson& top, SimulatedMachine& machine) {
  const auto levels = top.objects("levels");
  if (levels.empty() || levels.size() > SIM_MAX_LEVELS) {
    top.fail(fmt::format("has {} levels; it takes 1 to {}", levels.size(), SIM_MAX_LEVELS));
  }
  for (const auto& level : levels) {
    level.allow({"name", "data", "code", "unified", "shared", "inclusion", "prefetch"});
    machine.model.levels[machine.model.level_count++] = read_level(level, machine.model.line_bytes);
    machine.level_names.push_back(level.text("name"));
  }
}

sim_geometry read_tlb_part(const CheckedJson& object, std::string_view key) {
  const CheckedJson part = object.object(key).allow({"entries", "ways"});
  const std::uint32_t entries = number32(part, "entries", 1, kMostEntries);
  const std::uint32_t ways = number32(part, "ways", 1, kMostWays);
  if (entries % ways != 0) part.refuse("entries", fmt::format("a multiple of its ways ({})", ways));
  return {entries / ways, ways, SIM_LRU};
}

sim_tlb_geometry read_tlb(const CheckedJson& top) {
  sim_tlb_geometry tlb{};
  if (!top.has("tlb")) return tlb;
  const CheckedJson object = top.object("tlb").allow({"first", "second"});
  const CheckedJson first = object.object("first").allow({"small", "huge"});
  tlb.small = read_tlb_part(first, "small");
  if (first.has("huge")) tlb.huge = read_tlb_part(first, "huge");
  if (object.has("second")) tlb.second = read_tlb_part(object, "second");
  return tlb;
}

sim_branch_geometry read_branches(const CheckedJson& top) {
  const CheckedJson object =
      top.object("branches").allow({"conditional", "table-bits", "history-bits", "indirect", "target-bits", "returns"});
  sim_branch_geometry branches{};
  branches.conditional = object.choice("conditional", kConditionalNames);
  if (branches.conditional == SIM_GSHARE) {
    branches.table_bits = number32(object, "table-bits", 1, SIM_MAX_TABLE_BITS);
    branches.history_bits = number32(object, "history-bits", 0, branches.table_bits);
  } else if (object.has("table-bits") || object.has("history-bits")) {
    object.fail("takes 'table-bits' and 'history-bits' only where 'conditional' is gshare");
  }
  branches.indirect = object.choice("indirect", kIndirectNames);
  branches.target_bits = number32(object, "target-bits", 1, SIM_MAX_TABLE_BITS);
  branches.returns = number32(object, "returns", 0, SIM_MAX_RETURNS);
  branches.address_zeros = kAddressZeros;
  return branches;
}

SimulatedMachine machine_from(const json& whole, const std::string& file) {
  const CheckedJson top = CheckedJson(whole, {"machine file", file, Trouble::usage})
                              .allow({"name", "title", "line-bytes", "cores", "writes", "straddle", "levels", "tlb",
                                      "branches", "seed", "sources", "notes"});
  SimulatedMachine machine{.name = top.text("name"), .title = top.text("title"), .file = file};
  machine.model.line_bytes = number32(top, "line-bytes", 8, 4096);
  if (!std::has_single_bit(machine.model.line_bytes)) top.refuse("line-bytes", "a power of two");
  machine.model.cores = number32(top, "cores", 1, SIM_MAX_CORES);
  machine.model.writes_back = top.choice("writes", kWritesNames);
  machine.model.straddle_as_one = top.choice("straddle", kStraddleNames);
  read_levels(top, machine);
  machine.model.tlb = read_tlb(top);
  if (top.has("seed")) machine.model.seed = number32(top, "seed", 0, std::numeric_limits<std::uint32_t>::max());
  machine.branches = read_branches(top);
  for (const auto& source : top.objects("sources")) {
    source.allow({"figures", "from", "verified"});
    machine.sources.push_back({source.text("figures"), source.text("from"), source.flag("verified")});
  }
  machine.notes = top.texts("notes");

  const char* fault = sim_machine_fault(&machine.model);
  if (fault == nullptr) fault = sim_branch_fault(&machine.branches);
  if (fault != nullptr) top.fail(fmt::format("describes a machine that cannot be simulated: {}", fault));
  return machine;
}

// A key that stands twice in one object: the parser would silently take the last.
class Duplicates {
 public:
  bool operator()(int, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::object_start) open_.emplace_back();
    if (event == json::parse_event_t::object_end) open_.pop_back();
    if (event == json::parse_event_t::key && !open_.back().insert(value).second && !found_) found_ = value;
    return true;
  }
  const std::optional<std::string>& found() const { return found_; }

 private:
  std::vector<std::set<std::string>> open_{};
  std::optional<std::string> found_{};
};

}  // namespace

SimulatedMachine parse_machine(std::string_view text, const std::string& file) {
  json whole;
  Duplicates duplicates;
  try {
    whole = json::parse(text, std::ref(duplicates));
  } catch (const json::exception& error) {
    throw UserError(Trouble::usage, fmt::format("the machine file '{}' is not JSON ({})", file, error.what()));
  }
  if (duplicates.found()) {
    throw UserError(Trouble::usage,
                    fmt::format("the machine file '{}' has the key '{}' twice in one object; leave one of them out",
                                file, *duplicates.found()));
  }
  return machine_from(whole, file);
}

SimulatedMachine read_machine_file(const std::filesystem::path& file) {
  const auto fail = [&](const std::string& why) {
    throw UserError(Trouble::usage, fmt::format("the machine file '{}' {}", file.string(), why));
  };
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) fail("is a folder; name a JSON file in it");
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) fail("cannot be read: " + std::generic_category().message(errno));
  constexpr std::size_t kMost = std::size_t{1} << 20;
  std::string text(kMost + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > kMost) fail("is larger than 1 MiB, which no machine is; is it another file?");
  return parse_machine(text, file.string());
}

}  // namespace countercheck
