#include "counters/cpu_identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace countercheck {
namespace {

// The sets of instructions that tell generations apart, each with all before it.
enum Features { none, avx, avx2, avx512, amx };

struct Newcomer {
  Features feature;
  std::string_view flag;   // as /proc/cpuinfo has it
  std::string_view intel;  // the first core that had it
  std::string_view amd;    // empty: none has
};
constexpr Newcomer kNewcomers[] = {{amx, "amx_tile", "Sapphire Rapids", ""},
                                   {avx512, "avx512f", "Skylake-X", "Zen 4"},
                                   {avx2, "avx2", "Haswell", "Excavator"},
                                   {avx, "avx", "Sandy Bridge", "Bulldozer"}};

struct Core {
  std::string_view vendor;
  unsigned family;
  unsigned first;  // models
  unsigned last;
  std::string_view name;
  Features most;
};

constexpr std::string_view kIntel = "GenuineIntel";
constexpr std::string_view kAmd = "AuthenticAMD";

// Intel: the kernel's arch/x86/include/asm/intel-family.h; AMD: its arch/x86/kernel/cpu/amd.c (bsp_init_amd and
// init_amd_zn) and the processor programming references. Alder Lake's first steppings let AVX-512 be switched on.
constexpr Core kCores[] = {
    // clang-format off
    {kIntel, 6, 0x0f, 0x0f, "Merom", none}, {kIntel, 6, 0x16, 0x17, "Merom or Penryn", none},
    {kIntel, 6, 0x1d, 0x1d, "Dunnington", none}, {kIntel, 6, 0x1a, 0x1a, "Nehalem", none},
    {kIntel, 6, 0x1e, 0x1f, "Nehalem", none}, {kIntel, 6, 0x2e, 0x2e, "Nehalem", none},
    {kIntel, 6, 0x25, 0x25, "Westmere", none}, {kIntel, 6, 0x2c, 0x2c, "Westmere", none},
    {kIntel, 6, 0x2f, 0x2f, "Westmere", none}, {kIntel, 6, 0x1c, 0x1c, "Bonnell", none},
    {kIntel, 6, 0x26, 0x27, "Bonnell or Saltwell", none}, {kIntel, 6, 0x35, 0x36, "Saltwell", none},
    {kIntel, 6, 0x37, 0x37, "Silvermont", none}, {kIntel, 6, 0x4a, 0x4a, "Silvermont", none},
    {kIntel, 6, 0x4d, 0x4d, "Silvermont", none}, {kIntel, 6, 0x4c, 0x4c, "Airmont", none},
    {kIntel, 6, 0x5a, 0x5a, "Airmont", none}, {kIntel, 6, 0x75, 0x75, "Airmont", none},
    {kIntel, 6, 0x5c, 0x5c, "Goldmont", none}, {kIntel, 6, 0x5f, 0x5f, "Goldmont", none},
    {kIntel, 6, 0x7a, 0x7a, "Goldmont Plus", none}, {kIntel, 6, 0x86, 0x86, "Tremont", none},
    {kIntel, 6, 0x96, 0x96, "Tremont", none}, {kIntel, 6, 0x9c, 0x9c, "Tremont", none},
    {kIntel, 6, 0x2a, 0x2a, "Sandy Bridge", avx}, {kIntel, 6, 0x2d, 0x2d, "Sandy Bridge", avx},
    {kIntel, 6, 0x3a, 0x3a, "Ivy Bridge", avx}, {kIntel, 6, 0x3e, 0x3e, "Ivy Bridge", avx},
    {kIntel, 6, 0x3c, 0x3c, "Haswell", avx2}, {kIntel, 6, 0x3f, 0x3f, "Haswell", avx2},
    {kIntel, 6, 0x45, 0x46, "Haswell", avx2}, {kIntel, 6, 0x3d, 0x3d, "Broadwell", avx2},
    {kIntel, 6, 0x47, 0x47, "Broadwell", avx2}, {kIntel, 6, 0x4f, 0x4f, "Broadwell", avx2},
    {kIntel, 6, 0x56, 0x56, "Broadwell", avx2}, {kIntel, 6, 0x4e, 0x4e, "Skylake", avx2},
    {kIntel, 6, 0x5e, 0x5e, "Skylake", avx2}, {kIntel, 6, 0x8e, 0x8e, "Kaby Lake", avx2},
    {kIntel, 6, 0x9e, 0x9e, "Kaby Lake", avx2}, {kIntel, 6, 0xa5, 0xa6, "Comet Lake", avx2},
    {kIntel, 6, 0x55, 0x55, "Skylake-X", avx512}, {kIntel, 6, 0x57, 0x57, "Knights Landing", avx512},
    {kIntel, 6, 0x85, 0x85, "Knights Mill", avx512}, {kIntel, 6, 0x66, 0x66, "Cannon Lake", avx512},
    {kIntel, 6, 0x6a, 0x6a, "Ice Lake", avx512}, {kIntel, 6, 0x6c, 0x6c, "Ice Lake", avx512},
    {kIntel, 6, 0x7d, 0x7e, "Ice Lake", avx512}, {kIntel, 6, 0x9d, 0x9d, "Ice Lake", avx512},
    {kIntel, 6, 0x8c, 0x8d, "Tiger Lake", avx512}, {kIntel, 6, 0xa7, 0xa7, "Rocket Lake", avx512},
    {kIntel, 6, 0x97, 0x97, "Alder Lake", avx512}, {kIntel, 6, 0x9a, 0x9a, "Alder Lake", avx512},
    {kIntel, 6, 0xbe, 0xbe, "Gracemont", avx2}, {kIntel, 6, 0xb7, 0xb7, "Raptor Lake", avx512},
    {kIntel, 6, 0xba, 0xba, "Raptor Lake", avx512}, {kIntel, 6, 0xbf, 0xbf, "Raptor Lake", avx512},
    {kIntel, 6, 0x8f, 0x8f, "Sapphire Rapids", amx}, {kIntel, 6, 0xcf, 0xcf, "Emerald Rapids", amx},
    {kIntel, 6, 0xad, 0xae, "Granite Rapids", amx},
    {kAmd, 0x10, 0x00, 0xff, "K10", none}, {kAmd, 0x12, 0x00, 0xff, "Llano", none},
    {kAmd, 0x14, 0x00, 0xff, "Bobcat", none}, {kAmd, 0x15, 0x00, 0x5f, "Bulldozer", avx},
    {kAmd, 0x15, 0x60, 0x7f, "Excavator", avx2}, {kAmd, 0x16, 0x00, 0xff, "Jaguar", avx},
    {kAmd, 0x17, 0x00, 0x2f, "Zen", avx2}, {kAmd, 0x17, 0x30, 0xaf, "Zen 2", avx2},
    {kAmd, 0x19, 0x00, 0x0f, "Zen 3", avx2}, {kAmd, 0x19, 0x20, 0x5f, "Zen 3", avx2},
    {kAmd, 0x19, 0x10, 0x1f, "Zen 4", avx512}, {kAmd, 0x19, 0x60, 0xaf, "Zen 4", avx512},
    {kAmd, 0x1a, 0x00, 0x4f, "Zen 5", avx512}, {kAmd, 0x1a, 0x60, 0x7f, "Zen 5", avx512},
    // clang-format on
};

const Core* find_core(const CpuIdentity& cpu) {
  const auto core = std::find_if(std::begin(kCores), std::end(kCores), [&](const Core& candidate) {
    return candidate.vendor == cpu.vendor && candidate.family == cpu.family && candidate.first <= cpu.model &&
           cpu.model <= candidate.last;
  });
  return core == std::end(kCores) ? nullptr : core;
}

unsigned number(const std::string& text) {
  return static_cast<unsigned>(std::strtoul(text.c_str(), nullptr, 10));
}

}  // namespace

