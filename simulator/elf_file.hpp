#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countercheck {

// What a program or shared library for x86-64 says about itself before it is run.
struct ElfFile {
  // The instruction-set levels it needs, as bits of GNU_PROPERTY_X86_ISA_1_NEEDED (elf.h); 0 where it names none.
  std::uint32_t isa_needed = 0;
  std::vector<std::string> libraries{};  // DT_NEEDED: by name, or by path where there is a slash
  std::string run_path{};                // DT_RUNPATH, or else DT_RPATH: folders separated by colons
};

// Empty for anything but a 64-bit little-endian x86-64 file: a script, another processor's program, a file that cannot
// be read. Of a damaged file, what can be read. Source: the System V ABI, its x86-64 supplement, and elf(5).
std::optional<ElfFile> read_elf_file(const std::string& path);

}  // namespace countercheck
