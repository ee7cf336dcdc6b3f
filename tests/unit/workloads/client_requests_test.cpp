// region.h's requests as Valgrind itself sees them: a tool that does not know one says so when it is very talkative.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace countercheck::workloads {
namespace {

using testing::HasSubstr;
using testing::Not;

// What a shell command prints.
std::string told(const std::string& command) {
  std::string text;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> chunk{};
  for (std::size_t got = 0; (got = std::fread(chunk.data(), 1, chunk.size(), pipe)) > 0;)
    text.append(chunk.data(), got);
  pclose(pipe);
  return text;
}

class ClientRequests : public testing::Test {
 protected:
  void SetUp() override {
#if !defined(__x86_64__) && !defined(__aarch64__)
    GTEST_SKIP() << "region.h makes no requests on this processor";
#endif
    if (told("valgrind --version").rfind("valgrind-", 0) != 0) GTEST_SKIP() << "valgrind is not installed";
  }

  static std::string under_valgrind(const std::string& what, const std::string& environment = "") {
    return told("env -u COUNTERCHECK_REGION " + environment + " valgrind --tool=none -v -v -v " CLIENT_REQUESTS " " +
                what);
  }
};

TEST_F(ClientRequests, AreThoseThatTheSimulatorExpects) {
  EXPECT_THAT(under_valgrind("begin", "COUNTERCHECK_REGION=2:1"), HasSubstr("client request: 0x434b0000 (CK+0x0)"));
  EXPECT_THAT(under_valgrind("end"), HasSubstr("client request: 0x434b0001 (CK+0x1)"));
  EXPECT_THAT(under_valgrind("name"), HasSubstr("client request: 0x434b0002 (CK+0x2)"));
}

TEST_F(ClientRequests, ARegionDoesNotBeginUnlessItIsCounted) {
  EXPECT_THAT(under_valgrind("begin"), Not(HasSubstr("client request: 0x434b")));
}

TEST_F(ClientRequests, CarryTheirArguments) {
  EXPECT_THAT(under_valgrind("call"), HasSubstr("300 20 1\ndone\n"));
}

TEST_F(ClientRequests, DoNothingOnAProcessor) {
  const std::string plainly = "env -u COUNTERCHECK_REGION " CLIENT_REQUESTS " ";
  for (const char* what : {"begin", "end", "name"}) EXPECT_EQ(told(plainly + what), "done\n") << what;
  EXPECT_EQ(told(plainly + "call"), "0 0 0\ndone\n");
}

}  // namespace
}  // namespace countercheck::workloads
