#include <gmock/gmock.h>

#include "tests/cli/tool.hpp"

namespace countercheck {
namespace {

using testing::AnyOf;
using testing::HasSubstr;

TEST(Report, PrintsWhatTheRunPrinted) {
  TemporaryFolder folder;
  const std::string file = folder / "results.json";
  for (const Words& words :
       {Words{"stat", "-r", "3", "-e", "page-faults,task-clock", "-o", file, "--", TOUCH_PAGES, "--before", "100"},
        Words{"run", "diffusion", "--variants", "fused,roll-add", "--size", "16", "--iterations", "2", "-r", "2", "-o",
              file}}) {
    const Output measured = countercheck_with(words);
    ASSERT_EQ(measured.status, 0) << measured.err;
    const Output again = countercheck_with({"report", file});
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(again.out, measured.out);
    EXPECT_THAT(countercheck_with({"report", file, "--form", "markdown"}).out, HasSubstr("|"));
    EXPECT_THAT(countercheck_with({"report", file, "--form", "csv"}).out,
                AnyOf(HasSubstr("page-faults,kernel"), HasSubstr("page-faults,rusage")));
  }
}

TEST(Report, FilesThatAreNoneAreSaid) {
  TemporaryFolder folder;
  const auto complaint = [&](const std::string& text) {
    write_file(folder / "file", text);
    const Output output = countercheck_with({"report", folder / "file"});
    EXPECT_EQ(output.status, 4);
    EXPECT_EQ(output.out, "");
    return output.err;
  };
  const std::string file = "countercheck: '" + (folder / "file") + "' is not a results file";
  EXPECT_EQ(complaint(""), "countercheck: the results file '" + (folder / "file") + "' is empty\n");
  EXPECT_EQ(complaint("{\"format\":\"countercheck results\",\"schema\":"),
            file + ": it is no whole JSON (at byte 43)\n");
  EXPECT_EQ(complaint("[1,2]"), file + " that this countercheck can read: the file: holds no countercheck results\n");
  EXPECT_EQ(
      countercheck_with({"report", folder / "nowhere"}).err,
      "countercheck: the results file '" + (folder / "nowhere") + "' cannot be read: No such file or directory\n");
  const Output of_folder = countercheck_with({"report", folder.path()});
  EXPECT_EQ(of_folder.status, 4);
  EXPECT_EQ(of_folder.err, "countercheck: the results file '" + folder.path() + "' is a folder: name a file\n");
}

}  // namespace
}  // namespace countercheck
