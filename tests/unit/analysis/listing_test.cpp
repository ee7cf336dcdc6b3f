#include "analysis/listing.hpp"

#include <gmock/gmock.h>

namespace countercheck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SiteCounts site(CodePlace place, std::uint64_t loads) {
  return {.place = std::move(place), .instructions = 10, .levels = {{0, loads, 0}}};
}

const std::vector<SiteCounts> kSites = {site({"job::step(int)", "/src/rows.c", 12, "/bin/a"}, 100),
                                        site({"job::step(int)", "/src/rows.c", 15, "/bin/a"}, 7),
                                        site({"job::step(int)", "/src/grid.h", 3, "/bin/a"}, 50),
                                        site({"job::step(int)", "/src/rare.h", 8, "/bin/a"}, 2),
                                        site({"main", "/src/rows.c", 40, "/bin/a"}, 9),
                                        site({"fast_copy", "", 0, "/lib/libc.so.6"}, 300)};

std::vector<std::string> paths_of(const ListedCode& code) {
  std::vector<std::string> paths;
  for (const auto& file : code.files) paths.push_back(file.path);
  return paths;
}

std::vector<unsigned> numbers_of(const ListingPart& part) {
  std::vector<unsigned> numbers;
  for (const auto& line : part.lines) numbers.push_back(line.number);
  return numbers;
}

TEST(Listing, TheHottestFunctionsComeFirst) {
  const auto hottest = hottest_functions(kSites, 0, 2);
  ASSERT_EQ(hottest.size(), 2U);
  EXPECT_EQ(hottest[0].name, "fast_copy");
  EXPECT_EQ(hottest[1].name, "job::step");
  EXPECT_THAT(paths_of(hottest[1]), ElementsAre("/src/rows.c", "/src/grid.h"));
  EXPECT_EQ(hottest[1].left_out, 1U) << "2 of 159 misses are in rare.h";
}

TEST(Listing, CodeIsFoundByTheNamesAPersonMaySay) {
  for (const char* name : {"job::step(int)", "job::step", "step"}) {
    const auto code = find_code(kSites, 0, name);
    ASSERT_TRUE(code) << name;
    EXPECT_EQ(code->files[0].lines.size(), 2U);
  }
  for (const char* name : {"rows.c", "src/rows.c", "/src/rows.c"}) {
    const auto code = find_code(kSites, 0, name);
    ASSERT_TRUE(code) << name;
    EXPECT_EQ(code->files[0].lines.size(), 3U) << "with main's";
  }
  for (const char* name : {"ows.c", "tep", "", "nothing"}) EXPECT_FALSE(find_code(kSites, 0, name)) << name;
  EXPECT_THAT(code_names(kSites), ElementsAre("fast_copy", "grid.h", "job::step", "main", "rare.h", "rows.c"));
}

TEST(Listing, SourceStandsAroundTheLinesThatRan) {
  std::vector<std::string> text;
  for (int i = 1; i <= 41; ++i) text.push_back("line " + std::to_string(i));
  const auto code = find_code(kSites, 0, "rows.c");
  const ListingPart part = list_source(code->files[0], text);
  EXPECT_THAT(numbers_of(part), ElementsAre(10, 11, 12, 13, 14, 15, 16, 17, 38, 39, 40, 41));
  EXPECT_EQ(part.lines[2].text, "line 12");
  EXPECT_EQ(part.lines[2].counts->levels[0].loads, 100U);
  EXPECT_EQ(part.lines[3].counts, std::nullopt);
}

TEST(Listing, TheFirstLinesOfAFileHaveNoneBeforeThem) {
  const ListedFile file = {.path = "/src/a.c", .lines = {{1, site({}, 5)}}};
  EXPECT_THAT(numbers_of(list_source(file, std::vector<std::string>{"a", "b"})), ElementsAre(1, 2));
}

TEST(Listing, WhyThereIsNoSourceIsSaidWithTheWayOut) {
  const auto step = find_code(kSites, 0, "step");
  EXPECT_EQ(list_source(step->files[0], std::nullopt).trouble,
            "/src/rows.c is not here: name the folder that holds it with --sources FOLDER");
  EXPECT_EQ(list_source(step->files[0], std::vector<std::string>{"short"}).trouble,
            "/src/rows.c has changed since the program was built, it is shorter: build it again");
  const auto copy = find_code(kSites, 0, "fast_copy");
  const ListingPart part = list_source(copy->files[0], std::nullopt);
  EXPECT_EQ(part.trouble,
            "there is no debug information for this code in libc.so.6: compile it with -g to see its lines");
  EXPECT_THAT(part.lines, IsEmpty());
}

}  // namespace
}  // namespace countercheck
