#include "experiment/stamps_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "counters/user_error.hpp"
#include "experiment/data_folder.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json to_json(const Stamp& stamp) {
  return {{"event", stamp.event},
          {"source", to_string(stamp.source)},
          {"privilege", to_string(stamp.privilege)},
          {"kind", to_string(stamp.kind)},
          {"claims", stamp.claims},
          {"counts", stamp.counts},
          {"kernel", stamp.kernel},
          {"item", stamp.item},
          {"few", stamp.few},
          {"many", stamp.many},
          {"each", stamp.each},
          {"found", stamp.found},
          {"besides", stamp.besides},
          {"spread", stamp.spread},
          {"rounds", stamp.rounds},
          {"when", stamp.when}};
}

template <typename Value>
Value known(std::optional<Value> value) {
  if (!value) throw std::runtime_error("has a word that this countercheck does not know");
  return *value;
}

Stamp stamp_from(const json& object) {
  return {.event = object.at("event"),
          .source = known(source_from(object.at("source").get<std::string>())),
          .privilege = known(privilege_from(object.at("privilege").get<std::string>())),
          .kind = known(stamp_kind_from(object.at("kind").get<std::string>())),
          .claims = object.at("claims"),
          .counts = object.at("counts"),
          .kernel = object.at("kernel"),
          .item = object.at("item"),
          .few = object.at("few"),
          .many = object.at("many"),
          .each = object.at("each"),
          .found = object.at("found"),
          .besides = object.at("besides"),
          .spread = object.at("spread"),
          .rounds = object.at("rounds"),
          .when = object.at("when")};
}

json identity(const Machine& machine) {
  return {{"cpu", machine.cpu},
          {"cpu_id", machine.cpu_id},
          {"architecture", machine.architecture},
          {"kernel", machine.kernel},
          {"hypervisor", machine.hypervisor}};
}

[[noreturn]] void refuse(const fs::path& file, const std::string& what) {
  throw UserError(Trouble::file, fmt::format("the stamps' file '{}' {}", file.string(), what));
}

std::string message(const std::error_code& error) {
  return error.message();
}

}  // namespace

std::optional<fs::path> stamps_folder() {
  const auto folder = data_folder();
  return folder ? std::optional(*folder / "stamps") : std::nullopt;
}

std::string stamps_file_name(const Machine& machine) {
  std::string name = machine.cpu_id.empty() ? machine.architecture : machine.cpu_id;
  name += "_" + machine.kernel;
  if (!machine.hypervisor.empty()) name += "_" + machine.hypervisor;
  for (char& letter : name) {
    const bool plain =
        std::isalnum(static_cast<unsigned char>(letter)) || letter == '-' || letter == '_' || letter == '.';
    if (!plain) letter = '-';
  }
  return name + ".json";
}

std::vector<Stamp> read_stamps(const fs::path& folder, const Machine& machine) {
  const fs::path file = folder / stamps_file_name(machine);
  std::ifstream stream(file);
  if (!stream) return {};
  std::vector<Stamp> stamps;
  try {
    const json all = json::parse(stream);
    if (all.at("machine") != identity(machine)) return {};
    for (const auto& one : all.at("stamps")) stamps.push_back(stamp_from(one));
  } catch (const std::exception& error) {
    refuse(file, fmt::format("cannot be read ({}): remove it, and certify again", error.what()));
  }
  return stamps;
}

fs::path store_stamps(const fs::path& folder, const Machine& machine, const std::vector<Stamp>& stamps) {
  const fs::path file = folder / stamps_file_name(machine);
  std::vector<Stamp> all = read_stamps(folder, machine);
  std::erase_if(all, [&](const Stamp& old) {
    return std::any_of(stamps.begin(), stamps.end(), [&](const Stamp& fresh) { return fresh.event == old.event; });
  });
  all.insert(all.end(), stamps.begin(), stamps.end());
  std::sort(all.begin(), all.end(), [](const Stamp& a, const Stamp& b) { return a.event < b.event; });
  json rows = json::array();
  for (const Stamp& stamp : all) rows.push_back(to_json(stamp));
  const json whole = {{"machine", identity(machine)}, {"stamps", rows}};

  std::error_code error;
  fs::create_directories(folder, error);
  if (error) refuse(file, fmt::format("cannot be written: its folder cannot be made: {}", message(error)));
  const fs::path fresh = file.string() + ".new";
  errno = 0;
  std::ofstream stream(fresh);
  stream << whole.dump(1, ' ', false, json::error_handler_t::replace) << '\n';
  stream.close();
  if (!stream) {
    const std::error_code why(errno, std::generic_category());
    fs::remove(fresh, error);
    refuse(file, fmt::format("cannot be written: {}", message(why)));
  }
  fs::rename(fresh, file, error);
  if (error) refuse(file, fmt::format("cannot be written: {}", message(error)));
  return file;
}

}  // namespace countercheck
