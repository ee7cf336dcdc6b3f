#include "experiment/fingerprint.hpp"

#include <fmt/format.h>

#include <functional>
#include <string_view>

#include "experiment/content_hash.hpp"

namespace countercheck {
namespace {

std::string caches_of(const Machine& machine) {
  std::string text;
  for (const Cache& cache : machine.caches) {
    text += fmt::format("{}L{} {} {} KiB {}-way x {}", text.empty() ? "" : ", ", cache.level, cache.type,
                        cache.bytes / 1024, cache.ways, cache.instances);
  }
  return text;
}

struct Feature {
  std::string_view phrase;
  std::function<std::string(const Machine&)> tell;
};

const std::vector<Feature>& features() {
  static const std::vector<Feature> all = {
      {"the processor is", [](const Machine& m) { return m.cpu; }},
      {"the processor's id is", [](const Machine& m) { return m.cpu_id; }},
      {"the architecture is", [](const Machine& m) { return m.architecture; }},
      {"the hypervisor is", [](const Machine& m) { return m.hypervisor; }},
      {"the caches are", caches_of},
      {"the number of CPUs is", [](const Machine& m) { return std::to_string(m.cpus); }},
      {"the number of CPUs allowed is", [](const Machine& m) { return std::to_string(m.cpus_allowed); }},
      {"the bytes of a page are", [](const Machine& m) { return std::to_string(m.page); }},
      {"transparent huge pages are", [](const Machine& m) { return m.huge_pages; }},
      {"the kernel is", [](const Machine& m) { return m.kernel; }},
      {"the system is", [](const Machine& m) { return m.system; }},
  };
  return all;
}

std::string or_none(const std::string& text) {
  return text.empty() ? "none" : text;
}

}  // namespace

std::vector<std::string> differences(const Machine& machine, const Machine& other) {
  std::vector<std::string> phrases;
  for (const Feature& feature : features()) {
    const std::string own = feature.tell(machine);
    const std::string others = feature.tell(other);
    if (own != others) phrases.push_back(fmt::format("{} {}, not {}", feature.phrase, or_none(own), or_none(others)));
  }
  return phrases;
}

std::string fingerprint(const Machine& machine) {
  std::string all;
  for (const Feature& feature : features()) all += feature.tell(machine) + '\n';
  return fmt::format("{:016x}", content_hash(all)).substr(0, 8);
}

}  // namespace countercheck
