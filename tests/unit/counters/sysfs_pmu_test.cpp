#include "counters/sysfs_pmu.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "counters/event.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

// A tree as the kernel shows it on an Intel core, and on a hybrid one, in the words of
// Documentation/ABI/testing/sysfs-bus-event_source-devices-format and -events.
class SysfsPmu : public testing::Test {
 protected:
  void SetUp() override {
    put("cpu/type", "4");
    put("cpu/format/event", "config:0-7");
    put("cpu/format/umask", "config:8-15");
    put("cpu/format/cmask", "config:24-31");
    put("cpu/format/inv", "config:23");
    put("cpu/format/offcore_rsp", "config1:0-63");
    put("cpu/events/cache-misses", "event=0x2e,umask=0x41");
    put("cpu/events/slots", "event=0x00,umask=0x4");
    put("cpu/events/energy.unit", "Joules");
    put("amd_l3/type", "11");
    put("amd_l3/cpumask", "0");
    put("amd_l3/format/event", "config:0-7");
    put("armv8_pmuv3_0/type", "8");
    put("armv8_pmuv3_0/cpus", "0-3");
    put("wide/type", "12");
    put("wide/format/event", "config:0-7,32-35");
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string complaint(const std::string& name) const {
    try {
      parse_event(name, root_);
    } catch (const UserError& error) {
      return error.what();
    }
    return "(none)";
  }
  Encoding encoding(const std::string& name) const { return std::get<Encoding>(parse_event(name, root_).encoding); }

  fs::path root_ = fs::temp_directory_path() / ("countercheck-sysfs-" + std::to_string(getpid()));

 private:
  void put(const std::string& file, const std::string& text) const {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text << '\n';
  }
};

TEST_F(SysfsPmu, AnEventsFilesAreTold) {
  EXPECT_EQ(sysfs_event("cpu", "cache-misses", root_).terms, "event=0x2e,umask=0x41");
  EXPECT_EQ(sysfs_event("cpu", "cache-misses", root_).unit, "");
  EXPECT_EQ(sysfs_event("cpu", "energy", root_).unit, "Joules");
}

TEST_F(SysfsPmu, ATypeIsAPmus) {
  EXPECT_EQ(sysfs_pmu_of(4, root_), "cpu");
  EXPECT_EQ(sysfs_pmu_of(8, root_), "armv8_pmuv3_0");
  EXPECT_EQ(sysfs_pmu_of(5, root_), "");
}

TEST_F(SysfsPmu, TermsGoToTheBitsOfTheirFormat) {
  EXPECT_EQ(encoding("cpu/event=0xc2,umask=0x1,cmask=0x10,inv/"), (Encoding{.type = 4, .config = 0x108001c2}));
  EXPECT_EQ(encoding("cpu/config=0x3c/"), (Encoding{.type = 4, .config = 0x3c}));
  EXPECT_EQ(encoding("cpu/event=183,umask=1,offcore_rsp=0xffffffffffffffff/"),
            (Encoding{.type = 4, .config = 0x1b7, .config1 = ~std::uint64_t{0}}));
}

TEST_F(SysfsPmu, NamedEventsAreTheirTerms) {
  EXPECT_EQ(encoding("cpu/cache-misses/"), (Encoding{.type = 4, .config = 0x412e}));
  EXPECT_EQ(encoding("cpu/cache-misses/u"), (Encoding{.type = 4, .config = 0x412e, .exclude_kernel = true}));
  EXPECT_EQ(encoding("cpu/cache-misses/k"), (Encoding{.type = 4, .config = 0x412e, .exclude_user = true}));
}

TEST_F(SysfsPmu, AFieldMayLieInTwoPieces) {
  EXPECT_EQ(encoding("wide/event=0xabc/"), (Encoding{.type = 12, .config = 0xa000000bc}));
}

TEST_F(SysfsPmu, CorePmusAreToldFromUncoreOnes) {
  EXPECT_THAT(sysfs_pmus(root_), testing::ElementsAre("amd_l3", "armv8_pmuv3_0", "cpu", "wide"));
  EXPECT_THAT(cpu_pmus(root_), testing::ElementsAre("armv8_pmuv3_0", "cpu"));
  EXPECT_THAT(sysfs_events("cpu", root_), testing::ElementsAre("cache-misses", "slots"));
}

TEST_F(SysfsPmu, MistakesAreNamed) {
  EXPECT_EQ(complaint("cpu/evnt=0xc2/"), "the PMU cpu has no term or event 'evnt' (did you mean event?)");
  EXPECT_EQ(complaint("cpu/event=0x1ff/"), "0x1ff does not fit the term 'event' of the PMU cpu, which is config:0-7");
  EXPECT_EQ(complaint("cpu/event=abc/"), "'event=abc' in the event cpu/…/ has no number after '='");
  EXPECT_EQ(complaint("cpuu/event=1/"), "there is no PMU 'cpuu' under " + root_.string() +
                                            " (did you mean cpu?); found: amd_l3, armv8_pmuv3_0, cpu, wide");
  EXPECT_EQ(complaint("cpu/event=1"), "'cpu/event=1' is not of the form pmu/term=value,…/ with u or k after it");
}

TEST_F(SysfsPmu, ACorePmuThatIsNotThereIsTheMachinesLack) {
  const Event event = parse_event("cpu_atom/event=0xc2/", root_);
  ASSERT_TRUE(std::holds_alternative<Absence>(event.encoding));
  EXPECT_EQ(std::get<Absence>(event.encoding).reason, AbsenceReason::unsupported);
}

TEST_F(SysfsPmu, CommasBetweenSlashesBelongToTheEvent) {
  const auto events = parse_events("cpu/event=0xc2,umask=0x1/,cs", root_);
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].name, "cpu/event=0xc2,umask=0x1/");
}

}  // namespace
}  // namespace countercheck
