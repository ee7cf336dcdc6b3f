#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace countercheck {

// Time of one CPU since boot, in ticks of the kernel's clock (proc(5), /proc/stat).
struct CpuTime {
  std::uint64_t busy = 0;  // user, nice, system, irq, softirq
  std::uint64_t steal = 0;
  std::uint64_t all = 0;

  bool operator==(const CpuTime&) const = default;
};

// What of the machine's state makes times scatter, as far as the kernel shows it; what it does not show is empty.
struct Steadiness {
  std::optional<double> load{};                          // /proc/loadavg, over the last minute
  std::map<unsigned, CpuTime> times{};                   // by CPU
  std::map<std::string, unsigned> governors{};           // how many CPUs have each cpufreq governor
  std::string boost{};                                   // "intel_pstate/no_turbo is 0", where the turbo is on
  std::map<unsigned, std::vector<unsigned>> siblings{};  // by CPU: the others of its core (SMT)
  std::map<std::string, std::uint64_t> throttled{};      // "core_throttle_count of CPU 3", since boot
  double own = 0;  // seconds that this process and its children that ended were on a CPU

  bool operator==(const Steadiness&) const = default;
};

// Reads the files below `root` that tell of these CPUs; `own` is this process's.
Steadiness read_steadiness(const std::vector<unsigned>& cpus, const std::filesystem::path& root = "/");

// What stood against steady times while samples were taken on these CPUs: one sentence for each kind, with the figures
// that it saw. `bound`: the samples could run nowhere else, and these CPUs' SMT siblings matter.
std::vector<std::string> unsteadiness(const Steadiness& before, const Steadiness& after,
                                      const std::vector<unsigned>& cpus, bool bound);

// The share of these CPUs' time since boot that the host gave to others; empty: not told.
std::optional<double> stolen_share(const Steadiness& now, const std::vector<unsigned>& cpus);

// What of that stands before anything runs, in parts of a sentence with what would change it: "the frequency governor
// of 8 CPUs is powersave: …".
std::vector<std::string> standing_unsteadiness(const Steadiness& now, const std::vector<unsigned>& cpus);

}  // namespace countercheck
