#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "experiment/results_file.hpp"
#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;

// A command that succeeds a few times and then fails: it keeps count in a file.
Words failing_from(const std::string& counter, int run, const std::string& how) {
  return {"sh", "-c",
          "n=$(cat " + counter + " 2>/dev/null || echo 0); echo $((n+1)) > " + counter + "; if [ $n -ge " +
              std::to_string(run - 1) + " ]; then " + how + "; fi"};
}

Words stat_to(const std::string& file, const Words& command, Words options = {}) {
  Words words = {"stat", "-r", "5", "-e", "page-faults", "-o", file};
  words.insert(words.end(), options.begin(), options.end());
  words.emplace_back("--");
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

TEST(ResultsOnDisk, NoSampleIsLostWhateverHappensToTheCommand) {
  struct Case {
    const char* how;
    int status;
    Ending ending;
  };
  for (const auto& [how, status, ending] :
       {Case{"exit 9", 6, Ending::failed}, Case{"kill -SEGV $$", 6, Ending::signalled},
        Case{"kill -KILL $$", 6, Ending::signalled}, Case{"exec sleep 1000", 7, Ending::timed_out},
        Case{"kill -INT $PPID; exec sleep 1000", 130, Ending::interrupted}}) {
    TemporaryFolder folder;
    const std::string file = folder / "results.json";
    const Output output =
        countercheck_with(stat_to(file, failing_from(folder / "counter", 3, how), {"--timeout", "5"}));
    EXPECT_EQ(output.status, status) << how << output.err;
    const Experiment results = read_results(file);
    ASSERT_EQ(results.samples.size(), 3u) << how;
    EXPECT_EQ(results.samples[0].ending, Ending::completed) << how;
    EXPECT_EQ(results.samples[1].ending, Ending::completed) << how;
    EXPECT_EQ(results.samples[2].ending, ending) << how;
    EXPECT_NE(raw(results.samples[1].readings.front()), std::nullopt) << how;
    EXPECT_THAT(output.out, HasSubstr("(2 of 5 runs completed)")) << "the block says on how many samples it stands\n"
                                                                  << output.out;
  }
}

TEST(ResultsOnDisk, AFolderThatCannotBeWrittenIsSaidBeforeAnythingRuns) {
  TemporaryFolder folder;
  const std::string counter = folder / "counter";
  const Output output = countercheck_with(stat_to("/proc/results.json", failing_from(counter, 9, "true")));
  EXPECT_EQ(output.status, 4);
  EXPECT_EQ(output.err,
            "countercheck: the results file '/proc/results.json' cannot be written: No such file or directory\n");
  EXPECT_EQ(read_file(counter), "") << "the command ran";
}

TEST(ResultsOnDisk, AReadOnlyFolderIsSaid) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
  TemporaryFolder folder;
  chmod(folder.path().c_str(), 0555);
  const Output output = countercheck_as_nobody(stat_to(folder / "results.json", {"true"}));
  EXPECT_EQ(output.status, 4);
  EXPECT_EQ(output.err, "countercheck: the results file '" + (folder / "results.json") +
                            "' cannot be written: Permission denied\n");
}

TEST(ResultsOnDisk, AMistypedCommandLeavesTheOldFileAlone) {
  TemporaryFolder folder;
  const std::string file = folder / "results.json";
  write_file(file, "precious");
  EXPECT_EQ(countercheck_with(stat_to(file, {"no-such-program"})).status, 5);
  EXPECT_EQ(countercheck_with({"stat", "-e", "no-such-event", "-o", file, "--", "true"}).status, 3);
  EXPECT_EQ(read_file(file), "precious");
}

TEST(ResultsOnDisk, AFullDiskKeepsWhatWasTakenBefore) {
  TemporaryFolder folder;
  if (mount("countercheck-test", folder.path().c_str(), "tmpfs", 0, "size=16k") != 0) {
    GTEST_SKIP() << "a small tmpfs cannot be mounted here";
  }
  const std::string file = folder / "results.json";
  const Output output = countercheck_with({"stat", "-r", "200", "-q", "-o", file, "--", "true"});
  const Experiment results = read_results(file);
  umount(folder.path().c_str());
  EXPECT_EQ(output.status, 4);
  EXPECT_GT(results.samples.size(), 0u);
  EXPECT_LT(results.samples.size(), 200u);
  EXPECT_EQ(output.err, "countercheck: the results file '" + file +
                            "' could not be written further: No space left on device; it "
                            "holds the " +
                            std::to_string(results.samples.size()) + " samples taken before\n");
}

}  // namespace
}  // namespace countercheck
