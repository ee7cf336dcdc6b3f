// The variants as they were built, read back by the disassembler: a simulator follows FMA a hundred times slower than
// anything else and AVX-512 not at all.

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <regex>
#include <string>

namespace countercheck::workloads {
namespace {

TEST(InstructionSet, HasNeitherFmaNorAvx512) {
#ifndef __x86_64__
  GTEST_SKIP() << "only x86-64 has these";
#endif
  if (std::string(WORKLOAD_ARCH) != "x86-64-v2") GTEST_SKIP() << "built for " WORKLOAD_ARCH;
  FILE* pipe = popen("objdump --disassemble --no-show-raw-insn " WORKLOAD_PROGRAM " 2>/dev/null", "r");
  const std::regex foreign("\tvf(n?madd|n?msub|maddsub|msubadd)[0-9]|%zmm|%[xy]mm(1[6-9]|2[0-9]|3[01])|%k[0-7]");
  std::array<char, 4096> line{};
  std::size_t lines = 0;
  while (std::fgets(line.data(), line.size(), pipe) != nullptr) {
    ++lines;
    ASSERT_FALSE(std::regex_search(line.data(), foreign)) << line.data();
  }
  pclose(pipe);
  if (lines == 0) GTEST_SKIP() << "objdump is not installed";
  EXPECT_GT(lines, 1000U);
}

}  // namespace
}  // namespace countercheck::workloads
