#include "counters/topdown.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

namespace countercheck {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const CpuIdentity kIceLake{"GenuineIntel", 6, 0x6a, {}};
const CpuIdentity kZen3{"AuthenticAMD", 0x19, 0x21, {}};
const CpuIdentity kZen4{"AuthenticAMD", 0x19, 0x11, {}};
const CpuIdentity kZen5{"AuthenticAMD", 0x1a, 0x44, {}};

class Topdown : public ::testing::Test {
 protected:
  void TearDown() override { fs::remove_all(root_); }

  void put(const std::string& file, const std::string& text) const {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text << '\n';
  }
  // The kernel's own encodings: arch/x86/events/intel/core.c, EVENT_ATTR_STR(slots, ...) and the four after it.
  void put_intel(const std::string& pmu, const std::string& type) const {
    put(pmu + "/type", type);
    put(pmu + "/cpus", "0-7");
    put(pmu + "/format/event", "config:0-7");
    put(pmu + "/format/umask", "config:8-15");
    put(pmu + "/events/slots", "event=0x00,umask=0x4");
    put(pmu + "/events/topdown-retiring", "event=0x00,umask=0x80");
    put(pmu + "/events/topdown-bad-spec", "event=0x00,umask=0x81");
    put(pmu + "/events/topdown-fe-bound", "event=0x00,umask=0x82");
    put(pmu + "/events/topdown-be-bound", "event=0x00,umask=0x83");
  }
  void put_amd() const {
    put("cpu/type", "4");
    put("cpu/format/event", "config:0-7,32-35");
    put("cpu/format/umask", "config:8-15");
  }
  std::vector<std::string> shown(const CpuIdentity& cpu) const {
    std::vector<std::string> all;
    for (const auto& event : topdown_events(cpu, root_)) {
      all.push_back(event.name + ": " + describe(std::get<Encoding>(event.encoding)));
    }
    return all;
  }

  fs::path root_ = fs::temp_directory_path() / ("countercheck-topdown-" + std::to_string(getpid()));
};

TEST_F(Topdown, IntelsFourAreLedBySlots) {
  put_intel("cpu", "4");
  EXPECT_THAT(shown(kIceLake),
              ElementsAre("slots: type 4, config 0x400", "topdown-retiring: type 4, config 0x8000",
                          "topdown-bad-spec: type 4, config 0x8100", "topdown-fe-bound: type 4, config 0x8200",
                          "topdown-be-bound: type 4, config 0x8300"));
  const auto events = topdown_events(kIceLake, root_);
  EXPECT_TRUE(events[0].leads);
  EXPECT_FALSE(events[0].leader);
  EXPECT_EQ(events[1].leader, std::get<Encoding>(events[0].encoding));
}

TEST_F(Topdown, OnAHybridMachineOnlyThePerformanceCoresHaveSlots) {
  put_intel("cpu_core", "4");
  put("cpu_atom/type", "10");
  put("cpu_atom/cpus", "8-15");
  put("cpu_atom/events/topdown-retiring", "event=0xc2,umask=0x0");
  const auto events = topdown_events({"GenuineIntel", 6, 0x97, {}}, root_);
  ASSERT_EQ(events.size(), 5u);
  EXPECT_TRUE(events[1].of_one_pmu);
  EXPECT_EQ(std::get<Encoding>(events[1].encoding).type, 4u);
}

// The oracle: processor programming references, PMCx1A0 with unit mask 1Eh is 1_0000_1EA0h in PERF_CTL.
TEST_F(Topdown, AmdsSinceZen4) {
  put_amd();
  const auto zen4 = shown(kZen4);
  EXPECT_THAT(zen4, ElementsAre("ls_not_halted_cyc: type 4, config 0x76", "ex_ret_ops: type 4, config 0xc1",
                                "de_src_op_disp.all: type 4, config 0x7aa",
                                "de_no_dispatch_per_slot.no_ops_from_frontend: type 4, config 0x1000001a0",
                                "de_no_dispatch_per_slot.backend_stalls: type 4, config 0x100001ea0",
                                "de_no_dispatch_per_slot.smt_contention: type 4, config 0x1000060a0"));
  EXPECT_EQ(shown(kZen5), zen4);
  EXPECT_THAT(shown(kZen3), IsEmpty());
}

TEST_F(Topdown, ElsewhereTheNameSaysWhoHasIt) {
  put_amd();
  const std::string who = "top-down events are those of Intel's cores since Ice Lake, which the kernel names under " +
                          root_.string() + ", and of AMD's since Zen 4: this machine shows neither";
  EXPECT_EQ(std::get<Absence>(no_topdown(root_).encoding), (Absence{AbsenceReason::unsupported, who}));
  const auto slots = find_topdown_event("slots", kZen3, root_);
  ASSERT_TRUE(slots);
  EXPECT_EQ(slots->name, "slots");
  EXPECT_EQ(std::get<Absence>(slots->encoding).sentence, who);
  EXPECT_FALSE(find_topdown_event("cycles", kZen4, root_));
  fs::remove_all(root_);
  EXPECT_EQ(std::get<Absence>(no_topdown(root_).encoding).reason, AbsenceReason::no_pmu);
}

TEST_F(Topdown, TheOneNameStandsForAllAndALedOneBringsItsLeader) {
  put_intel("cpu", "4");
  const auto names = [&](const std::string& list) {
    std::vector<std::string> all;
    for (const auto& event : parse_events(list, root_)) all.push_back(event.name);
    return all;
  };
  EXPECT_THAT(names("topdown"),
              ElementsAre("slots", "topdown-retiring", "topdown-bad-spec", "topdown-fe-bound", "topdown-be-bound"));
  EXPECT_THAT(names("page-faults,topdown-fe-bound:u"), ElementsAre("page-faults", "slots:u", "topdown-fe-bound:u"));
  EXPECT_TRUE(parse_events("topdown-fe-bound:u", root_)[1].leader->exclude_kernel);
}

}  // namespace
}  // namespace countercheck
