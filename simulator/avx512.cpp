#include "simulator/avx512.hpp"

#include <elf.h>
#include <fmt/format.h>

#include "simulator/elf_file.hpp"
#include "simulator/shared_libraries.hpp"

namespace countercheck {
namespace {

bool needs_avx512(const std::string& path) {
  const auto file = read_elf_file(path);
  return file && (file->isa_needed & GNU_PROPERTY_X86_ISA_1_V4) != 0;
}

std::string sentence(const std::string& file) {
  return fmt::format(
      "{} is marked as needing x86-64-v4, which is AVX-512, and Valgrind does not know AVX-512: build it again with "
      "-march=x86-64-v3 and without -z x86-64-v4",
      file);
}

}  // namespace

std::optional<std::string> avx512_evidence(const std::string& program) {
  if (needs_avx512(program)) return sentence(program);
  for (const auto& library : shared_libraries(program)) {
    if (needs_avx512(library)) return sentence(fmt::format("{}, which {} is loaded with,", library, program));
  }
  return {};
}

}  // namespace countercheck
