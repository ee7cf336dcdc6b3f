#include "simulator/machines/machine_file.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

using nlohmann::json;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

std::string book() {
  std::ifstream stream(std::string(MACHINES) + "/book.json");
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string complaint(const std::string& text) {
  try {
    parse_machine(text, "mine.json");
  } catch (const UserError& error) {
    EXPECT_EQ(error.trouble(), Trouble::usage);
    return error.what();
  }
  return "(none)";
}

TEST(MachineFile, EveryKeyReachesItsField) {
  const SimulatedMachine machine = parse_machine(R"({
    "name": "odd", "title": "A title", "line-bytes": 32, "cores": 2, "writes": "write-back", "straddle": "each-line",
    "seed": 77,
    "levels": [
      {"name": "L1", "data": {"bytes": 480, "ways": 5, "replacement": "random"},
       "code": {"bytes": 896, "ways": 4, "replacement": "tree-plru"}, "shared": false, "inclusion": "non-inclusive",
       "prefetch": {"kind": "next-line", "lines": 2}},
      {"name": "LL", "unified": {"bytes": 33600, "ways": 7, "replacement": "lru"}, "shared": true,
       "inclusion": "exclusive", "prefetch": {"kind": "stride", "lines": 3}}],
    "tlb": {"first": {"small": {"entries": 60, "ways": 5}, "huge": {"entries": 8, "ways": 8}},
            "second": {"entries": 999, "ways": 9}},
    "branches": {"conditional": "gshare", "table-bits": 13, "history-bits": 11, "indirect": "target-history",
                 "target-bits": 6, "returns": 21},
    "sources": [{"figures": "all", "from": "this test", "verified": true}], "notes": ["one", "two"]})",
                                                 "odd.json");
  EXPECT_EQ(machine.name, "odd");
  EXPECT_EQ(machine.title, "A title");
  EXPECT_EQ(machine.file, "odd.json");
  EXPECT_EQ(machine.level_names, (std::vector<std::string>{"L1", "LL"}));
  EXPECT_EQ(machine.sources, (std::vector<FigureSource>{{"all", "this test", true}}));
  EXPECT_EQ(machine.notes, (std::vector<std::string>{"one", "two"}));
  const sim_machine& model = machine.model;
  EXPECT_EQ(model.line_bytes, 32U);
  EXPECT_EQ(model.cores, 2U);
  EXPECT_EQ(model.level_count, 2U);
  EXPECT_TRUE(model.writes_back);
  EXPECT_FALSE(model.straddle_as_one);
  EXPECT_EQ(model.seed, 77U);
  const sim_level& first = model.levels[0];
  EXPECT_EQ(first.data.sets, 3U);
  EXPECT_EQ(first.data.ways, 5U);
  EXPECT_EQ(first.data.policy, SIM_RANDOM);
  EXPECT_EQ(first.code.sets, 7U);
  EXPECT_EQ(first.code.ways, 4U);
  EXPECT_EQ(first.code.policy, SIM_TREE_PLRU);
  EXPECT_TRUE(first.split);
  EXPECT_FALSE(first.shared);
  EXPECT_EQ(first.prefetch, SIM_NEXT_LINE);
  EXPECT_EQ(first.degree, 2U);
  const sim_level& second = model.levels[1];
  EXPECT_EQ(second.data.sets, 150U);
  EXPECT_EQ(second.data.policy, SIM_LRU);
  EXPECT_FALSE(second.split);
  EXPECT_TRUE(second.shared);
  EXPECT_EQ(second.inclusion, SIM_EXCLUSIVE);
  EXPECT_EQ(second.prefetch, SIM_STRIDE);
  EXPECT_EQ(second.degree, 3U);
  EXPECT_EQ(model.tlb.small.sets, 12U);
  EXPECT_EQ(model.tlb.huge.sets, 1U);
  EXPECT_EQ(model.tlb.huge.ways, 8U);
  EXPECT_EQ(model.tlb.second.sets, 111U);
  EXPECT_EQ(machine.branches.conditional, SIM_GSHARE);
  EXPECT_EQ(machine.branches.table_bits, 13U);
  EXPECT_EQ(machine.branches.history_bits, 11U);
  EXPECT_EQ(machine.branches.indirect, SIM_TARGET_HISTORY);
  EXPECT_EQ(machine.branches.target_bits, 6U);
  EXPECT_EQ(machine.branches.returns, 21U);
}

