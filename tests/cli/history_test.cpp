#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>

#include "experiment/results_json.hpp"
#include "nlohmann/json.hpp"
#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;

// A results file of two variants without a run: `time` is that of the second.
std::string results(const std::string& began, std::uint64_t time, unsigned rounds = 3) {
  Experiment experiment{.tool_version = "1",
                        .kind = Kind::comparison,
                        .title = "suite",
                        .rounds = rounds,
                        .began = began,
                        .machine = {.cpu = "A CPU", .kernel = "6.1", .cpus = 2},
                        .variants = {{.name = "old", .command = {"old"}}, {.name = "new", .command = {"new"}}},
                        .events = {"wall-time"}};
  auto json = to_json(experiment);
  json["notes"] = nlohmann::json::array();
  json["samples"] = nlohmann::json::array();
  for (unsigned at = 0; at < 2 * rounds; ++at) {
    const std::uint64_t value = at % 2 == 0 ? 1'000'000 : time;
    Sample sample{.variant = at % 2, .round = at / 2, .started = at * 2'000'000'000, .lasted = value + 1'000'000};
    sample.readings = {{.event = "wall-time", .source = Source::clock, .unit = Unit::nanoseconds, .value = value}};
    json["samples"].push_back(to_json(sample));
  }
  return json.dump() + "\n";
}

class HistoryCli : public testing::Test {
 protected:
  Output history(Words words) const {
    words.insert(words.begin(), "history");
    words.insert(words.end(), {"--store", store_});
    return countercheck_with(words);
  }
  std::string file(const std::string& name, const std::string& text) const {
    write_file(folder_ / name, text);
    return folder_ / name;
  }
  void expect_refusal(const Words& words, const std::string& sentence, int status = 4) const {
    const Output output = history(words);
    EXPECT_EQ(output.status, status);
    EXPECT_EQ(output.out, "");
    EXPECT_EQ(output.err, "countercheck: " + sentence + "\n");
  }

  TemporaryFolder folder_;
  std::string store_ = folder_ / "history.sqlite";
};

TEST_F(HistoryCli, RecordsShowsGivesBackAndForgets) {
  const std::string one = file("one.json", results("2026-11-20T10:00:00Z", 2'000'000));
  const std::string two = file("two.json", results("2026-11-19T10:00:00Z", 3'000'000));
  Output output = history({"record", one, two, "--revision", "v1"});
  EXPECT_EQ(output.err, "");
  EXPECT_EQ(output.out, one + " is result 1: suite, revision v1\n" + two + " is result 2: suite, revision v1\n");
  output = history({"record", one, "--revision", "v2"});
  EXPECT_EQ(output.status, 0);
  EXPECT_EQ(output.out, one + " was there already, as result 1: suite, revision v1\n");

  output = history({"list"});
  EXPECT_EQ(output.err, "");
  EXPECT_THAT(output.out, testing::MatchesRegex("ID +begun +revision +machine +suite\n"
                                                "2 +2026-11-19T10:00:00Z +v1 +[0-9a-f]+ +suite\n"
                                                "1 +2026-11-20T10:00:00Z +v1 +[0-9a-f]+ +suite\n\n"
                                                "[0-9a-f]+ +A CPU, 2 CPUs, Linux 6.1\n"));
  EXPECT_EQ(history({"list", "--suite", "other"}).out, "nothing was recorded\n");

  EXPECT_EQ(history({"export", "1"}).out, read_file(one)) << "byte for byte";
  EXPECT_EQ(history({"export", "2", "-o", folder_ / "back.json"}).status, 0);
  EXPECT_EQ(read_file(folder_ / "back.json"), read_file(two));
  EXPECT_EQ(history({"export", "1", "2", "-o", folder_.path()}).status, 0);
  EXPECT_EQ(read_file(folder_ / "1.json"), read_file(one));

  EXPECT_EQ(history({"show", "2", "--form", "csv"}).out, countercheck_with({"report", two, "--form", "csv"}).out);
  expect_refusal({"show", "v1"}, "of revision 'v1' there are the results 2, 1: name one of them", 3);
  expect_refusal({"show", "v3"},
                 "the history has no result and no revision 'v3' (did you mean v1?): countercheck history list shows "
                 "what it has",
                 3);
  expect_refusal({"export", "1", "2"},
                 "several results go into a folder, each as a file ID.json: name one that is there with -o", 3);

  EXPECT_EQ(history({"remove", "1"}).status, 0);
  EXPECT_EQ(history({"show", "v1", "--form", "csv"}).status, 0) << "one is left of that revision";
  expect_refusal({"remove", "1"}, "the history has no result 1: countercheck history list", 3);
}

TEST_F(HistoryCli, TheRevisionIsTheCommitOfTheFolder) {
  const std::string tree = folder_ / "tree";
  const std::string git = "git -c user.name=a -c user.email=a@b -c init.defaultBranch=main ";
  const Output made = run_command({"sh", "-c",
                                   "mkdir " + tree + " && cd " + tree + " && git init -q && touch x && git add x && " +
                                       git + "commit -qm one && git rev-parse HEAD"});
  if (made.status != 0) GTEST_SKIP() << "git makes no commit here: " << made.err;
  const std::string commit = made.out.substr(0, 7);
  const auto record = [&](const std::string& name, const std::string& began) {
    const std::string path = file(name, results(began, 2'000'000));
    return run_command({COUNTERCHECK, "history", "record", path, "--store", store_},
                       [&] { return static_cast<void>(chdir(tree.c_str())); });
  };
  EXPECT_THAT(record("one.json", "1").out, HasSubstr("revision " + commit + "\n"));
  write_file(tree + "/untracked", "y");
  EXPECT_THAT(record("two.json", "2").out, HasSubstr("revision " + commit + "\n"));
  write_file(tree + "/x", "changed");
  EXPECT_THAT(record("three.json", "3").out, HasSubstr("revision " + commit + "-dirty\n"));
  EXPECT_EQ(history({"show", commit + "-dirty", "--form", "csv"}).status, 0);

  const std::string path = file("four.json", results("4", 2'000'000));
  const Output outside = run_command({COUNTERCHECK, "history", "record", path, "--store", store_}, [&] {
    setenv("GIT_CEILING_DIRECTORIES", "/", 1);
    return static_cast<void>(chdir(folder_.path().c_str()));
  });
  EXPECT_EQ(outside.status, 3);
  EXPECT_EQ(outside.err,
            "countercheck: git knows no commit of this folder, so say which revision was measured: --revision REV\n");
}

TEST_F(HistoryCli, ManyWritersAtOnceLoseNothing) {
  constexpr int kWriters = 12;
  constexpr int kFiles = 4;
  const std::string same = file("same.json", results("same", 1));
  std::vector<std::unique_ptr<Running>> running;
  for (int writer = 0; writer < kWriters; ++writer) {
    Words words = {COUNTERCHECK, "history", "record", "--revision", "r", "--store", store_};
    for (int at = 0; at < kFiles; ++at) {
      const std::string name = std::to_string(writer) + "-" + std::to_string(at) + ".json";
      words.push_back(file(name, results(name, 1000U + static_cast<unsigned>(writer))));
    }
    words.push_back(same);  // all of them record this one
    running.push_back(std::make_unique<Running>(words));
  }
  int were_there = 0;
  for (const auto& one : running) {
    const Output output = one->wait();
    EXPECT_EQ(output.status, 0) << output.err;
    were_there += static_cast<int>(lines_with(output.out, "was there already").size());
  }
  EXPECT_EQ(were_there, kWriters - 1);
  EXPECT_EQ(lines_with(history({"list"}).out, " suite").size(), 1U + kWriters * kFiles + 1U);
}

TEST_F(HistoryCli, WhatCannotBeUsedIsSaidInOneSentence) {
  const std::string one = file("one.json", results("2026-11-20T10:00:00Z", 2'000'000));
  expect_refusal({"list"}, "there is no history '" + store_ + "' yet: countercheck history record FILE begins one");
  expect_refusal({"remove", "1"},
                 "there is no history '" + store_ + "' yet: countercheck history record FILE begins one");
  expect_refusal({"record", folder_ / "none.json", "--revision", "r"},
                 "the results file '" + (folder_ / "none.json") + "' cannot be read: No such file or directory");
  expect_refusal(
      {"record", file("bad.json", "{}"), "--revision", "r"},
      "'" + (folder_ / "bad.json") +
          "' is not a results file that this countercheck can read: the file: holds no countercheck results");
  EXPECT_EQ(access(store_.c_str(), F_OK), -1) << "a refused file begins no history";
  write_file(store_, std::string(200, 'x'));
  expect_refusal({"record", one, "--revision", "r"},
                 "'" + store_ + "' is no history: it is no SQLite database; name another file with --store");
  EXPECT_EQ(read_file(store_), std::string(200, 'x')) << "it is somebody's file";
  const Output bare = countercheck_with({"history"});
  EXPECT_EQ(bare.status, 3);
  EXPECT_EQ(
      bare.err,
      "countercheck: history needs a word more: record, list, show, trend, export or remove; countercheck history "
      "--help shows what there is\n");
}

TEST_F(HistoryCli, AReadOnlyFolderIsSaidAndCanBeRead) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
  const std::string one = file("one.json", results("1", 2'000'000));
  ASSERT_EQ(history({"record", one, "--revision", "r"}).status, 0);
  const std::string two = file("two.json", results("2", 2'000'000));
  chmod(folder_.path().c_str(), 0555);
  Output output = countercheck_as_nobody({"history", "record", two, "--revision", "r", "--store", store_});
  EXPECT_EQ(output.status, 4);
  EXPECT_EQ(output.err,
            "countercheck: the history '" + store_ + "' cannot be written: it or its folder is read-only\n");
  output = countercheck_as_nobody({"history", "list", "--store", store_});
  EXPECT_EQ(output.status, 0) << output.err;
  output = countercheck_as_nobody({"history", "record", two, "--revision", "r", "--store", folder_ / "a/b.sqlite"});
  EXPECT_EQ(output.err, "countercheck: the history '" + (folder_ / "a/b.sqlite") +
                            "' cannot be made: its folder: Permission denied\n");
}

TEST_F(HistoryCli, AFullDiskKeepsWhatWasRecordedBefore) {
  const std::string disk = folder_ / "disk";
  mkdir(disk.c_str(), 0755);
  if (mount("countercheck-test", disk.c_str(), "tmpfs", 0, "size=96k") != 0) {
    GTEST_SKIP() << "a small tmpfs cannot be mounted here";
  }
  store_ = disk + "/history.sqlite";
  Output output;
  int recorded = 0;
  for (; recorded < 50; ++recorded) {
    output = history({"record", file("one.json", results(std::to_string(recorded), 1, 10)), "--revision", "r"});
    if (output.status != 0) break;
  }
  const Output list = history({"list"});
  umount(disk.c_str());
  EXPECT_EQ(output.status, 4);
  EXPECT_EQ(output.err, "countercheck: the history '" + store_ +
                            "' could not be written: the disk is full; it is as it was before\n");
  EXPECT_GT(recorded, 0);
  EXPECT_EQ(static_cast<int>(lines_with(list.out, " suite").size()), 1 + recorded) << list.err;
}

}  // namespace
}  // namespace countercheck
