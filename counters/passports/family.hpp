#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace countercheck {

// Which processors are of a family: by CPUID's vendor, family and model, or by Arm's implementer and part (MIDR_EL1).
struct Recognition {
  std::string architecture{};  // as uname -m gives it
  std::string vendor{};        // empty on Arm
  std::uint64_t family = 0;
  std::optional<std::uint64_t> implementer{};  // empty on x86; on Arm: the family that is no other's
  std::vector<std::uint64_t> models{};         // or parts
};

// What the kernel makes of one generic name on this family, and what that counts.
struct FamilyEvent {
  std::string name{};
  std::string reason{};  // why the kernel has no event of this name here; where set, the rest is empty
  std::uint64_t config = 0;
  std::optional<std::uint64_t> config1{};
  std::vector<std::string> alternatives{};  // other encodings that the kernel or a hybrid may take
  std::string native{};                     // the vendor's name
  std::string libpfm{};                     // libpfm4's, of the same encoding; empty where it has none
  std::string level{};                      // "L1d", "L2", "LLC", "dTLB", …, or "none"
  std::string requests{};                   // whose accesses: "demand data reads", "all line fills", …
  std::string meaning{};                    // one sentence
  std::string differs{};                    // where that is not what the name makes one think; may be empty
  std::string note{};

  bool supported() const { return reason.empty(); }
};

struct Erratum {
  std::string id{};
  std::vector<std::string> events{};
  std::string text{};
  std::string source{};
};

// A family of processors, or one core type of a hybrid one: the kernel's own map from generic names to encodings.
struct Family {
  std::string id{};    // "amd-zen4": the name of its file
  std::string name{};  // "AMD Zen 4 (family 19h)"
  std::vector<Recognition> recognise{};
  std::vector<std::string> lacks{};  // features of /proc/cpuinfo that none of them has
  std::vector<std::string> kernel_pmus{};
  std::vector<std::string> libpfm_pmus{};
  std::vector<std::string> notes{};
  std::vector<std::string> sources{};
  std::vector<FamilyEvent> events{};
  std::vector<Erratum> errata{};

  const FamilyEvent* event(std::string_view name) const;
  std::vector<const Erratum*> errata_of(std::string_view event) const;
};

}  // namespace countercheck
