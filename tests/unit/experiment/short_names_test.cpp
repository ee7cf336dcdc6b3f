#include "experiment/short_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiment/command_words.hpp"

namespace countercheck {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> names(const std::vector<std::string>& commands) {
  std::vector<std::vector<std::string>> words;
  for (const std::string& command : commands) words.push_back(command_words(command));
  return short_names(words);
}

TEST(ShortNames, AreWhatTellsTheCommandsApart) {
  EXPECT_THAT(names({"./old data.bin", "./new data.bin"}), ElementsAre("old", "new"));
  EXPECT_THAT(names({"./old old.bin", "./new new.bin"}), ElementsAre("old-old.bin", "new-new.bin"));
  EXPECT_THAT(names({"build/v1/app 3", "build/v2/app 3"}), ElementsAre("v1", "v2"));
  EXPECT_THAT(names({"python3 old.py", "python3 new.py", "python3 newest.py"}), ElementsAre("old", "new", "newest"));
  EXPECT_THAT(names({"sort -n file", "sort -r file"}), ElementsAre("n", "r"));
  EXPECT_THAT(names({"./sum --fast 1", "./sum --slow 2"}), ElementsAre("fast-1", "slow-2"));
}

TEST(ShortNames, OfACommandWithNothingOfItsOwnIsItsProgram) {
  EXPECT_THAT(names({"./app data", "./app -O data", "./app -O -v data"}), ElementsAre("app", "O", "O-v"));
  EXPECT_THAT(names({"bin/app"}), ElementsAre("app"));
  EXPECT_THAT(names({"/", "/"}), ElementsAre("command", "command-2"));
  EXPECT_THAT(short_names({}), IsEmpty());
}

TEST(ShortNames, TiesAreNumbered) {
  EXPECT_THAT(names({"./app", "./app", "./app"}), ElementsAre("app", "app-2", "app-3"));
  EXPECT_THAT(numbered({"a", "a", "a-2", "a"}), ElementsAre("a", "a-3", "a-2", "a-4"));
}

TEST(ShortNames, CanBeTyped) {
  EXPECT_THAT(names({"sh -c 'echo one; sleep 1'", "sh -c 'echo two; sleep 1'"}),
              ElementsAre("echo-one-sleep-1", "echo-two-sleep-1"));
  EXPECT_THAT(names({"./a --a-rather-long-option-that-goes-on", "./a --b"}),
              ElementsAre("a-rather-long-option-tha", "b"));
  EXPECT_THAT(names({"./größe-größe-größe-größe", "./b"}), ElementsAre("größe-größe-größe", "b"));
}

}  // namespace
}  // namespace countercheck
