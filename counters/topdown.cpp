#include "counters/topdown.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace countercheck {
namespace {

// Intel: the kernel counts the four only in a group that "slots" leads (tools/perf/Documentation/topdown.txt; intel_pmu
// _hw_config in arch/x86/events/intel/core.c), and names them all itself.
constexpr std::string_view kIntel[] = {"slots", "topdown-retiring", "topdown-bad-spec", "topdown-fe-bound",
                                       "topdown-be-bound"};

// AMD: the processor programming references of families 19h (Zen 4) and 1Ah, PMCx1A0, x0AA, x0C1, x076, by the names of
// the kernel's tools/perf/pmu-events/arch/x86/amdzen4/pipeline.json and its neighbours; amdzen5 has the same codes.
struct Coded {
  std::string_view name;
  std::string_view terms;
};
constexpr Coded kAmd[] = {{"ls_not_halted_cyc", "event=0x76"},
                          {"ex_ret_ops", "event=0xc1"},
                          {"de_src_op_disp.all", "event=0xaa,umask=0x07"},
                          {"de_no_dispatch_per_slot.no_ops_from_frontend", "event=0x1a0,umask=0x01"},
                          {"de_no_dispatch_per_slot.backend_stalls", "event=0x1a0,umask=0x1e"},
                          {"de_no_dispatch_per_slot.smt_contention", "event=0x1a0,umask=0x60"}};

// "cpu", or a hybrid machine's "cpu_core"; empty: no PMU announces them.
std::string intel_pmu(const std::filesystem::path& root) {
  for (const auto& pmu : cpu_pmus(root)) {
    const auto announced = sysfs_events(pmu, root);
    const auto has = [&](std::string_view name) {
      return std::find(announced.begin(), announced.end(), name) != announced.end();
    };
    if (std::all_of(std::begin(kIntel), std::end(kIntel), has)) return pmu;
  }
  return "";
}

bool has_amd(const CpuIdentity& cpu, const std::filesystem::path& root) {
  if (cpu.vendor != "AuthenticAMD" || !std::filesystem::exists(root / "cpu")) return false;
  return core_name(cpu) == "Zen 4" || cpu.family >= 0x1a;
}

}  // namespace

std::vector<Event> topdown_events(const CpuIdentity& cpu, const std::filesystem::path& root) {
  std::vector<Event> events;
  if (const std::string pmu = intel_pmu(root); !pmu.empty()) {
    const Encoding slots = encode_with_sysfs(pmu, "slots", root);
    for (const auto name : kIntel) {
      Event event{.name = std::string(name), .of_one_pmu = true};
      event.encoding = encode_with_sysfs(pmu, name, root);
      event.leads = name == kIntel[0];
      if (!event.leads) event.leader = slots;
      events.push_back(std::move(event));
    }
  } else if (has_amd(cpu, root)) {
    for (const auto& [name, terms] : kAmd) {
      events.push_back(
          {.name = std::string(name), .encoding = encode_with_sysfs("cpu", terms, root), .of_one_pmu = true});
    }
  }
  return events;
}

std::optional<Event> find_topdown_event(std::string_view name, const CpuIdentity& cpu,
                                        const std::filesystem::path& root) {
  const bool intel = std::find(std::begin(kIntel), std::end(kIntel), name) != std::end(kIntel);
  const auto same = [&](const Coded& coded) { return coded.name == name; };
  if (!intel && std::none_of(std::begin(kAmd), std::end(kAmd), same)) return std::nullopt;
  for (auto& event : topdown_events(cpu, root)) {
    if (event.name == name) return event;
  }
  Event event = no_topdown(root);
  event.name = name;
  return event;
}

Event no_topdown(const std::filesystem::path& root) {
  Event event{.name = std::string(kTopdown)};
  event.encoding =
      Absence{cpu_pmus(root).empty() ? AbsenceReason::no_pmu : AbsenceReason::unsupported,
              fmt::format("top-down events are those of Intel's cores since Ice Lake, which the kernel names under {}, "
                          "and of AMD's since Zen 4: this machine shows neither",
                          root.string())};
  return event;
}

}  // namespace countercheck
