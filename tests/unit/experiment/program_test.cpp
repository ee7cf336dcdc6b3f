#include "experiment/program.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace countercheck {
namespace {

namespace fs = std::filesystem;

class FindProgram : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_ / "second");
    std::ofstream(folder_ / "plain") << "text";
    std::ofstream(folder_ / "second" / "tool") << "#!/bin/sh\n";
    chmod((folder_ / "second" / "tool").c_str(), 0755);
    setenv("PATH", (folder_.string() + ":" + (folder_ / "second").string()).c_str(), 1);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_ = fs::temp_directory_path() / ("countercheck-program-" + std::to_string(getpid()));
};

TEST_F(FindProgram, SearchesThePathInOrder) {
  EXPECT_EQ(std::get<std::string>(find_program("tool")), (folder_ / "second" / "tool").string());
}

TEST_F(FindProgram, TellsMissingFromNotExecutable) {
  EXPECT_EQ(std::get<int>(find_program("nowhere")), ENOENT);
  EXPECT_EQ(std::get<int>(find_program((folder_ / "nowhere").string())), ENOENT);
  EXPECT_EQ(std::get<int>(find_program("plain")), EACCES);
  EXPECT_EQ(std::get<int>(find_program((folder_ / "plain").string())), EACCES);
  EXPECT_EQ(std::get<int>(find_program(folder_.string())), EACCES) << "a folder is no program";
  EXPECT_EQ(std::get<int>(find_program("")), ENOENT);
}

}  // namespace
}  // namespace countercheck
