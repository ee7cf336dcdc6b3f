#include "cli/machine_listing.hpp"

#include <fmt/format.h>

#include <ostream>

#include "cli/columns.hpp"
#include "cli/terminal.hpp"
#include "counters/user_error.hpp"
#include "reports/text_width.hpp"
#include "simulator/machines/machine_catalogue.hpp"

namespace countercheck {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// In the largest unit that leaves no remainder.
std::string bytes_text(std::uint64_t bytes, const char* const (&units)[3]) {
  int unit = 0;
  for (; unit < 2 && bytes % 1024 == 0; ++unit) bytes /= 1024;
  return fmt::format("{}{}", bytes, units[unit]);
}

std::string in_short(const sim_geometry& cache, const sim_machine& machine) {
  return fmt::format("{}/{}", bytes_text(cache_bytes(cache, machine.line_bytes), {"", "K", "M"}), cache.ways);
}

std::vector<std::string> row_of(const SimulatedMachine& machine) {
  std::vector<std::string> row = {machine.name};
  const sim_machine& model = machine.model;
  for (std::uint32_t i = 0; i < SIM_MAX_LEVELS; ++i) {
    const sim_level& level = model.levels[i];
    row.push_back(i < model.level_count ? in_short(level.data, model) : "");
    if (i == 0) row.push_back(level.split ? in_short(level.code, model) : "");
  }
  row.push_back(machine.title);
  return row;
}

// Takes away the columns in which only the head has a text.
void drop_empty_columns(Rows& rows) {
  for (std::size_t column = rows.front().size(); column-- > 0;) {
    bool empty = true;
    for (std::size_t i = 1; i < rows.size(); ++i) empty = empty && rows[i][column].empty();
    if (!empty) continue;
    for (auto& row : rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(column));
  }
}

std::string cache_text(const sim_geometry& cache, const sim_machine& machine) {
  return fmt::format("{}, {} ways, {} sets, {}",
                     bytes_text(cache_bytes(cache, machine.line_bytes), {" bytes", " KiB", " MiB"}), cache.ways,
                     cache.sets, name_of(kPolicyNames, cache.policy));
}

std::string level_text(const sim_level& level, const sim_machine& machine, bool first) {
  std::string text = machine.cores == 1 ? "" : level.shared ? "; one for all cores" : "; one for each core";
  if (!first) text += fmt::format("; {}", name_of(kInclusionNames, level.inclusion));
  if (level.prefetch != SIM_NO_PREFETCH) {
    text += fmt::format("; prefetches {}, {} lines", name_of(kPrefetchNames, level.prefetch), level.degree);
  }
  return text;
}

std::string tlb_part(const sim_geometry& part) {
  return part.sets == 1 ? fmt::format("{} entries, fully associative", part.ways)
                        : fmt::format("{} entries, {} ways", std::uint64_t{part.sets} * part.ways, part.ways);
}

void add_tlb(Rows& rows, const sim_tlb_geometry& tlb) {
  if (tlb.small.ways == 0) return rows.push_back({"data TLB", "not simulated"});
  rows.push_back({"data TLB", tlb_part(tlb.small) + (tlb.huge.ways > 0 ? "" : "; 2 MiB pages among the small ones")});
  if (tlb.huge.ways > 0) rows.push_back({"  2 MiB pages", tlb_part(tlb.huge)});
  if (tlb.second.ways > 0) rows.push_back({"  second level", tlb_part(tlb.second)});
}

std::string branches_text(const sim_branch_geometry& branches) {
  std::string text(name_of(kConditionalNames, branches.conditional));
  if (branches.conditional == SIM_GSHARE) {
    text += fmt::format(" (2^{} counters, {} bits of history)", branches.table_bits, branches.history_bits);
  }
  text += fmt::format("; indirect jumps: {}, 2^{} targets", name_of(kIndirectNames, branches.indirect),
                      branches.target_bits);
  return text + (branches.returns > 0 ? fmt::format("; a return stack of {}", branches.returns)
                                      : "; returns are not simulated");
}

Rows geometry_rows(const SimulatedMachine& machine) {
  const sim_machine& model = machine.model;
  Rows rows;
  if (!machine.file.empty()) rows.push_back({"file", printable(machine.file)});
  rows.push_back({"cores", std::to_string(model.cores)});
  rows.push_back({"lines", fmt::format("{} bytes; an access over two lines counts {}", model.line_bytes,
                                       model.straddle_as_one ? "once, as in Cachegrind" : "for each")});
  rows.push_back({"writes", model.writes_back ? "write back, and allocate" : "count as loads: nothing is dirty"});
  for (std::uint32_t i = 0; i < model.level_count; ++i) {
    const sim_level& level = model.levels[i];
    const std::string name = printable(machine.level_names[i]);
    const std::string rest = level_text(level, model, i == 0);
    rows.push_back({name + (level.split ? " data" : ""), cache_text(level.data, model) + rest});
    if (level.split) rows.push_back({name + " code", cache_text(level.code, model) + rest});
  }
  add_tlb(rows, model.tlb);
  rows.push_back({"branches", branches_text(machine.branches)});
  return rows;
}

}  // namespace

void list_machines(std::ostream& out) {
  Rows rows = {{"", "L1 data", "L1 code", "L2", "L3", "L4", ""}};
  Rows unreadable;
  for (const auto& name : machine_names()) {
    try {
      rows.push_back(row_of(find_machine(name)));
    } catch (const UserError& error) {
      unreadable.push_back({name, error.what()});
    }
  }
  out << "Machines that the simulator can be, with bytes/ways of each cache:\n\n";
  if (rows.size() > 1) {
    drop_empty_columns(rows);
    print_columns(out, rows, terminal_width());
  }
  print_columns(out, unreadable, terminal_width());
  out << "\nAll of one, with its file, which shows the form for one of your own:\ncountercheck list machines NAME\n";
}

void describe_machine(std::ostream& out, const std::string& name) {
  const SimulatedMachine machine = find_machine(name);
  const unsigned width = terminal_width();
  for (const auto& line : wrap(printable(machine.name + ": " + machine.title), width, 2)) out << line << '\n';
  out << '\n';
  print_columns(out, geometry_rows(machine), width);

  Rows sources;
  for (const auto& source : machine.sources) {
    sources.push_back({source.verified ? "read there" : "not checked",
                       printable(fmt::format("{}: {}", source.figures, source.from))});
  }
  if (!sources.empty()) out << "\nWhere the figures come from, and whether somebody has read them there:\n\n";
  print_columns(out, sources, width);

  Rows notes;
  for (const auto& note : machine.notes) notes.push_back({"-", printable(note)});
  if (!notes.empty()) out << "\nWhere the machine is otherwise, or unknown:\n\n";
  print_columns(out, notes, width);
}

}  // namespace countercheck
