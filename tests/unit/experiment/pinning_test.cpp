#include "experiment/pinning.hpp"

#include <gmock/gmock.h>
#include <stdlib.h>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

using testing::ElementsAre;

std::string complaint(const std::string& wish) {
  try {
    chosen_cpus(wish, std::nullopt);
  } catch (const UserError& error) {
    EXPECT_EQ(error.trouble(), Trouble::usage);
    return error.what();
  }
  return "";
}

TEST(Pinning, CpusAreWrittenAsTheKernelDoes) {
  EXPECT_EQ(cpus_text({}), "");
  EXPECT_EQ(cpus_text({3}), "3");
  EXPECT_EQ(cpus_text({0, 1, 2, 5, 7, 8}), "0-2,5,7-8");
}

// Two cores of two CPUs each, numbered as most machines number them, and CPU 0's core last.
TEST(Pinning, CoresComeBeforeSiblings) {
  EXPECT_THAT(spread({{0, 0, 0}, {1, 1, 0}, {2, 2, 0}, {3, 0, 0}, {4, 1, 0}, {5, 2, 0}}),
              ElementsAre(1, 2, 0, 4, 5, 3));
}

TEST(Pinning, FasterCoresComeFirst) {
  EXPECT_THAT(spread({{0, 0, 1}, {1, 0, 1}, {2, 1, 1}, {3, 2, 0}, {4, 3, 0}}), ElementsAre(2, 0, 3, 4, 1))
      << "a slow core of one's own before a fast one that is shared";
}

// hwloc's own description of a machine in place of this one: three cores of two CPUs.
TEST(Pinning, CoresAreThoseOfHwloc) {
  setenv("HWLOC_SYNTHETIC", "core:3 pu:2", 1);
  const auto places = cpu_places({0, 1, 2, 5, 77});
  unsetenv("HWLOC_SYNTHETIC");
  ASSERT_EQ(places.size(), 5u);
  EXPECT_EQ(places[0].core, places[1].core);
  EXPECT_NE(places[1].core, places[2].core);
  EXPECT_EQ(places[3].core, 2u);
  EXPECT_NE(places[4].core, places[3].core) << "hwloc knows no CPU 77";
}

TEST(Pinning, AListIsTakenAsItIs) {
  const auto allowed = allowed_cpus();
  ASSERT_FALSE(allowed.empty());
  const std::string first = std::to_string(allowed.front());
  EXPECT_THAT(chosen_cpus(first, 7), ElementsAre(allowed.front()));
  EXPECT_THAT(chosen_cpus(first + "," + first, std::nullopt), ElementsAre(allowed.front()));
  EXPECT_EQ(chosen_cpus(cpus_text(allowed), std::nullopt), allowed);
}

TEST(Pinning, AutoTakesAsManyAsThereAreThreads) {
  EXPECT_EQ(chosen_cpus("auto", 1).size(), 1u);
  EXPECT_EQ(chosen_cpus("auto", 1'000'000), allowed_cpus());
  EXPECT_LE(chosen_cpus("auto", std::nullopt).size(), allowed_cpus().size());
}

TEST(Pinning, WhatIsNoListIsRefused) {
  for (const char* wish : {"", "two", "1-", "1,", "-1", "1 2", "3-1", "1,,2", "0x1"}) {
    EXPECT_EQ(complaint(wish),
              "'" + std::string(wish) + "' is no list of CPUs: write auto, or numbers and ranges as in 2-3,8");
  }
  EXPECT_EQ(complaint("8000"), "CPU 8000 is not one of those that this process may use, " + cpus_text(allowed_cpus()));
}

}  // namespace
}  // namespace countercheck
