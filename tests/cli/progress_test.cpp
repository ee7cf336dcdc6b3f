#include <gmock/gmock.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::HasSubstr;
using testing::Not;

// What a terminal of that width gets when the tool's standard error is that terminal, and its output is not.
std::string on_terminal(unsigned short width, Words words) {
  words.insert(words.begin(), COUNTERCHECK);
  std::vector<char*> argv;
  for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const winsize size{.ws_row = 24, .ws_col = width, .ws_xpixel = 0, .ws_ypixel = 0};
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) {
    if (!freopen("/dev/null", "w", stdout)) _exit(126);
    execv(argv[0], argv.data());
    _exit(127);
  }
  std::string text;
  std::array<char, 4096> part{};
  for (ssize_t got = 0; (got = read(terminal, part.data(), part.size())) > 0;) {
    text.append(part.data(), static_cast<std::size_t>(got));
  }
  close(terminal);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0) << text;
  return text;
}

// What was on the line one after the other: each is wiped by a carriage return and "erase to the end of the line".
std::vector<std::string> lines_of(const std::string& text) {
  const std::string wipe = "\r\033[K";
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(wipe, begin), text.size());
    if (end > begin) lines.push_back(text.substr(begin, end - begin));
    begin = end + wipe.size();
  }
  return lines;
}

const Words kRun = {"run", "diffusion", "--variants", "fused,rows", "--size",      "8",       "--iterations", "1", "-r",
                    "3",   "--source",  "measured",   "-e",         "page-faults", "--order", "sequential"};

TEST(Progress, ABarGrowsAndIsWiped) {
  const std::string text = on_terminal(80, kRun);
  const auto lines = lines_of(text);
  ASSERT_EQ(lines.size(), 8u) << "for each of two variants a warm-up round and three others";
  EXPECT_EQ(lines[0].substr(0, 60), "[------------------------------] 1/8 fused, warm-up 1 of 1");
  EXPECT_THAT(lines[4], HasSubstr("[###############---------------] 5/8 rows, warm-up 1 of 1"));
  EXPECT_THAT(lines[7], HasSubstr("[##########################----] 8/8 rows, round 3 of 3"));
  EXPECT_TRUE(text.ends_with("\r\033[K"));
}

TEST(Progress, NoLineIsWiderThanTheTerminal) {
  for (const unsigned short width : std::initializer_list<unsigned short>{8, 20, 26, 30, 40, 60}) {
    for (const auto& line : lines_of(on_terminal(width, kRun))) {
      EXPECT_LT(line.size(), width + (line.find("…") == std::string::npos ? 0U : 2U)) << line;
    }
  }
}

TEST(Progress, WhereOnlyTheTimeDecidesThereIsNoTotal) {
  Words words = kRun;
  words[8] = "--duration";
  words[9] = "0.1";
  const auto lines = lines_of(on_terminal(80, words));
  ASSERT_GE(lines.size(), 4u);
  EXPECT_THAT(lines[1], HasSubstr("] 2 fused, round 1"));
  EXPECT_THAT(lines[1], Not(HasSubstr("of 0")));
}

TEST(Progress, QuietMeansNone) {
  Words words = kRun;
  words.push_back("-q");
  EXPECT_EQ(on_terminal(80, words), "");
}

}  // namespace
}  // namespace countercheck
