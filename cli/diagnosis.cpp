#include "cli/diagnosis.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <map>
#include <string_view>
#include <variant>

#include "cli/simulating.hpp"
#include "counters/access.hpp"
#include "counters/counted_noun.hpp"
#include "counters/cpu_identity.hpp"
#include "counters/papi_status.hpp"
#include "counters/pass_plan.hpp"
#include "counters/sysfs_pmu.hpp"
#include "counters/trial.hpp"
#include "experiment/machine.hpp"
#include "experiment/pinning.hpp"
#include "experiment/steadiness.hpp"
#include "simulator/sizes.hpp"

namespace countercheck {
namespace {

// What came of trying several events, by what became of them.
struct Trials {
  std::vector<std::string> counted;
  std::vector<std::string> user_only;
  std::vector<std::string> dead;
  std::vector<std::string> by_rusage;
  std::map<std::string, std::vector<std::string>> absent;  // by the sentence that tells why
};

struct Tried {
  std::string_view event;
  bool surely;  // the trial's little work must raise it
};

template <std::size_t N>
Trials try_all(const std::array<Tried, N>& events, const Access& access) {
  Trials trials;
  for (const auto& [event, surely] : events) {
    const Trial trial = try_event(std::string(event), surely, access);
    const std::string name(event);
    if (const auto* why = absence(trial.reading)) {
      trials.absent[why->sentence].push_back(name);
    } else if (trial.dead) {
      trials.dead.push_back(name);
    } else if (trial.reading.source == Source::rusage) {
      trials.by_rusage.push_back(name);
    } else if (trial.reading.privilege == Privilege::user) {
      trials.user_only.push_back(name);
    } else {
      trials.counted.push_back(name);
    }
  }
  return trials;
}

std::string listed(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string explain(const Trials& trials) {
  std::vector<std::string> parts;
  if (!trials.counted.empty()) parts.push_back(listed(trials.counted) + ": opened, run and read");
  if (!trials.user_only.empty())
    parts.push_back(listed(trials.user_only) + ": opened, run and read, in user mode only (:u)");
  if (!trials.by_rusage.empty()) parts.push_back(listed(trials.by_rusage) + ": taken from rusage instead");
  if (!trials.dead.empty())
    parts.push_back(listed(trials.dead) + ": opens and runs, but reads 0 where it must not: do not trust it");
  for (const auto& [why, names] : trials.absent) parts.push_back(fmt::format("{}: {}", listed(names), why));
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string state_of(const Trials& trials) {
  const bool some = !trials.counted.empty() || !trials.user_only.empty() || !trials.by_rusage.empty();
  const bool lacks = !trials.absent.empty() || !trials.dead.empty() || !trials.by_rusage.empty();
  if (!some) return "no";
  return lacks ? "part" : "yes";
}

Finding machine_finding(const Machine& machine) {
  const std::string host = machine.hypervisor.empty() ? "no hypervisor seen" : "virtual, " + machine.hypervisor;
  // Arm tells no name of a model, and not every system is a distribution.
  const std::string model =
      machine.cpu == machine.cpu_id ? machine.cpu : fmt::format("{} ({})", machine.cpu, machine.cpu_id);
  const std::string system = machine.system.empty() ? "" : ", " + machine.system;
  return {"machine", machine.architecture,
          fmt::format("{}, {}; Linux {}{}; {}, {} for this process; {:.1f} GiB of memory", model, host, machine.kernel,
                      system, counted_noun(machine.cpus, "CPU"), machine.cpus_allowed,
                      static_cast<double>(machine.memory) / (1ULL << 30))};
}

Finding pmu_finding(const Access& access) {
  const auto all = sysfs_pmus();
  return {"PMUs", access.cpu_pmus.empty() ? "none" : fmt::format("{}", access.cpu_pmus.size()),
          fmt::format("the kernel's event sources: {}; of a CPU core: {}", all.empty() ? "none" : listed(all),
                      access.cpu_pmus.empty() ? "none" : listed(access.cpu_pmus))};
}

Finding privilege_finding(const Access& access) {
  const std::string level = fmt::format("kernel.perf_event_paranoid is {}", access.paranoid);
  if (may_count_kernel(access)) {
    const bool by_capability = access.paranoid > 1;
    return {"user and kernel", "both",
            level + (by_capability ? fmt::format(" and this process may all the same ({})",
                                                 access.root ? "it is root" : "it has CAP_PERFMON")
                                   : ", which allows both to every user")};
  }
  if (access.paranoid == 2) {
    return {"user and kernel", "user only",
            level +
                ": hardware events are counted in user mode only, software events by rusage; count both with: sudo "
                "sysctl kernel.perf_event_paranoid=1"};
  }
  return {"user and kernel", "none",
          level + ": users may open no event; allow it with: sudo sysctl kernel.perf_event_paranoid=1"};
}

Finding seccomp_finding(const Access& access) {
  switch (access.seccomp) {
    case 0:
      return {"seccomp", "none", "no filter on this process's system calls"};
    case 2:
      return {
          "seccomp", "filter",
          "system calls are filtered, as in a container; where perf_event_open is refused, start the container with "
          "--security-opt seccomp=unconfined, or a profile that allows the call, and --cap-add PERFMON"};
    default:
      return {"seccomp", fmt::format("{}", access.seccomp), "an unusual mode"};
  }
}

Finding watchdog_finding(const Access& access) {
  if (!access.watchdog) return {"NMI watchdog", "off", "it takes no counter"};
  return {"NMI watchdog", "on", "it holds one hardware counter; free it with: sudo sysctl kernel.nmi_watchdog=0"};
}

Finding counters_finding(const Access& access) {
  const std::size_t together = counters_at_once(access);
  if (together == 0) return {"counters", "none", "no hardware event can be counted"};
  return {
      "counters", fmt::format("{}", together),
      fmt::format("cycles and {} more hardware events count at a time, as tried here{}; more than fit are counted in "
                  "several passes, or take turns with --multiplex",
                  together - 1, access.watchdog ? " beside the NMI watchdog's" : "")};
}

Finding cores_finding(const Access& access) {
  if (access.cores.empty()) return {"types of cores", "unknown", "the kernel shows no PMU of a core to tell them by"};
  if (access.cores.size() == 1) return {"types of cores", "1", "all cores count with one PMU"};
  std::vector<std::string> parts;
  for (const auto& pmu : access.cores) parts.push_back(fmt::format("{} (CPUs {})", pmu.name, pmu.cpus));
  return {"types of cores", fmt::format("{}", parts.size()),
          fmt::format("{}: hardware events are counted on each and summed", listed(parts))};
}

Finding model_finding() {
  const CpuIdentity cpu = read_cpu_identity();
  if (const auto sentence = contradiction(cpu)) return {"CPU model", "wrong", *sentence};
  if (cpu.vendor.empty()) return {"CPU model", "unchecked", "no processor of x86: its flags tell nothing of its model"};
  const std::string_view name = core_name(cpu);
  if (name.empty()) return {"CPU model", "unchecked", "not in the table by which models are checked"};
  return {"CPU model", "believed", fmt::format("{}: its flags do not contradict its model", name)};
}

Finding papi_finding(const Access& access) {
  const PapiStatus papi = read_papi_status(access);
  const char* const states[] = {"no", "part", "yes"};
  return {"PAPI", states[static_cast<int>(papi.state)], papi.sentence};
}

// What cannot be simulated, whoever simulates: Valgrind's own limits.
constexpr const char* kNeverSimulated = "AVX-512 programs cannot be simulated, nor what happens in the kernel";

Finding simulator_finding(const std::variant<Engine, std::string>& found) {
  if (const auto* why = std::get_if<std::string>(&found)) return {"simulator", "no", *why};
  const auto& engine = std::get<Engine>(found);
  if (engine.kind == EngineKind::countercheck) {
    return {"simulator", "yes", fmt::format("valgrind {}, our tool found; {}", engine.version, kNeverSimulated)};
  }
  return {"simulator", "part",
          fmt::format("valgrind {}, with Cachegrind in place of our tool: two cache levels, no marked regions ({}); {}",
                      engine.version, engine.why_not_ours, kNeverSimulated)};
}

Finding cache_finding(const Machine& machine) {
  std::vector<std::string> parts;
  for (const auto& cache : machine.caches) {
    const char* const letter = cache.type == "data" ? "d" : cache.type == "instruction" ? "i" : "";
    const std::string ways = cache.ways > 0 ? fmt::format(" {}-way", cache.ways) : "";
    parts.push_back(fmt::format("{} x L{}{} {}{}, lines of {}", cache.instances, cache.level, letter,
                                shown_bytes(cache.bytes), ways, cache.line));
  }
  if (parts.empty()) return {"caches", "unknown", "neither the CPU nor the kernel tells them"};
  return {"caches", machine.hypervisor.empty() ? "told" : "as told",
          fmt::format("{}{}", fmt::join(parts, "; "),
                      machine.hypervisor.empty() ? "" : " (by the hypervisor, which may invent them)")};
}

Finding steadiness_finding() {
  const auto cpus = allowed_cpus();
  const Steadiness state = read_steadiness(cpus);
  const bool calm = state.load && *state.load < 0.5 * static_cast<double>(cpus.size());
  const auto stolen = stolen_share(state, cpus);
  std::vector<std::string> parts = {
      fmt::format("load {} on {}", state.load ? fmt::format("{:.2f}", *state.load) : "unknown",
                  counted_noun(cpus.size(), "CPU")) +
      (stolen ? fmt::format(", steal time {:.1f} % since boot", 100 * *stolen) : ", steal time unknown")};
  if (!calm) parts.emplace_back("times will scatter: close other programs, or take more rounds with -r");
  for (auto& part : standing_unsteadiness(state, cpus)) parts.push_back(std::move(part));
  return {"steadiness", calm ? "calm" : "busy", fmt::format("{}", fmt::join(parts, "; "))};
}

}  // namespace

Diagnosis diagnose() {
  const Access access = read_access();
  const Machine machine = this_machine();
  // Cache and branch misses may truly be 0 in so little work.
  constexpr std::array<Tried, 8> kHardware = {{{"cycles", true},
                                               {"instructions", true},
                                               {"cache-references", false},
                                               {"cache-misses", false},
                                               {"branches", true},
                                               {"branch-misses", false},
                                               {"stalled-cycles-frontend", false},
                                               {"stalled-cycles-backend", false}}};
  constexpr std::array<Tried, 6> kSoftware = {{{"task-clock", true},
                                               {"page-faults", true},
                                               {"minor-faults", true},
                                               {"major-faults", false},
                                               {"context-switches", true},
                                               {"cpu-migrations", false}}};
  const Trials hardware = try_all(kHardware, access);
  const Trials software = try_all(kSoftware, access);
  const bool rusage_works = try_event("voluntary-switches", true, access).dead == false;

  const auto engine = engine_here();

  Diagnosis diagnosis;
  diagnosis.simulates = std::holds_alternative<Engine>(engine);
  diagnosis.findings = {
      machine_finding(machine),
      {"hardware events", state_of(hardware), explain(hardware)},
      {"software events", state_of(software), explain(software)},
      {"rusage and clock", rusage_works ? "yes" : "part",
       rusage_works ? "wall, user and system time, peak RSS, faults, switches: need no permission"
                    : "times only: this kernel does not count switches (a sandbox such as gVisor?)"},
      pmu_finding(access),
      cores_finding(access),
      counters_finding(access),
      model_finding(),
      privilege_finding(access),
      seccomp_finding(access),
      watchdog_finding(access),
      simulator_finding(engine),
      papi_finding(access),
      cache_finding(machine),
      steadiness_finding(),
  };
  const bool hardware_counts = !hardware.counted.empty() || !hardware.user_only.empty();
  const bool software_counts = !software.counted.empty() || !software.user_only.empty() || !software.by_rusage.empty();
  diagnosis.countability = hardware_counts   ? Countability::hardware
                           : software_counts ? Countability::software_only
                                             : Countability::nothing;
  return diagnosis;
}

}  // namespace countercheck
