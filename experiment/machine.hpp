#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace countercheck {

struct Cache {
  unsigned level = 0;
  std::string type{};       // "data", "instruction", "unified"
  std::uint64_t bytes = 0;  // of one instance
  unsigned ways = 0;        // 0: not told
  unsigned line = 0;        // bytes; 0: not told
  unsigned instances = 0;

  bool operator==(const Cache&) const = default;
};

// The fingerprint of the machine that samples were taken on: what decides whether two results may be compared.
struct Machine {
  std::string cpu{};           // the model's name
  std::string cpu_id{};        // vendor-family-model-stepping, as perf names it
  std::string architecture{};  // uname -m
  std::string kernel{};        // uname -r
  std::string system{};        // PRETTY_NAME of os-release
  std::string hypervisor{};    // empty: none seen
  unsigned cpus = 0;           // online
  unsigned cpus_allowed = 0;   // that this process may use
  std::uint64_t memory = 0;    // bytes
  std::uint64_t page = 0;      // bytes
  std::string huge_pages{};    // transparent huge pages: "always", "madvise", "never"
  int perf_event_paranoid = 0;
  std::vector<Cache> caches{};  // smallest level first

  bool operator==(const Machine&) const = default;
};

// Reads the machine this process runs on, from /proc, /sys and hwloc. What cannot be read stays empty or 0.
Machine this_machine();

// The processor's id alone, as in Machine::cpu_id: "GenuineIntel-6-A7-1"; on Arm the implementer, part and variant.
std::string cpu_id();

// CPUs that this process may use: its affinity mask (sched_getaffinity(2)).
unsigned cpus_allowed();

}  // namespace countercheck
