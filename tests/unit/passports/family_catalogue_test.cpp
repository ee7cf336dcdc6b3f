#include "counters/passports/family_catalogue.hpp"

#include <gmock/gmock.h>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<Family>& families() {
  static const auto all = read_families(PASSPORTS);
  return all;
}

std::vector<std::string> ids(const std::vector<Family>& found) {
  std::vector<std::string> names;
  for (const Family& family : found) names.push_back(family.id);
  return names;
}

std::vector<std::string> named(const char* name) {
  return ids(families_named(families(), name));
}

TEST(Families, AreNamedInFullOrInShort) {
  EXPECT_THAT(named("amd-zen4"), ElementsAre("amd-zen4"));
  EXPECT_THAT(named("zen4"), ElementsAre("amd-zen4"));
  EXPECT_THAT(named("Zen 4"), ElementsAre("amd-zen4"));
  EXPECT_THAT(named("neoverse-n1"), ElementsAre("arm-neoverse-n1"));
  EXPECT_THAT(named("intel-alderlake-e"), ElementsAre("intel-alderlake-e"));
}

TEST(Families, AHybridOnesNameMeansBothOfItsCoreTypes) {
  EXPECT_THAT(named("alder-lake"), ElementsAre("intel-alderlake-e", "intel-alderlake-p"));
  EXPECT_THAT(named("Intel Alder Lake"), ElementsAre("intel-alderlake-e", "intel-alderlake-p"));
}

TEST(Families, AWrongNameGetsTheNearest) {
  try {
    families_named(families(), "zen44");
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(),
                testing::StartsWith("there is no family 'zen44' (did you mean zen4?); there are amd-zen1, "));
  }
}

// Models from the vendors' lists: 7950X, 7763, EPYC 9654, i7-1185G7, Xeon 8480+, Graviton 2, a Cortex-A57.
TEST(Families, AreRecognisedByTheProcessorsId) {
  const auto of = [](const char* id) { return ids(families_of(families(), id, {})); };
  EXPECT_THAT(of("AuthenticAMD-19-61-2"), ElementsAre("amd-zen4"));
  EXPECT_THAT(of("AuthenticAMD-19-1-1"), ElementsAre("amd-zen3"));
  EXPECT_THAT(of("AuthenticAMD-19-11-1"), ElementsAre("amd-zen4"));
  EXPECT_THAT(of("GenuineIntel-6-8C-1"), ElementsAre("intel-icelake"));
  EXPECT_THAT(of("GenuineIntel-6-8F-8"), ElementsAre("intel-sapphirerapids"));
  EXPECT_THAT(of("0x41-0xd0c-0x3"), ElementsAre("arm-neoverse-n1"));
  EXPECT_THAT(of("0x41-0xd07-0x1"), ElementsAre("arm-cortex-a57"));
  // The same model number with another vendor or family is another processor.
  EXPECT_THAT(of("GenuineIntel-19-61-2"), IsEmpty());
  EXPECT_THAT(of("AuthenticAMD-17-8F-8"), IsEmpty());
}

TEST(Families, AnArmCoreWithoutATableHasTheArchitecturesEvents) {
  EXPECT_THAT(ids(families_of(families(), "0x41-0xfff-0x0", {})), ElementsAre("arm-pmuv3"));
  EXPECT_THAT(ids(families_of(families(), "GenuineIntel-6-1-0", {})), IsEmpty());
  EXPECT_THAT(ids(families_of(families(), "", {})), IsEmpty());
  EXPECT_THAT(ids(families_of(families(), "riscv", {})), IsEmpty());
}

TEST(Families, ThePmusTellTheCoreTypesThatAreThere) {
  const char* const alder_lake = "GenuineIntel-6-97-2";
  EXPECT_THAT(ids(families_of(families(), alder_lake, {})), ElementsAre("intel-alderlake-e", "intel-alderlake-p"));
  EXPECT_THAT(ids(families_of(families(), alder_lake, {"cpu_core"})), ElementsAre("intel-alderlake-p"));
  EXPECT_THAT(ids(families_of(families(), alder_lake, {"cpu_atom", "cpu_core"})),
              ElementsAre("intel-alderlake-e", "intel-alderlake-p"));
}

// A hypervisor that calls a Sapphire Rapids a Rocket Lake, as seen: AMX is there, which no Ice Lake has.
TEST(Families, AFeatureThatTheFamilyNeverHadContradictsIt) {
  const auto rocket_lake = families_of(families(), "GenuineIntel-6-A7-1", {});
  ASSERT_THAT(ids(rocket_lake), ElementsAre("intel-icelake"));
  EXPECT_EQ(contradiction(rocket_lake, {"sse", "avx512f", "amx_tile"}), "amx_tile");
  EXPECT_EQ(contradiction(rocket_lake, {"sse", "avx512f"}), "");
  EXPECT_EQ(contradiction(families_of(families(), "GenuineIntel-6-8F-8", {}), {"sse", "amx_tile"}), "");
  EXPECT_EQ(contradiction(families_of(families(), "AuthenticAMD-17-31-0", {}), {"avx2", "avx512f"}), "avx512f");
  EXPECT_EQ(contradiction({}, {"amx_tile"}), "");
}

}  // namespace
}  // namespace countercheck
