#include "counters/known_event.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace countercheck {
namespace {

TEST(KnownEvent, EveryWordMustBeInTheNameOrTheMeaning) {
  const KnownEvent event{.name = "skl::L1D:REPLACEMENT", .meaning = "L1D Data line replacements"};
  EXPECT_TRUE(matches(event, "l1d"));
  EXPECT_TRUE(matches(event, "L1D line"));
  EXPECT_TRUE(matches(event, "data skl::"));
  EXPECT_TRUE(matches(event, ""));
  EXPECT_FALSE(matches(event, "l1d store"));
  EXPECT_FALSE(matches(event, "l1dreplacement"));
}

TEST(KnownEvent, AnEventOfLibpfmComesWithItsMasks) {
  const auto known = libpfm_event("perf::PAGE-FAULTS");
  ASSERT_FALSE(known.empty());
  EXPECT_EQ(known.front().name, "perf::PAGE-FAULTS");
  EXPECT_TRUE(known.front().here);
  EXPECT_TRUE(libpfm_event("perf::NONSENSE").empty());
  EXPECT_TRUE(libpfm_event("cache-misses").empty());
}

TEST(KnownEvent, PapisPresetsAreThoseOfItsHeader) {
  const auto presets = papi_known_events();
  const auto found = std::find_if(presets.begin(), presets.end(),
                                  [](const KnownEvent& preset) { return preset.name == "PAPI_TOT_INS"; });
  ASSERT_NE(found, presets.end());
  EXPECT_TRUE(found->meaning.starts_with("Instructions completed")) << found->meaning;
}

#if defined(__x86_64__)
TEST(KnownEvent, OfOtherMachinesOnlyWhenAsked) {
  const auto count = [](const std::vector<KnownEvent>& events, std::string_view name) {
    return std::count_if(events.begin(), events.end(), [&](const KnownEvent& event) { return event.name == name; });
  };
  EXPECT_EQ(count(libpfm_events(false), "amd64_k7::RETIRED_INSTRUCTIONS"), 0);
  EXPECT_EQ(count(libpfm_events(true), "amd64_k7::RETIRED_INSTRUCTIONS"), 1);
  EXPECT_EQ(count(libpfm_events(false, "skl"), "skl::L1D:REPLACEMENT"), 1);
  EXPECT_EQ(count(libpfm_events(false, "skl"), "amd64_k7::RETIRED_INSTRUCTIONS"), 0);
}

// The 28 caching agents of a Skylake X are alike: one of them stands for all, unless another is asked for.
TEST(KnownEvent, ACopyOfAPmuIsGivenOnce) {
  const auto named = [](const std::vector<KnownEvent>& events, std::string_view pmu) {
    return std::any_of(events.begin(), events.end(),
                       [&](const KnownEvent& event) { return event.name.starts_with(pmu); });
  };
  const auto all = libpfm_events(true);
  EXPECT_TRUE(named(all, "skx_unc_cha0::"));
  EXPECT_FALSE(named(all, "skx_unc_cha1::"));
  EXPECT_TRUE(named(all, "amd64_fam17h_zen1::"));
  EXPECT_TRUE(named(all, "amd64_fam17h_zen2::"));
  EXPECT_TRUE(named(libpfm_events(false, "skx_unc_cha1"), "skx_unc_cha1::"));
}
#endif

}  // namespace
}  // namespace countercheck