CpuIdentity cpu_identity(const std::string& cpuinfo) {
  CpuIdentity cpu;
  std::istringstream lines(cpuinfo);
  for (std::string line; std::getline(lines, line) && !line.empty();) {
    const auto colon = line.find(':');
    if (colon == std::string::npos) continue;
    const std::string key = line.substr(0, line.find_last_not_of(" \t", colon - 1) + 1);
    const auto begin = line.find_first_not_of(" \t", colon + 1);
    const std::string value = begin == std::string::npos ? "" : line.substr(begin);
    if (key == "vendor_id") cpu.vendor = value;
    if (key == "cpu family") cpu.family = number(value);
    if (key == "model") cpu.model = number(value);
    if (key == "flags") {
      std::istringstream flags(value);
      for (std::string flag; flags >> flag;) cpu.flags.push_back(flag);
    }
  }
  return cpu;
}

CpuIdentity read_cpu_identity() {
  std::ifstream file("/proc/cpuinfo");
  std::ostringstream text;
  text << file.rdbuf();
  return cpu_identity(text.str());
}

std::string_view core_name(const CpuIdentity& cpu) {
  const Core* const core = find_core(cpu);
  return core ? core->name : std::string_view();
}

std::optional<std::string> contradiction(const CpuIdentity& cpu) {
  const Core* const core = find_core(cpu);
  if (!core) return std::nullopt;
  for (const Newcomer& newcomer : kNewcomers) {
    const bool has = std::find(cpu.flags.begin(), cpu.flags.end(), newcomer.flag) != cpu.flags.end();
    if (!has || newcomer.feature <= core->most) continue;
    const std::string_view first = cpu.vendor == kIntel ? newcomer.intel : newcomer.amd;
    return fmt::format(
        "the CPU calls itself {} ({} family {:X} model {:02X}) and has {}, which {}: a hypervisor changed the model, "
        "by "
        "which the tables of events are chosen, so hardware counts here are not to be trusted",
        core->name, cpu.vendor, cpu.family, cpu.model, newcomer.flag,
        first.empty() ? "no CPU of this maker has" : fmt::format("came with {}", first));
  }
  return std::nullopt;
}

}  // namespace countercheck