// What is changed, at which place of book.json (a JSON pointer), and what is said of it.
TEST(MachineFile, WhatIsWrongIsSaidWithTheKeyAndWhatIsAllowed) {
  const struct {
    const char* at;
    json value;
    const char* sentence;
  } cases[] = {
      {"/cores", 0, "'cores' must be a whole number from 1 to 256, not 0"},
      {"/cores", -4, "'cores' must be a whole number from 1 to 256, not -4"},
      {"/cores", 2.5, "'cores' must be a whole number from 1 to 256, not 2.5"},
      {"/cores", "8", "'cores' must be a whole number from 1 to 256, not \"8\""},
      {"/line-bytes", 96, "'line-bytes' must be a power of two, not 96"},
      {"/name", "", "'name' must be a text that is not empty, not \"\""},
      {"/title", nullptr, "'title' must be a text that is not empty, not null"},
      {"/writes", "writeback",
       "'writes' must be one of write-back, as-loads (did you mean write-back?), not \"writeback\""},
      {"/straddle", true, "'straddle' must be one of each-line, as-one, not true"},
      {"/levels", json::object(), "'levels' must be a list of objects, not an object"},
      {"/levels", json::array(), "the file has 0 levels; it takes 1 to 4"},
      {"/levels/1", 3, "'levels[1]' must be an object, not 3"},
      {"/levels/1/shared", "no", "'levels[1].shared' must be true or false, not \"no\""},
      {"/levels/1/unified/way", 8,
       "'levels[1].unified' has the unknown key 'way' (did you mean ways?); it takes bytes, "
       "ways, replacement"},
      {"/levels/1/unified/bytes", 262145,
       "'levels[1].unified.bytes' must be a multiple of ways x line-bytes "
       "(8 x 64 = 512), not 262145"},
      {"/levels/1/unified/bytes", 4294967297,
       "'levels[1].unified.bytes' must be a whole number from 1 to 4294967296, "
       "not 4294967297"},
      {"/levels/1/unified/ways", 0, "'levels[1].unified.ways' must be a whole number from 1 to 65536, not 0"},
      {"/levels/0/code/replacement", "plru",
       "'levels[0].code.replacement' must be one of lru, tree-plru, random (did "
       "you mean lru?), not \"plru\""},
      {"/levels/0/unified", json::object(), "'levels[0]' needs either the keys 'data' and 'code', or 'unified'"},
      {"/levels/2/inclusion", 1, "'levels[2].inclusion' must be one of non-inclusive, inclusive, exclusive, not 1"},
      {"/levels/2/prefetch", {{"kind", "stride"}}, "'levels[2].prefetch' lacks the key 'lines'"},
      {"/levels/2/prefetch",
       {{"kind", "stride"}, {"lines", 9}},
       "'levels[2].prefetch.lines' must be a whole number from 1 to 8, not 9"},
      {"/tlb/first/small/entries", 66, "'tlb.first.small.entries' must be a multiple of its ways (4), not 66"},
      {"/tlb/third", 1, "'tlb' has the unknown key 'third'; it takes first, second"},
      {"/branches/table-bits", 3,
       "'branches' takes 'table-bits' and 'history-bits' only where 'conditional' is gshare"},
      {"/branches/conditional", "gshare", "'branches' lacks the key 'table-bits'"},
      {"/branches/returns", 65, "'branches.returns' must be a whole number from 0 to 64, not 65"},
      {"/sources/0/verified", "yes", "'sources[0].verified' must be true or false, not \"yes\""},
      {"/notes", {1}, "'notes' must be a list of texts, not a list"},
      {"/level", 1,
       "the file has the unknown key 'level' (did you mean levels?); it takes name, title, line-bytes, "
       "cores, writes, straddle, levels, tlb, branches, seed, sources, notes"},
      {"/levels/0/inclusion", "inclusive",
       "the file describes a machine that cannot be simulated: the first level has nothing above it to "
       "include"},
      {"/writes", "as-loads",
       "the file describes a machine that cannot be simulated: several cores need caches that write back"},
  };
  for (const auto& [at, value, sentence] : cases) {
    json whole = json::parse(book());
    whole[json::json_pointer(at)] = value;
    EXPECT_EQ(complaint(whole.dump()), std::string("the machine file 'mine.json': ") + sentence) << at;
  }
}

