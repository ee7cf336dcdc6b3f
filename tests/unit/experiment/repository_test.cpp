#include "experiment/repository.hpp"

#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "counters/user_error.hpp"
#include "experiment/private_folder.hpp"
#include "experiment/worktrees.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

// A repository of two commits, in which the test stands.
class RepositoryTest : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("git --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "git is not installed";
    fs::create_directory(user());
    fs::current_path(user());
    shell(
        "git init -q -b main . && git config user.email a@b && git config user.name A && "
        "echo one > file && git add file && git commit -q -m 'The first: \"one\"' && echo two > file && "
        "git commit -q -a -m Second && git branch feature/fast");
  }
  void TearDown() override { fs::current_path(before_); }

  static void shell(const std::string& line) { ASSERT_EQ(std::system(line.c_str()), 0) << line; }
  std::string user() const { return folder_.path() / "user"; }
  static std::string text_of(const fs::path& path) {
    std::ifstream stream(path);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  // What git says of all that must stay as it is.
  std::string state() const {
    shell("(git status --porcelain; git branch -a; git worktree list; git diff --cached; git config -l --local) > " +
          (folder_.path() / "state").string() + " 2>&1");
    return text_of(folder_.path() / "state");
  }

 private:
  PrivateFolder folder_;
  fs::path before_ = fs::current_path();
};

TEST_F(RepositoryTest, FindsRevisionsByAnyNameThatGitKnows) {
  const Repository repository;
  const auto first = repository.find("HEAD~1");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->name, "HEAD~1");
  EXPECT_EQ(first->commit.size(), 40u);
  EXPECT_EQ(first->subject, "The first: \"one\"");
  EXPECT_EQ(repository.find("main")->commit, repository.find("HEAD")->commit);
  EXPECT_FALSE(repository.find("HEAD~2"));
  EXPECT_FALSE(repository.find("HEAD:file")) << "a file is no commit";
  EXPECT_FALSE(repository.find("--all")) << "an option is no revision";
  EXPECT_FALSE(repository.find(""));
}

TEST_F(RepositoryTest, AnUnknownRevisionIsAnsweredWithTheNearest) {
  try {
    Repository().get("feature/fats");
    FAIL();
  } catch (const UserError& error) {
    EXPECT_EQ(error.trouble(), Trouble::usage);
    EXPECT_STREQ(error.what(),
                 "git knows no revision 'feature/fats' here (did you mean feature/fast?): git log shows them");
  }
}

TEST_F(RepositoryTest, OutsideOfOneThatIsSaid) {
  const PrivateFolder elsewhere;
  fs::current_path(elsewhere.path());
  try {
    const Repository repository;
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr("within a git repository only"));
    EXPECT_THAT(error.what(), HasSubstr("not a git repository"));
  }
}

TEST_F(RepositoryTest, WorktreesComeAndGoAndTheUsersStaysAsItIs) {
  shell("echo mine > file; echo new > untracked; echo staged > other; git add other");
  shell("printf '#!/bin/sh\\ntouch ran\\n' > .git/hooks/post-checkout; chmod +x .git/hooks/post-checkout");
  // As a hook of git's has it.
  setenv("GIT_INDEX_FILE", (user() + "/.git/index").c_str(), 1);
  const std::string before = state();
  std::string place;
  {
    const Repository repository;
    Worktrees worktrees(repository);
    const std::string first = worktrees.add(repository.get("HEAD~1"));
    const std::string second = worktrees.add(repository.get("HEAD"));
    EXPECT_EQ(text_of(first + "/file"), "one\n");
    EXPECT_EQ(text_of(second + "/file"), "two\n");
    EXPECT_EQ(first.size(), second.size());
    EXPECT_FALSE(fs::exists(first + "/ran")) << "a hook was run";
    build(repository.get("HEAD~1"), first, "tr a-z A-Z < file > built; echo ${GIT_INDEX_FILE-none} >> built");
    EXPECT_EQ(text_of(first + "/built"), "ONE\nnone\n");
    place = fs::path(first).parent_path();
    shell("chmod -R a-w " + second);
  }
  EXPECT_FALSE(fs::exists(place));
  EXPECT_EQ(state(), before);
  EXPECT_EQ(text_of("file"), "mine\n");
  EXPECT_FALSE(fs::exists(".git/worktrees"));
  unsetenv("GIT_INDEX_FILE");
}

TEST_F(RepositoryTest, ABuildThatFailsTellsItsLastLines) {
  const Repository repository;
  std::string kept;
  {
    Worktrees worktrees(repository);
    const Revision revision = repository.get("HEAD");
    const std::string tree = worktrees.add(revision);
    try {
      build(revision, tree, "for i in 1 2 3 4 5 6 7; do echo line $i; done; exit 2");
      FAIL();
    } catch (const UserError& error) {
      EXPECT_EQ(error.trouble(), Trouble::failed);
      const std::string what = error.what();
      EXPECT_THAT(what, HasSubstr("HEAD (" + revision.commit.substr(0, 12) + ") could not be built: "));
      EXPECT_THAT(what, HasSubstr("failed with exit status 2; its output is in "));
      EXPECT_THAT(what, EndsWith("the last lines are:\nline 3\nline 4\nline 5\nline 6\nline 7"));
      const auto begin = what.find("is in ") + 6;
      kept = what.substr(begin, what.find(',', begin) - begin);
    }
  }
  EXPECT_THAT(text_of(kept), testing::StartsWith("line 1\nline 2\n"));
  fs::remove(kept);
  EXPECT_FALSE(fs::exists(".git/worktrees"));
}

}  // namespace
}  // namespace countercheck
