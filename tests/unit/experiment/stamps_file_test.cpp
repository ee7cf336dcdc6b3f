#include "experiment/stamps_file.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "counters/user_error.hpp"
#include "experiment/private_folder.hpp"

namespace countercheck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Stamp a_stamp(const char* event, StampKind kind) {
  return {.event = event,
          .source = Source::pmu,
          .privilege = Privilege::user,
          .kind = kind,
          .claims = "LLC-misses",
          .counts = "L2-misses",
          .kernel = "chase",
          .item = "line",
          .few = 3,
          .many = 20,
          .each = 1,
          .found = 0.1 + 0.2,
          .besides = -3,
          .spread = 0.25,
          .rounds = 7,
          .when = "2026-11-21T14:00:00Z"};
}

Machine a_machine() {
  return {.cpu = "A CPU", .cpu_id = "AuthenticAMD-19-61-2", .architecture = "x86_64", .kernel = "6.1.0-31"};
}

TEST(StampsFile, WhatIsStoredIsReadBackTheSame) {
  const PrivateFolder folder;
  const auto place = folder.path() / "new" / "stamps";
  EXPECT_THAT(read_stamps(place, a_machine()), IsEmpty());
  const Stamp exact = a_stamp("instructions:u", StampKind::exact);
  const Stamp dead = a_stamp("cache-misses:u", StampKind::dead);
  EXPECT_EQ(store_stamps(place, a_machine(), {exact, dead}), place / "AuthenticAMD-19-61-2_6.1.0-31.json");
  EXPECT_THAT(read_stamps(place, a_machine()), ElementsAre(dead, exact));
}

TEST(StampsFile, AFreshStampReplacesTheOldOfItsEventAlone) {
  const PrivateFolder folder;
  const Stamp kept = a_stamp("a", StampKind::close);
  store_stamps(folder.path(), a_machine(), {kept, a_stamp("b", StampKind::dead)});
  const Stamp fresh = a_stamp("b", StampKind::exact);
  store_stamps(folder.path(), a_machine(), {fresh});
  EXPECT_THAT(read_stamps(folder.path(), a_machine()), ElementsAre(kept, fresh));
}

TEST(StampsFile, AnotherMachinesStampsAreNotShown) {
  const PrivateFolder folder;
  store_stamps(folder.path(), a_machine(), {a_stamp("a", StampKind::exact)});
  Machine other = a_machine();
  other.kernel = "6.1.0-32";
  EXPECT_THAT(read_stamps(folder.path(), other), IsEmpty());
  // The same name of a file, and another machine in it.
  other = a_machine();
  other.cpu = "Another CPU";
  EXPECT_THAT(read_stamps(folder.path(), other), IsEmpty());
}

TEST(StampsFile, ANameFromOutsideStaysInTheFolder) {
  Machine odd = a_machine();
  odd.cpu_id = "../../x";
  odd.hypervisor = "Some Thing";
  EXPECT_EQ(stamps_file_name(odd), "..-..-x_6.1.0-31_Some-Thing.json");
}

TEST(StampsFile, ABrokenFileIsNamed) {
  const PrivateFolder folder;
  const auto file = folder.path() / stamps_file_name(a_machine());
  std::ofstream(file) << "{\"machine\": 3";
  try {
    read_stamps(folder.path(), a_machine());
    FAIL();
  } catch (const UserError& error) {
    EXPECT_EQ(error.trouble(), Trouble::file);
    EXPECT_THAT(error.what(), testing::StartsWith("the stamps' file '" + file.string() + "' cannot be read ("));
    EXPECT_THAT(error.what(), testing::EndsWith("): remove it, and certify again"));
  }
}

TEST(StampsFile, TheFolderIsThatOfTheXdgSpecification) {
  setenv("HOME", "/home/somebody", 1);
  setenv("XDG_DATA_HOME", "/data", 1);
  EXPECT_EQ(stamps_folder(), "/data/countercheck/stamps");
  setenv("XDG_DATA_HOME", "relative", 1);
  EXPECT_EQ(stamps_folder(), "/home/somebody/.local/share/countercheck/stamps");
  unsetenv("XDG_DATA_HOME");
  unsetenv("HOME");
  EXPECT_EQ(stamps_folder(), std::nullopt);
}

}  // namespace
}  // namespace countercheck
