#include <gmock/gmock.h>

#include "tests/cli/tool.hpp"
#include "tests/guest/row.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;

// A user without rights. The levels are those of Debian's kernel, which has 3 besides Linux's own.
class Paranoid : public Guest {
 protected:
  Paranoid() : Guest("cortex-a57") {}
  Row level(int number) const { return row("paranoid-" + std::to_string(number)); }
  Row doctor(int number) const { return row("paranoid-" + std::to_string(number) + "-doctor"); }
};

TEST_F(Paranoid, UpToLevel1UsersCountAll) {
  for (const int number : {0, 1}) {
    for (const char* event : {"instructions", "instructions:u", "instructions:k", "page-faults"}) {
      EXPECT_GT(level(number).value(event), 0u) << number;
    }
    EXPECT_EQ(level(number).value("cpu-migrations"), 0u) << "there is one CPU";
    EXPECT_EQ(doctor(number).finding("user and kernel"), "user and kernel both kernel.perf_event_paranoid is " +
                                                             std::to_string(number) +
                                                             ", which allows both to every user");
  }
}

TEST_F(Paranoid, AtLevel2UsersCountUserModeAndTheRestIsSaid) {
  const Row two = level(2);
  for (const auto& reading : two.readings("instructions")) EXPECT_EQ(reading.privilege, Privilege::user);
  EXPECT_EQ(two.value("instructions"), two.value("instructions:u"));
  // Where the loader and the stack come to lie decides over a few.
  EXPECT_NEAR(static_cast<double>(two.value("instructions:u")), static_cast<double>(level(1).value("instructions:u")),
              50);
  constexpr const char* kSentence =
      "kernel.perf_event_paranoid is 2, which forbids users to count what the kernel does; allow it with: sudo sysctl "
      "kernel.perf_event_paranoid=1";
  two.expect_absent("instructions:k", AbsenceReason::not_permitted, kSentence);
  two.expect_absent("cpu-migrations", AbsenceReason::not_permitted, kSentence);
  EXPECT_EQ(two.readings("page-faults").front().source, Source::rusage);
  EXPECT_THAT(unwrapped(two.out), HasSubstr(kSentence));
  EXPECT_THAT(doctor(2).finding("hardware events"),
              HasSubstr("hardware events part cycles, instructions: opened, run and read, in user mode only (:u); "));
  EXPECT_EQ(doctor(2).finding("software events"),
            "software events part task-clock, page-faults, minor-faults, major-faults, context-switches: taken from "
            "rusage instead; cpu-migrations: " +
                std::string(kSentence));
  EXPECT_EQ(doctor(2).status, 0);
}

TEST_F(Paranoid, AtLevel3UsersCountNothingAndTheCommandIsNamed) {
  const Row three = level(3);
  const auto sentence = [](int allows) {
    return "kernel.perf_event_paranoid is 3, which forbids all counting to users; allow it with: sudo sysctl "
           "kernel.perf_event_paranoid=" +
           std::to_string(allows);
  };
  three.expect_absent("instructions", AbsenceReason::not_permitted, sentence(2));
  three.expect_absent("instructions:u", AbsenceReason::not_permitted, sentence(2));
  three.expect_absent("instructions:k", AbsenceReason::not_permitted, sentence(1));
  EXPECT_EQ(three.readings("page-faults").front().source, Source::rusage);
  EXPECT_EQ(doctor(3).status, 1);
  EXPECT_EQ(doctor(3).finding("user and kernel"),
            "user and kernel none kernel.perf_event_paranoid is 3: users may open no event; allow it with: sudo sysctl "
            "kernel.perf_event_paranoid=1");
  EXPECT_THAT(doctor(3).out, HasSubstr("\nOnly software events, rusage and the clock can be counted here."));
}

}  // namespace
}  // namespace countercheck
