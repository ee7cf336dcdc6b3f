#include "counters/papi_library.hpp"

#include <fmt/format.h>
#include <papi.h>

#include <algorithm>

namespace countercheck {
namespace {

bool counts_one_process(const PAPI_component_info_t& info) {
  return info.attach && info.inherit && (info.available_granularities & PAPI_GRN_THR) != 0;
}

class Initialised {
 public:
  Initialised() {
    const int version = PAPI_library_init(PAPI_VER_CURRENT);
    if (version != PAPI_VER_CURRENT) {
      library_.failure = version > 0 ? "its headers and its library are of different versions" : PAPI_strerror(version);
      return;
    }
    library_.version = fmt::format("{}.{}.{}", PAPI_VERSION_MAJOR(version), PAPI_VERSION_MINOR(version),
                                   PAPI_VERSION_REVISION(version));
    library_.hardware_counters = PAPI_num_cmp_hwctrs(0);
    for (int i = 0; i < PAPI_num_components(); ++i) {
      const PAPI_component_info_t* const info = PAPI_get_component_info(i);
      if (!info) continue;
      std::string disabled;
      if (info->disabled) disabled = info->disabled_reason[0] ? info->disabled_reason : PAPI_strerror(info->disabled);
      library_.components.push_back({info->name, disabled, counts_one_process(*info)});
    }
  }
  ~Initialised() { PAPI_shutdown(); }
  Initialised(const Initialised&) = delete;
  Initialised& operator=(const Initialised&) = delete;

  const PapiLibrary& library() const { return library_; }

 private:
  PapiLibrary library_;
};

}  // namespace

const PapiLibrary& papi_library() {
  static const Initialised initialised;
  return initialised.library();
}

std::string papi_lack(const PapiLibrary& library) {
  if (!library.failure.empty()) return fmt::format("PAPI could not be initialised: {}", library.failure);
  const auto able = [](const PapiComponent& component) { return component.of_one_process; };
  const auto& all = library.components;
  if (std::any_of(all.begin(), all.end(), [&](const auto& c) { return able(c) && c.disabled.empty(); })) return "";
  const auto first = std::find_if(all.begin(), all.end(), able);
  if (first == all.end()) return "PAPI was built without its component perf_event";
  return fmt::format("PAPI's component {} is disabled here, in its own words: \"{}\"", first->name, first->disabled);
}

}  // namespace countercheck
