#include "importers/likwid.hpp"

#include <gmock/gmock.h>

#include "tests/unit/importers/importing.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using testing::imported_file;
using testing::refusal;
using testing::shown;
using testing::unread;

TEST(Likwid, CoresAreSummedAndTheSlowestIsTheTime) {
  const Imported imported = read_likwid(imported_file("invented-likwid.csv"));
  ASSERT_EQ(imported.variants.size(), 1U);
  EXPECT_EQ(imported.variants[0].name, "sweep");
  EXPECT_EQ(imported.cpu, "A Processor of 2014");
  EXPECT_TRUE(imported.region);
  EXPECT_EQ(imported.variants[0].samples[0].region_entries, 6U);
  EXPECT_THAT(shown(imported.variants[0].samples[0]),
              ElementsAre("wall-time ns user+kernel 1500000000", "INSTR_RETIRED_ANY count user+kernel 4000000",
                          "CPU_CLK_UNHALTED_CORE count user+kernel 4000000", "CAS_COUNT_RD count user+kernel 700",
                          "CAS_COUNT_RD:MBOX1C0 count user+kernel 20"));
  EXPECT_THAT(unread(imported),
              ElementsAre("line 14: 'nan' is no count", "metric 'CPI': likwid worked it out from its counts"));
}

TEST(Likwid, OneCoreWithoutRegions) {
  const Imported imported = read_likwid(
      "TABLE,Group 1 Raw,CLOCK,2\nEvent,Counter,Core 3\nRuntime (RDTSC) "
      "[s],TSC,0.25\nINSTR_RETIRED_ANY,FIXC0,12\nnoise\n");
  EXPECT_FALSE(imported.region);
  EXPECT_THAT(shown(imported.variants[0].samples[0]),
              ElementsAre("wall-time ns user+kernel 250000000", "INSTR_RETIRED_ANY count user+kernel 12"));
  EXPECT_THAT(unread(imported), ElementsAre("line 5: it is no row of counts: 'noise'"));
}

TEST(Likwid, GroupsThatTookTurnsAreRefused) {
  EXPECT_EQ(refusal(read_likwid, "TABLE,Group 1 Raw,L2,1\nA,PMC0,5\nTABLE,Group 2 Raw,L3,1\nB,PMC0,7\n"),
            "it has several groups, which took turns on the counters: countercheck reads counts of whole runs only, so "
            "measure one group at a time");
  EXPECT_EQ(refusal(read_likwid, "a,b\n"), "it holds no table of raw counts of likwid-perfctr");
}

}  // namespace
}  // namespace countercheck
