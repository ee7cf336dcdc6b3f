#include "counters/passports/family_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "counters/passports/family_catalogue.hpp"
#include "counters/user_error.hpp"

namespace countercheck {
namespace {

constexpr const char* kWhole = R"({
  "family": "toy", "name": "Toy", "recognise": {"arch": "x86_64", "vendor": "Toys", "family": 6, "models": ["0x1f"]},
  "lacks": ["amx_tile"], "kernel_pmus": ["cpu"], "libpfm_pmus": [], "sources": [{"file": "map.c"}],
  "events": {
    "cache-misses": {"supported": true, "config": "0x964", "config1": "0x10", "native": "L2.MISS", "level": "L2",
      "requests": "reads", "meaning": "Reads that miss the L2.", "differs": "The L2, not the last level."},
    "LLC-loads": {"supported": false, "reason": "The kernel maps none."}},
  "errata": [{"id": "T1", "events": ["cache-misses"], "text": "Counts too much.", "source": "sheet"},
             {"id": "T2", "events": ["all"], "text": "Off by one.", "source": "sheet"}]})";

// What the reader says of a file with this text, the file's name left away; empty where it takes it.
std::string complaint(std::string text, const std::string& change, const std::string& to) {
  const auto at = text.find(change);
  EXPECT_NE(at, std::string::npos) << change;
  text.replace(at, change.size(), to);
  const auto folder = std::filesystem::temp_directory_path() / "countercheck-passports-test";
  std::filesystem::create_directories(folder);
  const auto file = folder / "toy.json";
  std::ofstream(file) << text;
  std::string said;
  try {
    read_family_file(file);
  } catch (const UserError& error) {
    EXPECT_EQ(error.trouble(), Trouble::file);
    said = error.what();
  }
  const std::string begin = "the passport file '" + file.string() + "'";
  EXPECT_TRUE(said.empty() || said.starts_with(begin)) << said;
  std::filesystem::remove_all(folder);
  return said.empty() ? "" : said.substr(begin.size());
}

TEST(FamilyFile, EveryKeyIsRead) {
  const auto folder = std::filesystem::temp_directory_path() / "countercheck-passports-whole";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "toy.json") << kWhole;
  const Family toy = read_family_file(folder / "toy.json");
  std::filesystem::remove_all(folder);
  ASSERT_NE(toy.event("cache-misses"), nullptr);
  const FamilyEvent& misses = *toy.event("cache-misses");
  EXPECT_EQ(misses.config, 0x964u);
  EXPECT_EQ(misses.config1, 0x10u);
  EXPECT_EQ(misses.level, "L2");
  EXPECT_EQ(misses.differs, "The L2, not the last level.");
  EXPECT_TRUE(misses.supported());
  EXPECT_FALSE(toy.event("LLC-loads")->supported());
  EXPECT_EQ(toy.event("LLC-loads")->reason, "The kernel maps none.");
  EXPECT_EQ(toy.event("nonsense"), nullptr);
  EXPECT_EQ(toy.errata_of("cache-misses").size(), 2u);
  EXPECT_EQ(toy.errata_of("LLC-loads").front()->id, "T2");
  EXPECT_EQ(toy.recognise.front().models.front(), 0x1fu);
  EXPECT_EQ(toy.lacks.front(), "amx_tile");
}

TEST(FamilyFile, AMistakeIsToldWithFileAndKey) {
  EXPECT_EQ(complaint(kWhole, "\"Toy\"", "\"Toy\""), "");
  EXPECT_EQ(complaint(kWhole, "\"level\": \"L2\",", ""), ": 'events.cache-misses' lacks the key 'level'");
  EXPECT_EQ(complaint(kWhole, "\"0x964\"", "964"),
            ": 'events.cache-misses.config' must be a hexadecimal number in quotes, as \"0x412e\", not 964");
  EXPECT_EQ(complaint(kWhole, "\"0x964\"", "\"0xzz\""),
            ": 'events.cache-misses.config' must be a hexadecimal number in quotes, as \"0x412e\", not \"0xzz\"");
}

TEST(FamilyFile, AnUnknownKeyGetsTheNearest) {
  EXPECT_EQ(complaint(kWhole, "\"native\"", "\"natve\""),
            ": 'events.cache-misses' has the unknown key 'natve' (did you mean native?); it takes supported, config, "
            "config1, alternatives, native, libpfm, level, requests, meaning, differs, note");
}

TEST(FamilyFile, ListsAndFlagsAreChecked) {
  EXPECT_EQ(complaint(kWhole, "[\"cpu\"]", "\"cpu\""), ": 'kernel_pmus' must be a list of texts, not \"cpu\"");
  EXPECT_EQ(complaint(kWhole, "\"supported\": true", "\"supported\": 1"),
            ": 'events.cache-misses.supported' must be true or false, not 1");
  EXPECT_EQ(complaint(kWhole, "[\"0x1f\"]", "[31]"),
            ": 'recognise.models' must be a list of numbers, each a hexadecimal number in quotes, as \"0x412e\", not a "
            "list");
  EXPECT_EQ(complaint(kWhole, "\"family\": \"toy\"", "\"family\": \"tyo\""),
            ": 'family' must be the file's name, not \"tyo\"");
}

TEST(FamilyFile, CutShortOrMissing) {
  EXPECT_TRUE(complaint(kWhole, "\"sheet\"}]}", "").starts_with(" is no whole JSON (at byte "));
  EXPECT_THROW(read_family_file("/nowhere/toy.json"), UserError);
}

// The files that are shipped: all of the same events, with all that a reader is told.
TEST(FamilyFile, EveryShippedFileIsWholeAndOfTheSameEvents) {
  const auto families = read_families(PASSPORTS);
  ASSERT_GE(families.size(), 25u);
  std::set<std::string> names;
  for (const FamilyEvent& event : families.front().events) names.insert(event.name);
  EXPECT_TRUE(names.contains("cache-misses"));
  for (const Family& family : families) {
    std::set<std::string> own;
    for (const FamilyEvent& event : family.events) own.insert(event.name);
    EXPECT_EQ(own, names) << family.id;
    EXPECT_FALSE(family.sources.empty()) << family.id;
    EXPECT_FALSE(family.kernel_pmus.empty()) << family.id;
    for (const FamilyEvent& event : family.events) {
      if (!event.supported()) continue;
      EXPECT_TRUE((std::set<std::string>{"none", "L1d", "L1i", "L2", "LLC", "dTLB", "iTLB"}).contains(event.level))
          << family.id << " " << event.name;
    }
  }
}

}  // namespace
}  // namespace countercheck
