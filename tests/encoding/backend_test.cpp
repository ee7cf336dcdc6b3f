#include <gtest/gtest.h>

#include "counters/event.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

Event chosen(const std::string& name, Backend backend) {
  std::vector<Event> events = {parse_event(name)};
  choose_backend(backend, events);
  return events.front();
}

TEST(Backend, PapiTakesItsNativeNameWithTheModesSaid) {
  struct Case {
    const char* name;
    const char* papi;
    Privilege privilege;
    bool software;
  };
  for (const auto& [name, papi, privilege, software] :
       {Case{"page-faults", "perf::PAGE-FAULTS:u=1:k=1", Privilege::user_and_kernel, true},
        Case{"faults:u", "perf::PAGE-FAULTS:u=1:k=0", Privilege::user, true},
        Case{"page-faults:k", "perf::PAGE-FAULTS:u=0:k=1", Privilege::kernel, true},
        Case{"instructions:uk", "perf::INSTRUCTIONS:u=1:k=1", Privilege::user_and_kernel, false},
        Case{"perf::TASK-CLOCK:u", "perf::TASK-CLOCK:u=1:k=0", Privilege::user, true}}) {
    const Event event = chosen(name, Backend::papi);
    ASSERT_TRUE(event.papi) << name;
    EXPECT_EQ(event.papi->name, papi);
    EXPECT_EQ(event.papi->privilege, privilege) << name;
    EXPECT_EQ(event.papi->software, software) << name;
    EXPECT_FALSE(event.papi->preset) << name;
    EXPECT_FALSE(only_by_papi(event)) << name;
  }
}

// Where there is no PMU, PAPI gives its component perf_event up, and ends libpfm4 for the whole process with it.
TEST(Backend, EventsAfterOneOfPapisAreEncodedAsBefore) {
  const auto events = parse_events("perf::PAGE-FAULTS,PAPI_TOT_INS,perf::PAGE-FAULTS:u,perf::CPU-MIGRATIONS");
  ASSERT_EQ(events.size(), 4u);
  EXPECT_TRUE(only_by_papi(events[1]));
  for (const std::size_t native : {0u, 2u, 3u}) {
    EXPECT_TRUE(std::holds_alternative<Encoding>(events[native].encoding)) << events[native].name;
  }
}

TEST(Backend, WhatPapiHasNoNameForIsLeftAsItIs) {
  for (const char* name : {"r01c2", "software/config=2/", "wall-time", "peak-rss", "voluntary-switches", "L2-misses"}) {
    EXPECT_FALSE(chosen(name, Backend::papi).papi) << name;
  }
}

TEST(Backend, TheKernelComesFirstUnlessToldOtherwise) {
  for (const Backend backend : {Backend::automatic, Backend::perf}) {
    EXPECT_FALSE(chosen("page-faults", backend).papi);
    EXPECT_FALSE(chosen("perf::PAGE-FAULTS", backend).papi);
  }
}

TEST(Backend, OnlyPapiKnowsItsPresets) {
  const Event event = chosen("papi_tot_ins:u", Backend::automatic);
  ASSERT_TRUE(event.papi);
  EXPECT_EQ(event.papi->name, "PAPI_TOT_INS");
  EXPECT_TRUE(event.papi->preset);
  EXPECT_EQ(event.papi->privilege, Privilege::user);
  EXPECT_TRUE(only_by_papi(event));
  EXPECT_THROW(chosen("PAPI_TOT_INS", Backend::perf), UserError);
}

TEST(Backend, PapiHasTheWholeTableOfItsPresets) {
  const auto presets = papi_presets();
  EXPECT_GT(presets.size(), 100u);
  EXPECT_EQ(presets.front().name, "PAPI_L1_DCM");
  EXPECT_EQ(presets.front().meaning, "Level 1 data cache misses");
}

TEST(Backend, AFallBackToUserModeIsSaidToPapi) {
  const auto native = in_user_mode(papi_native("perf::PAGE-FAULTS", Privilege::user_and_kernel));
  EXPECT_EQ(native.name, "perf::PAGE-FAULTS:u=1:k=0");
  EXPECT_EQ(native.privilege, Privilege::user);
  EXPECT_EQ(in_user_mode({.name = "PAPI_TOT_INS", .preset = true}).name, "PAPI_TOT_INS");
}

}  // namespace
}  // namespace countercheck
