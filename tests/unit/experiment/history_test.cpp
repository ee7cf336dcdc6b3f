#include "experiment/history.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "counters/user_error.hpp"
#include "experiment/content_hash.hpp"
#include "experiment/fingerprint.hpp"
#include "experiment/revision.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

// The vectors that the authors of FNV publish.
static_assert(content_hash("") == 0xcbf29ce484222325);
static_assert(content_hash("a") == 0xaf63dc4c8601ec8c);
static_assert(content_hash("foobar") == 0x85944171f73967e8);

NewResult a_result(const std::string& content, const std::string& began = "2026-11-20T19:00:00Z") {
  NewResult result{.content = content, .revision = "1a2b3c4"};
  result.experiment.title = "diffusion";
  result.experiment.began = began;
  result.experiment.machine.cpu = "A CPU";
  return result;
}

class HistoryTest : public testing::Test {
 protected:
  HistoryTest() { fs::remove_all(folder_); }
  ~HistoryTest() override { fs::remove_all(folder_); }

  std::string complaint(const std::string& path, History::Access access = History::Access::read) const {
    try {
      History(path, access).list();
    } catch (const UserError& error) {
      EXPECT_EQ(error.trouble(), Trouble::file);
      return error.what();
    }
    return "(none)";
  }

  fs::path folder_ = fs::temp_directory_path() / ("countercheck-history-" + std::to_string(getpid()));
  std::string path_ = folder_ / "deep" / "history.sqlite";
};

TEST_F(HistoryTest, GivesBackWhatWasRecordedInTheOrderOfTime) {
  std::string binary("\0 not even text \xff", 17);
  {
    History history(path_, History::Access::write);
    const auto recorded = history.record({a_result(binary), a_result("", "2026-11-19T08:00:00Z")}, "now");
    ASSERT_EQ(recorded.size(), 2U);
    EXPECT_TRUE(recorded[0].fresh && recorded[1].fresh);
  }
  History history(path_, History::Access::read);
  const std::string machine = fingerprint(a_result("").experiment.machine);
  const StoredResult first{1, "diffusion", "1a2b3c4", "2026-11-20T19:00:00Z", "now", machine};
  StoredResult second = first;
  second.id = 2;
  second.began = "2026-11-19T08:00:00Z";
  EXPECT_THAT(history.list(), ElementsAre(second, first));
  EXPECT_EQ(history.content(1), binary);
  EXPECT_EQ(history.content(2), "");
}

TEST_F(HistoryTest, TheSameFileIsKeptOnce) {
  History history(path_, History::Access::write);
  const auto recorded = history.record({a_result("one"), a_result("two"), a_result("one")}, "now");
  EXPECT_FALSE(recorded[2].fresh);
  EXPECT_EQ(recorded[2].result, recorded[0].result);
  NewResult again = a_result("two");
  again.revision = "another";
  const auto later = history.record({again}, "later");
  EXPECT_FALSE(later[0].fresh);
  EXPECT_EQ(later[0].result.revision, "1a2b3c4") << "it is told under which revision it is there";
  EXPECT_EQ(history.list().size(), 2U);
}

TEST_F(HistoryTest, RemovesAllThatIsNamedOrNothing) {
  History history(path_, History::Access::write);
  history.record({a_result("one"), a_result("two")}, "now");
  EXPECT_THROW(history.remove({1, 7}), UserError);
  EXPECT_EQ(history.list().size(), 2U);
  history.remove({2, 1});
  EXPECT_THAT(history.list(), IsEmpty());
  EXPECT_EQ(history.record({a_result("three")}, "now")[0].result.id, 3) << "an ID is never given twice";
  EXPECT_THROW(history.content(1), UserError);
}

TEST_F(HistoryTest, EveryFileThatIsNoneIsSaid) {
  EXPECT_EQ(complaint(path_), "there is no history '" + path_ + "' yet: countercheck history record FILE begins one");
  History(path_, History::Access::write).record({a_result("one")}, "now");
  {
    Database database(path_, Database::Open::existing);
    database.run("PRAGMA user_version = 2");
  }
  for (const auto access : {History::Access::read, History::Access::write}) {
    EXPECT_EQ(complaint(path_, access),
              "the history '" + path_ +
                  "' was written by a newer countercheck (its form is 2, this one knows 1): use "
                  "that one, or another file with --store");
  }
  {
    Database database(path_, Database::Open::existing);
    database.run("PRAGMA application_id = 7");
  }
  EXPECT_EQ(complaint(path_, History::Access::write),
            "'" + path_ + "' is no history: it is a database of another program; name another file with --store");
  std::ofstream(path_) << "This is a text, and no database at all; it is a little longer than a header of SQLite is.\n";
  for (const auto access : {History::Access::read, History::Access::write}) {
    EXPECT_EQ(complaint(path_, access),
              "'" + path_ + "' is no history: it is no SQLite database; name another file with --store");
  }
}

TEST_F(HistoryTest, ADamagedFileIsSaid) {
  {
    History history(path_, History::Access::write);
    for (int at = 0; at < 20; ++at) history.record({a_result(std::string(5000, 'x') + std::to_string(at))}, "now");
  }
  fs::resize_file(path_, fs::file_size(path_) / 2);
  EXPECT_EQ(complaint(path_), "the history '" + path_ + "' is damaged (database disk image is malformed): sqlite3 " +
                                  path_ + " .recover may save what is left of it");
}

TEST_F(HistoryTest, WhatWasChangedSinceIsNotGivenOut) {
  History history(path_, History::Access::write);
  history.record({a_result("one")}, "now");
  Database(path_, Database::Open::existing).run("UPDATE result SET content = 'two'");
  try {
    history.content(1);
    FAIL();
  } catch (const UserError& error) {
    EXPECT_EQ(error.what(), "result 1 of the history '" + path_ + "' is not what was recorded: it was changed since");
  }
}

TEST(Fingerprint, IsTheSameForMachinesWithoutADifference) {
  const Machine machine{.cpu = "A CPU", .kernel = "6.1", .cpus = 2, .memory = 1000};
  Machine other = machine;
  other.memory = 1001;
  other.perf_event_paranoid = 3;
  EXPECT_THAT(differences(machine, other), IsEmpty());
  EXPECT_EQ(fingerprint(machine), fingerprint(other));
  EXPECT_EQ(fingerprint(machine).size(), 8U);
  other.kernel = "6.2";
  other.hypervisor = "KVM";
  EXPECT_THAT(differences(other, machine),
              ElementsAre("the hypervisor is KVM, not none", "the kernel is 6.2, not 6.1"));
  EXPECT_NE(fingerprint(machine), fingerprint(other));
}

TEST(Revision, IsShownShortAndKnownByItsBeginning) {
  const std::string hash = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
  EXPECT_EQ(short_revision(hash), "1a2b3c4");
  EXPECT_EQ(short_revision(hash + "-dirty"), "1a2b3c4-dirty");
  EXPECT_EQ(short_revision("v1.2"), "v1.2");
  EXPECT_EQ(short_revision("deadbeef"), "deadbeef");
  EXPECT_TRUE(is_meant_by(hash, "1a2b"));
  EXPECT_FALSE(is_meant_by(hash, "1a2")) << "too short to be meant";
  EXPECT_TRUE(is_meant_by(hash + "-dirty", "1a2b3c4-dirty"));
  EXPECT_TRUE(is_meant_by("v1", "v1"));
  EXPECT_FALSE(is_meant_by("v1", "v2"));
}

}  // namespace
}  // namespace countercheck