TEST(MachineFile, EveryKeyButTheOptionalOnesMustBeThere) {
  const json whole = json::parse(book());
  const json flat = whole.flatten();
  for (const auto& [pointer, unused] : flat.items()) {
    const auto slash = pointer.rfind('/');
    const std::string key = pointer.substr(slash + 1);
    if (key.find_first_not_of("0123456789") == std::string::npos) continue;  // of a list
    json less = whole;
    less[json::json_pointer(pointer.substr(0, slash))].erase(key);
    EXPECT_THAT(complaint(less.dump()), EndsWith("lacks the key '" + key + "'")) << pointer;
  }
  for (const char* optional : {"/tlb", "/tlb/second", "/tlb/first/huge"}) {
    json less = whole;
    const json::json_pointer pointer(optional);
    less[pointer.parent_pointer()].erase(pointer.back());
    EXPECT_EQ(complaint(less.dump()), "(none)") << optional;
  }
}

TEST(MachineFile, WhatIsNoJsonIsSaidToBeNone) {
  EXPECT_THAT(complaint(""), StartsWith("the machine file 'mine.json' is not JSON ("));
  EXPECT_THAT(complaint("{\"name\": \"\xff\"}"), HasSubstr("is not JSON"));
  EXPECT_THAT(complaint(book() + "}"), HasSubstr("is not JSON"));
  EXPECT_THAT(complaint("{\"cores\": 1e999}"), HasSubstr("is not JSON"));
  EXPECT_THAT(complaint(std::string(100000, '[')), HasSubstr("is not JSON"));
  EXPECT_THAT(complaint("[]"), EndsWith("the file must be an object, not a list"));
  EXPECT_EQ(complaint(R"({"a": {"cores": 1}, "cores": 1, "cores": 2})"),
            "the machine file 'mine.json' has the key 'cores' twice in one object; leave one of them out");
}

// Cut anywhere, the file is refused with a sentence, never with another exception.
TEST(MachineFile, ACutFileIsRefused) {
  const std::string text = book();
  for (std::size_t length = 0; length + 2 < text.size(); length += 7) {
    EXPECT_THAT(complaint(text.substr(0, length)), HasSubstr("is not JSON")) << length;
  }
}

TEST(MachineFile, WhatCannotBeReadIsSaidToBeSo) {
  const auto complaint_of = [](const std::string& file) -> std::string {
    try {
      read_machine_file(file);
    } catch (const UserError& error) {
      return error.what();
    }
    return "(none)";
  };
  EXPECT_EQ(complaint_of("./none.json"), "the machine file './none.json' cannot be read: No such file or directory");
  EXPECT_EQ(complaint_of("/tmp"), "the machine file '/tmp' is a folder; name a JSON file in it");
  EXPECT_EQ(complaint_of("/dev/zero"),
            "the machine file '/dev/zero' is larger than 1 MiB, which no machine is; is it another file?");
}

}  // namespace
}  // namespace countercheck
