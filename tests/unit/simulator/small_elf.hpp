#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace countercheck {

// A file for x86-64 with nothing in it but what read_elf_file looks at.
struct SmallElf {
  std::uint32_t isa_needed = 0;
  std::vector<std::string> libraries{};
  std::string run_path{};
  std::uint16_t machine = 62;  // EM_X86_64

  std::string bytes() const;
};

}  // namespace countercheck
