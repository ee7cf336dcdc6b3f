#include "experiment/ending.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>

namespace countercheck {
namespace {

std::string explained(Ending ending, int status, std::vector<std::string> command = {"./a.out", "two words"}) {
  return explain_ending(Sample{.ending = ending, .status = status}, Variant{.command = std::move(command)});
}

TEST(Ending, EachHasItsSentence) {
  EXPECT_EQ(explained(Ending::failed, 3), "./a.out 'two words' failed with exit status 3");
  EXPECT_EQ(explained(Ending::signalled, SIGSEGV), "./a.out 'two words' was killed by signal 11 (Segmentation fault)");
  EXPECT_EQ(explained(Ending::signalled, SIGKILL), "./a.out 'two words' was killed by signal 9 (Killed)");
  EXPECT_EQ(explained(Ending::timed_out, 2500), "./a.out 'two words' was ended after the time limit of 2.5 s");
  EXPECT_EQ(explained(Ending::interrupted, SIGINT), "./a.out 'two words' was interrupted");
  EXPECT_EQ(explained(Ending::not_started, ENOENT), "there is no program './a.out': check its name, or give its path");
  EXPECT_EQ(explained(Ending::not_started, EACCES),
            "'./a.out' is not executable: chmod +x makes it so, if it is a program");
  EXPECT_EQ(explained(Ending::not_started, ENOEXEC, {"s"}),
            "'s' is neither a program for this machine nor a script that begins with #!: a script without that line "
            "needs its "
            "interpreter named, as in sh s");
  EXPECT_EQ(
      explained(Ending::not_started, ENOENT, {"echo a | wc"}),
      "there is no program 'echo a | wc': no shell is used, so give the command as separate words, or write sh -c '…'");
}

TEST(CommandLine, QuotesWhatAShellWouldSplit) {
  EXPECT_EQ(command_line({"ls", "-l", "/tmp/x=1"}), "ls -l /tmp/x=1");
  EXPECT_EQ(command_line({"echo", "it's", ""}), "echo 'it'\\''s' ''");
}

TEST(Ending, StoredWordsReadBack) {
  for (const auto ending : {Ending::completed, Ending::failed, Ending::signalled, Ending::timed_out,
                            Ending::not_started, Ending::interrupted}) {
    EXPECT_EQ(ending_from(to_string(ending)), ending);
  }
  for (const auto kind : {Kind::stat, Kind::comparison}) EXPECT_EQ(kind_from(to_string(kind)), kind);
  for (const auto pass : {Pass::measured, Pass::simulated}) EXPECT_EQ(pass_from(to_string(pass)), pass);
}

}  // namespace
}  // namespace countercheck
