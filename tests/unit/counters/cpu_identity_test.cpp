#include "counters/cpu_identity.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

namespace countercheck {
namespace {

std::string captured(const std::string& name) {
  std::ifstream file(std::string(CPUINFO_FOLDER) + "/" + name + ".txt");
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

CpuIdentity intel(unsigned model, std::vector<std::string> flags) {
  return {"GenuineIntel", 6, model, std::move(flags)};
}

TEST(CpuIdentity, IsReadFromTheFirstProcessor) {
  const CpuIdentity cpu = cpu_identity(captured("emerald-rapids") + "\nprocessor\t: 1\nmodel\t\t: 1\n");
  EXPECT_EQ(cpu.vendor, "GenuineIntel");
  EXPECT_EQ(cpu.family, 6u);
  EXPECT_EQ(cpu.model, 0xcfu);
  EXPECT_THAT(cpu.flags, ::testing::Contains("avx512_fp16"));
  EXPECT_THAT(cpu.flags, ::testing::Not(::testing::Contains("flags")));
  EXPECT_EQ(core_name(cpu), "Emerald Rapids");
}

TEST(CpuIdentity, NoX86IsNobody) {
  const CpuIdentity cpu = cpu_identity("processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd07\n");
  EXPECT_EQ(cpu.vendor, "");
  EXPECT_FALSE(contradiction(cpu));
  EXPECT_FALSE(contradiction(cpu_identity("")));
}

TEST(Contradiction, AModelThatNeverHadWhatItHasIsToldInOneSentence) {
  EXPECT_EQ(
      contradiction(cpu_identity(captured("masked-rocket-lake"))),
      "the CPU calls itself Rocket Lake (GenuineIntel family 6 model A7) and has amx_tile, which came with Sapphire "
      "Rapids: a hypervisor changed the model, by which the tables of events are chosen, so hardware counts here "
      "are not to be trusted");
  EXPECT_EQ(contradiction(intel(0x2a, {"avx", "avx2", "avx512f"})),
            "the CPU calls itself Sandy Bridge (GenuineIntel family 6 model 2A) and has avx512f, which came with "
            "Skylake-X: a hypervisor changed the model, by which the tables of events are chosen, so hardware counts "
            "here are not to be trusted");
  EXPECT_EQ(
      contradiction({"AuthenticAMD", 0x19, 0x21, {"avx2", "avx512f"}}),
      "the CPU calls itself Zen 3 (AuthenticAMD family 19 model 21) and has avx512f, which came with Zen 4: a "
      "hypervisor changed the model, by which the tables of events are chosen, so hardware counts here are not to "
      "be trusted");
  EXPECT_EQ(
      contradiction({"AuthenticAMD", 0x19, 0x11, {"amx_tile"}}),
      "the CPU calls itself Zen 4 (AuthenticAMD family 19 model 11) and has amx_tile, which no CPU of this maker "
      "has: a hypervisor changed the model, by which the tables of events are chosen, so hardware counts here are "
      "not to be trusted");
}

TEST(Contradiction, WhatIsMissingIsNone) {
  EXPECT_FALSE(contradiction(cpu_identity(captured("emerald-rapids")))) << "its AMX is masked, as often";
  EXPECT_FALSE(contradiction(intel(0x8f, {"avx"})));
  EXPECT_FALSE(contradiction(intel(0x2a, {"avx"})));
}

TEST(Contradiction, OfAModelThatTheTableDoesNotHaveNothingIsSaid) {
  EXPECT_FALSE(contradiction(intel(0xfe, {"amx_tile"})));
  EXPECT_FALSE(contradiction({"CentaurHauls", 6, 0x2a, {"avx512f"}}));
}

// Early Alder Lakes could be told to have it.
TEST(Contradiction, AlderLakeMayHaveAvx512) {
  EXPECT_FALSE(contradiction(intel(0x97, {"avx2", "avx512f"})));
}

}  // namespace
}  // namespace countercheck
