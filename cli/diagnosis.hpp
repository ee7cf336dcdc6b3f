#pragma once

#include <string>
#include <vector>

namespace countercheck {

// One thing that the doctor looked at: what it is, how it stands in a word or two, and what that means, with the
// command that would change it where there is one.
struct Finding {
  std::string subject{};
  std::string state{};
  std::string explanation{};
};

// What can be counted here at all.
enum class Countability { hardware, software_only, nothing };

struct Diagnosis {
  std::vector<Finding> findings{};
  Countability countability = Countability::nothing;
  bool simulates = false;  // what cannot be counted can be simulated, as far as it is not the kernel's or time
};

// Examines the machine and this process's permissions by trying: every event it speaks of was opened, run and read.
Diagnosis diagnose();

}  // namespace countercheck
