#include "counters/core_types.hpp"

#include <sched.h>

#include <algorithm>
#include <charconv>
#include <fstream>

namespace countercheck {
namespace {

// Above this bit of config a generic event names its PMU, since kernel 5.13 (PERF_PMU_TYPE_SHIFT of
// include/uapi/linux/perf_event.h, which older headers lack).
constexpr unsigned kPmuShift = 32;
constexpr std::size_t kMostCpus = 8192;  // the kernel's own limit on x86

std::string line_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  return line;
}

bool is_generic(const Encoding& encoding) {
  return encoding.type == PERF_TYPE_HARDWARE || encoding.type == PERF_TYPE_HW_CACHE;
}

Encoding for_pmu(Encoding encoding, const CorePmu& pmu) {
  if (is_generic(encoding)) {
    encoding.config |= std::uint64_t{pmu.type} << kPmuShift;
  } else {
    encoding.type = pmu.type;
  }
  return encoding;
}

}  // namespace

std::vector<CorePmu> core_pmus(const std::filesystem::path& root) {
  std::vector<CorePmu> pmus;
  for (const auto& name : cpu_pmus(root)) {
    const std::string type = line_of(root / name / "type");
    CorePmu pmu{.name = name, .cpus = line_of(root / name / "cpus")};
    const auto [end, error] = std::from_chars(type.data(), type.data() + type.size(), pmu.type);
    if (error == std::errc()) pmus.push_back(std::move(pmu));
  }
  return pmus;
}

bool counts_on_core(const Encoding& encoding, const std::vector<CorePmu>& pmus) {
  if (is_generic(encoding) || encoding.type == PERF_TYPE_RAW) return true;
  return std::any_of(pmus.begin(), pmus.end(), [&](const CorePmu& pmu) { return pmu.type == encoding.type; });
}

std::vector<OnCore> on_each_core(const Encoding& encoding, const std::vector<CorePmu>& pmus, bool of_one_pmu) {
  if (pmus.size() < 2 || !counts_on_core(encoding, pmus)) return {};
  // The PMU that a generic event names for itself.
  const auto own = is_generic(encoding) ? static_cast<std::uint32_t>(encoding.config >> kPmuShift) : 0U;
  std::vector<OnCore> counters;
  for (const auto& pmu : pmus) {
    if (own != 0 || of_one_pmu) {
      if (pmu.type == (own != 0 ? own : encoding.type)) counters.push_back({pmu, encoding});
    } else {
      counters.push_back({pmu, for_pmu(encoding, pmu)});
    }
  }
  return counters;
}

std::vector<unsigned> cpu_list(const std::string& text) {
  std::vector<unsigned> cpus;
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto number = [&](unsigned& value) {
    const auto [next, error] = std::from_chars(at, end, value);
    at = next;
    return error == std::errc() && value < kMostCpus;
  };
  for (unsigned first = 0; number(first);) {
    unsigned last = first;
    if (at < end && *at == '-' && (++at, !number(last))) return cpus;
    for (unsigned cpu = first; cpu <= last; ++cpu) cpus.push_back(cpu);
    if (at == end || *at++ != ',') break;
  }
  return cpus;
}

OnCpusOf::OnCpusOf(const CorePmu& pmu) {
  if (pmu.cpus.empty()) {
    there_ = true;
    return;
  }
  const std::size_t size = CPU_ALLOC_SIZE(kMostCpus);
  std::vector<unsigned char> wanted(size);
  before_.resize(size);
  auto* const now = reinterpret_cast<cpu_set_t*>(before_.data());
  auto* const then = reinterpret_cast<cpu_set_t*>(wanted.data());
  if (sched_getaffinity(0, size, now) != 0) {
    before_.clear();
    return;
  }
  for (const unsigned cpu : cpu_list(pmu.cpus)) {
    if (CPU_ISSET_S(cpu, size, now)) CPU_SET_S(cpu, size, then);
  }
  there_ = CPU_COUNT_S(size, then) > 0 && sched_setaffinity(0, size, then) == 0;
}

OnCpusOf::~OnCpusOf() {
  if (there_ && !before_.empty()) {
    sched_setaffinity(0, before_.size(), reinterpret_cast<const cpu_set_t*>(before_.data()));
  }
}

}  // namespace countercheck
