#include "simulator/controlled_environment.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace countercheck {
namespace {

using ::testing::Contains;
using ::testing::Not;

struct Size {
  std::size_t entries = 0;
  std::size_t bytes = 0;
  std::size_t name_bytes = 0;

  bool operator==(const Size&) const = default;
};

Size size_of(const ControlledEnvironment& environment, std::size_t other_bytes) {
  Size size{.entries = environment.variables.size(), .bytes = other_bytes};
  for (const auto& variable : environment.variables) {
    size.bytes += variable.size() + 1;
    size.name_bytes += variable.find('=');
  }
  return size;
}

constexpr std::size_t kArguments = 37;

TEST(ControlledEnvironment, HasOneSizeWhateverTheUsersHas) {
  const Size expected{64, 65536, 2048};
  const std::vector<std::string> many = [] {
    std::vector<std::string> variables;
    variables.reserve(40);
    for (int i = 0; i < 40; ++i) variables.push_back("V" + std::to_string(i) + "=" + std::string(std::size_t(i), 'x'));
    return variables;
  }();
  for (const auto& variables :
       {std::vector<std::string>{}, {"A=1"}, {"PATH=/bin", "HOME=" + std::string(5000, 'x')}, many}) {
    EXPECT_EQ(size_of(controlled_environment(variables, kArguments), kArguments), expected) << variables.size();
    EXPECT_EQ(size_of(controlled_environment(variables, 3 * kArguments), 3 * kArguments), expected);
  }
}

TEST(ControlledEnvironment, GrowsByWholeSteps) {
  std::vector<std::string> hundred;
  hundred.reserve(100);
  for (int i = 0; i < 100; ++i) hundred.push_back("VARIABLE_" + std::to_string(i) + "=" + std::string(1000, 'x'));
  const Size size = size_of(controlled_environment(hundred, kArguments), kArguments);
  EXPECT_EQ(size.entries, 128u);
  EXPECT_EQ(size.bytes, 2u * 65536);
  EXPECT_EQ(size.name_bytes % 2048, 0u);
}

TEST(ControlledEnvironment, TheOrderDoesNotMatter) {
  EXPECT_EQ(controlled_environment({"B=2", "A=1", "C=3"}, 1).variables,
            controlled_environment({"C=3", "B=2", "A=1"}, 1).variables);
}

TEST(ControlledEnvironment, EveryNameIsThereOnceAndTheUsersValuesStay) {
  const auto environment = controlled_environment({"B=2", "A=1=1", "NAKED"}, 1);
  EXPECT_THAT(environment.variables, Contains("A=1=1"));
  EXPECT_THAT(environment.variables, Contains("B=2"));
  EXPECT_THAT(environment.variables, Contains("NAKED"));
  std::set<std::string> names;
  for (const auto& variable : environment.variables) {
    EXPECT_TRUE(names.insert(variable.substr(0, variable.find('='))).second) << variable;
  }
}

TEST(ControlledEnvironment, PinsWhatTheUserLeftOpenOnly) {
  EXPECT_THAT(controlled_environment({}, 1).variables, Contains("PYTHONHASHSEED=0"));
  EXPECT_THAT(controlled_environment({}, 1).pinned, Contains("OMP_WAIT_POLICY=passive"));
  const auto chosen = controlled_environment({"PYTHONHASHSEED=7", "OMP_WAIT_POLICY=active"}, 1);
  EXPECT_THAT(chosen.variables, Contains("PYTHONHASHSEED=7"));
  EXPECT_THAT(chosen.variables, Not(Contains("PYTHONHASHSEED=0")));
  EXPECT_THAT(chosen.variables, Contains("OMP_WAIT_POLICY=active"));
}

#if defined(__x86_64__)
TEST(ControlledEnvironment, TunablesAreAddedToTheUsersAndComeFirst) {
  const auto first = [](const std::vector<std::string>& variables) {
    return controlled_environment(variables, 1).variables.front();
  };
  EXPECT_EQ(first({}), "GLIBC_TUNABLES=glibc.cpu.hwcaps=-ERMS,");
  EXPECT_EQ(first({"A=1", "GLIBC_TUNABLES="}), "GLIBC_TUNABLES=glibc.cpu.hwcaps=-ERMS,");
  EXPECT_EQ(first({"GLIBC_TUNABLES=glibc.malloc.check=1"}),
            "GLIBC_TUNABLES=glibc.malloc.check=1:glibc.cpu.hwcaps=-ERMS,");
  EXPECT_EQ(first({"GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2:glibc.malloc.check=1"}),
            "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-ERMS,:glibc.malloc.check=1");
  EXPECT_EQ(first({"GLIBC_TUNABLES=glibc.cpu.hwcaps="}), "GLIBC_TUNABLES=glibc.cpu.hwcaps=-ERMS,");
}
#endif

}  // namespace
}  // namespace countercheck
