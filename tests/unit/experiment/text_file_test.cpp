#include "experiment/text_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "counters/user_error.hpp"
#include "experiment/private_folder.hpp"

namespace countercheck {
namespace {

class TextFile : public testing::Test {
 protected:
  std::string path() const { return folder_.path() / "file"; }
  std::string complaint(const std::string& content, std::size_t most = 100) const {
    std::ofstream(path(), std::ios::binary) << content;
    return complaint_of(path(), most);
  }
  static std::string complaint_of(const std::string& path, std::size_t most = 100) {
    try {
      read_text_file(path, "recipe", most);
    } catch (const UserError& error) {
      EXPECT_EQ(error.trouble(), Trouble::file);
      return error.what();
    }
    return "none";
  }

  PrivateFolder folder_;
};

TEST_F(TextFile, IsGivenByteForByte) {
  const std::string text = "a\r\nb\xff" + std::string(99'995, 'c');
  std::ofstream(path(), std::ios::binary) << text;
  EXPECT_EQ(read_text_file(path(), "recipe", text.size()), text);
}

TEST_F(TextFile, ComplaintsSayWhatItIs) {
  const std::string begin = "the recipe '" + path() + "' ";
  EXPECT_EQ(complaint_of(path()), begin + "cannot be read: No such file or directory");
  EXPECT_EQ(complaint(""), begin + "is empty");
  EXPECT_EQ(complaint(std::string("ab\0c", 4)), begin + "is no text: byte 3 of it is 0");
  EXPECT_EQ(complaint(std::string(100, 'x')), "none");
  EXPECT_EQ(complaint(std::string(101, 'x')),
            begin + "is larger than 100 bytes, which is the most that one may be: is it another file?");
  EXPECT_EQ(complaint_of(folder_.path()), "the recipe '" + folder_.path().string() + "' is a folder: name a file");
  EXPECT_EQ(complaint_of("/dev/zero", std::size_t{3} << 20),
            "the recipe '/dev/zero' is larger than 3 MiB, which is the most that one may be: is it another file?");
  if (geteuid() == 0) return;
  chmod(path().c_str(), 0);
  EXPECT_EQ(complaint_of(path()), begin + "cannot be read: Permission denied");
}

TEST_F(TextFile, APipeIsReadToItsEnd) {
  ASSERT_EQ(mkfifo(path().c_str(), 0600), 0);
  std::thread writer([this] { std::ofstream(path()) << "through a pipe" << std::flush << ", in parts"; });
  EXPECT_EQ(read_text_file(path(), "recipe", 100), "through a pipe, in parts");
  writer.join();
}

}  // namespace
}  // namespace countercheck
