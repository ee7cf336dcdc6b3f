#include "counters/catalogue.hpp"

#include <gmock/gmock.h>

#include <set>
#include <string>

#include "counters/event.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

std::string complaint(const std::string& list) {
  try {
    parse_events(list);
  } catch (const UserError& error) {
    EXPECT_EQ(error.trouble(), Trouble::usage);
    return error.what();
  }
  return "(none)";
}

std::vector<std::string> names(const std::vector<Event>& events) {
  std::vector<std::string> names;
  names.reserve(events.size());
  for (const auto& event : events) names.push_back(event.name);
  return names;
}

TEST(Catalogue, NamesAndAliasesAreUniqueAndExplained) {
  std::set<std::string_view> seen;
  for (const auto& row : catalogue()) {
    EXPECT_TRUE(seen.insert(row.name).second) << row.name;
    EXPECT_TRUE(row.alias.empty() || seen.insert(row.alias).second) << row.alias;
    EXPECT_FALSE(row.meaning.empty()) << row.name;
    EXPECT_TRUE(!row.encoding.empty() || row.usage || row.source == Source::sim)
        << row.name << " can be counted by nobody";
  }
}

TEST(Catalogue, TheBooksThirteenAndMajorFaultsAreTheDefault) {
  EXPECT_THAT(default_events(), testing::ElementsAre("cycles", "stalled-cycles-frontend", "stalled-cycles-backend",
                                                     "instructions", "cache-references", "cache-misses", "branches",
                                                     "branch-misses", "task-clock", "page-faults", "minor-faults",
                                                     "major-faults", "context-switches", "cpu-migrations"));
  for (const auto name : default_events()) EXPECT_NE(find_named_event(name), nullptr) << name;
  for (const auto name : constant_events()) EXPECT_NE(find_named_event(name), nullptr) << name;
}

TEST(Events, AliasesResolveToTheOneName) {
  EXPECT_THAT(
      names(parse_events("cs,faults,migrations,cpu-cycles,branch-instructions,duration_time")),
      testing::ElementsAre("context-switches", "page-faults", "cpu-migrations", "cycles", "branches", "wall-time"));
}

TEST(Events, DoublesAreDropped) {
  EXPECT_THAT(names(parse_events("cs,context-switches,cs")), testing::ElementsAre("context-switches"));
}

TEST(Events, TheConstantOnesComeLastWhereverTheyWereAsked) {
  auto events = parse_events("peak-rss,page-faults,wall-time");
  append_constant_events(events);
  EXPECT_THAT(names(events), testing::ElementsAre("page-faults", "wall-time", "user-time", "system-time", "peak-rss"));
}

TEST(Events, UnknownNamesAreAnsweredWithTheNearest) {
  EXPECT_EQ(complaint("cycels"),
            "there is no event 'cycels' (did you mean cycles?): countercheck list events shows them all");
  EXPECT_EQ(complaint("cache-mises:u"),
            "there is no event 'cache-mises:u' (did you mean cache-misses?): countercheck list events shows them all");
  EXPECT_EQ(complaint("zzzzzz"), "there is no event 'zzzzzz': countercheck list events shows them all");
  EXPECT_EQ(complaint("cycles,,cs"), "the list of events 'cycles,,cs' has an empty name: write -e a,b,c");
  EXPECT_EQ(complaint(""), "the list of events '' has an empty name: write -e a,b,c");
  EXPECT_EQ(complaint("wall-time:u"), "'wall-time' is not counted by privilege: leave ':u' away");
}

TEST(Events, AUserOnlyCountOfWhatHappensInTheKernelIsAbsentNotZero) {
  const Event event = parse_event("context-switches:u");
  ASSERT_TRUE(std::holds_alternative<Absence>(event.encoding));
  EXPECT_EQ(
      std::get<Absence>(event.encoding).sentence,
      "context-switches happen in the kernel only: a user-only count would always read 0; ask for 'context-switches'");
}

TEST(Events, WhatOnlyTheSimulatorTellsIsNoCountersAndNoModesOwn) {
  const Event event = parse_event("coherence-misses");
  EXPECT_TRUE(event.simulated_only);
  EXPECT_EQ(std::get<Absence>(event.encoding).sentence, "only the simulator tells coherence-misses, no counter does");
  EXPECT_FALSE(parse_event("cache-misses").simulated_only);
  EXPECT_EQ(complaint("L2-misses:u"), "'L2-misses' is not counted by privilege: leave ':u' away");
}

TEST(Events, SplitGivesEveryHardwareEventItsTwoHalves) {
  const auto halves = split_by_privilege(parse_events("instructions,cycles:u,page-faults,wall-time"));
  EXPECT_THAT(names(halves),
              testing::ElementsAre("instructions:u", "instructions:k", "cycles:u", "page-faults", "wall-time"));
  EXPECT_TRUE(std::get<Encoding>(halves[0].encoding).exclude_kernel);
  EXPECT_FALSE(std::get<Encoding>(halves[0].encoding).exclude_user);
  EXPECT_TRUE(std::get<Encoding>(halves[1].encoding).exclude_user);
}

}  // namespace
}  // namespace countercheck
