#include "experiment/command_words.hpp"

#include <gmock/gmock.h>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

using testing::ElementsAre;

// Each expectation is what `printf '[%s]' WORDS` of a POSIX shell prints for the same text.
TEST(CommandWords, ArePartedAsAShellPartsThem) {
  EXPECT_THAT(command_words("./old data.bin"), ElementsAre("./old", "data.bin"));
  EXPECT_THAT(command_words("  a\t b\nc "), ElementsAre("a", "b", "c"));
  EXPECT_THAT(command_words("sh -c 'exit 3; # $x'"), ElementsAre("sh", "-c", "exit 3; # $x"));
  EXPECT_THAT(command_words(R"(a "b c"'d e'f '' "")"), ElementsAre("a", "b cd ef", "", ""));
  EXPECT_THAT(command_words(R"(a\ b \| "x\"y" "x\ny" 'x\y')"), ElementsAre("a b", "|", "x\"y", "x\\ny", "x\\y"));
}

TEST(CommandWords, WhatOnlyAShellUnderstandsIsRefused) {
  const auto complaint = [](const char* text) {
    try {
      command_words(text);
    } catch (const UserError& error) {
      EXPECT_EQ(error.trouble(), Trouble::usage);
      return std::string(error.what());
    }
    return std::string("none");
  };
  EXPECT_EQ(complaint("./app < data"),
            "the command \"./app < data\" has a '<', which only a shell understands: quote it, or run a shell as the "
            "command, sh -c '…', which is then counted too");
  EXPECT_EQ(complaint("./app 'data"), "the command \"./app 'data\" has a quote (') at character 7 that is not closed");
  EXPECT_EQ(complaint(" "), "a command is empty: give a program and its arguments");
  for (const char* text : {"a | b", "a; b", "a && b", "a > b", "a $x", "a `b`", "(a)"})
    EXPECT_NE(complaint(text), "none");
}

}  // namespace
}  // namespace countercheck
