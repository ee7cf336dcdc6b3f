#include "simulator/machines/machine_text.hpp"

#include <gmock/gmock.h>

#include <cstring>
#include <random>

#include "simulator/machines/machine_catalogue.hpp"
#include "simulator/model/machine_text.h"

namespace countercheck {
namespace {

struct ReadBack {
  sim_machine model{};
  sim_branch_geometry branches{};
  std::string fault{};
  std::uint32_t line = 0;
};

ReadBack read(const std::string& text) {
  ReadBack read;
  // What was there before must not show through.
  std::memset(&read.model, 0x5a, sizeof read.model);
  std::memset(&read.branches, 0x5a, sizeof read.branches);
  const char* const fault = sim_machine_text_read(text.data(), text.size(), &read.model, &read.branches, &read.line);
  read.fault = fault != nullptr ? fault : "";
  return read;
}

std::string written(const sim_machine& model, const sim_branch_geometry& branches) {
  SimulatedMachine machine;
  machine.model = model;
  machine.branches = branches;
  return machine_text(machine);
}

// Field by field: what the table forgets would not be noticed if the table were asked.
void expect_same(const sim_geometry& a, const sim_geometry& b) {
  EXPECT_EQ(a.sets, b.sets);
  EXPECT_EQ(a.ways, b.ways);
  EXPECT_EQ(a.policy, b.policy);
}

void expect_same(const sim_machine& a, const sim_machine& b) {
  EXPECT_EQ(a.line_bytes, b.line_bytes);
  EXPECT_EQ(a.cores, b.cores);
  ASSERT_EQ(a.level_count, b.level_count);
  for (std::size_t i = 0; i < SIM_MAX_LEVELS; ++i) {
    expect_same(a.levels[i].data, b.levels[i].data);
    expect_same(a.levels[i].code, b.levels[i].code);
    EXPECT_EQ(a.levels[i].split, b.levels[i].split);
    EXPECT_EQ(a.levels[i].shared, b.levels[i].shared);
    EXPECT_EQ(a.levels[i].inclusion, b.levels[i].inclusion);
    EXPECT_EQ(a.levels[i].prefetch, b.levels[i].prefetch);
    EXPECT_EQ(a.levels[i].degree, b.levels[i].degree);
  }
  expect_same(a.tlb.small, b.tlb.small);
  expect_same(a.tlb.huge, b.tlb.huge);
  expect_same(a.tlb.second, b.tlb.second);
  EXPECT_EQ(a.writes_back, b.writes_back);
  EXPECT_EQ(a.straddle_as_one, b.straddle_as_one);
  EXPECT_EQ(a.seed, b.seed);
}

void expect_same(const sim_branch_geometry& a, const sim_branch_geometry& b) {
  EXPECT_EQ(a.conditional, b.conditional);
  EXPECT_EQ(a.table_bits, b.table_bits);
  EXPECT_EQ(a.history_bits, b.history_bits);
  EXPECT_EQ(a.indirect, b.indirect);
  EXPECT_EQ(a.target_bits, b.target_bits);
  EXPECT_EQ(a.returns, b.returns);
  EXPECT_EQ(a.address_zeros, b.address_zeros);
}

TEST(MachineText, EveryMachineFileComesBackTheSame) {
  for (const auto& name : machine_names(MACHINES)) {
    if (name == "host") continue;
    SCOPED_TRACE(name);
    const SimulatedMachine machine = find_machine(name, MACHINES);
    const ReadBack back = read(machine_text(machine));
    ASSERT_EQ(back.fault, "");
    expect_same(back.model, machine.model);
    expect_same(back.branches, machine.branches);
  }
}

TEST(MachineText, RandomMachinesComeBackTheSame) {
  std::mt19937 random(4711);
  const auto below = [&](std::uint32_t end) { return static_cast<std::uint32_t>(random() % end); };
  const auto cache = [&] {
    return sim_geometry{1 + below(1U << 31), 1 + below(65536), static_cast<sim_policy>(below(3))};
  };
  int possible = 0;
  for (int round = 0; round < 2000; ++round) {
    sim_machine model{};
    model.line_bytes = 8U << below(10);
    model.cores = 1 + below(256);
    model.level_count = 1 + below(4);
    for (auto& level : model.levels) {
      level = {cache(),
               cache(),
               below(2) == 1,
               below(2) == 1,
               static_cast<sim_inclusion>(below(3)),
               static_cast<sim_prefetch_kind>(below(3)),
               1 + below(8)};
    }
    model.levels[0].inclusion = SIM_NON_INCLUSIVE;
    model.tlb = {cache(), cache(), cache()};
    model.writes_back = below(8) != 0;
    model.straddle_as_one = below(8) == 0;
    model.seed = static_cast<std::uint32_t>(random());
    const std::uint32_t bits = 1 + below(20);
    const sim_branch_geometry branches = {static_cast<sim_conditional_kind>(below(3)),
                                          bits,
                                          below(bits + 1),
                                          static_cast<sim_indirect_kind>(below(2)),
                                          1 + below(20),
                                          below(65),
                                          below(5)};
    const ReadBack back = read(written(model, branches));
    const char* const fault = sim_machine_fault(&model);
    ASSERT_EQ(back.fault, fault != nullptr ? fault : "");
    expect_same(back.model, model);
    expect_same(back.branches, branches);
    possible += fault == nullptr ? 1 : 0;
  }
  EXPECT_GT(possible, 100);
}

// A field that is added to the model and forgotten here is a hole in the bytes that the keys cover.
TEST(MachineText, KeysCoverBothStructuresOnce) {
  std::vector<int> machine(sizeof(sim_machine)), branches(sizeof(sim_branch_geometry));
  for (const auto& key : sim_machine_keys) {
    for (std::size_t i = 0; i < key.bytes; ++i) ++(key.of_branches ? branches : machine).at(key.offset + i);
  }
  // Padding: two bytes after the two bools of each level, two after those of the machine.
  for (const auto& level : {0, 1, 2, 3}) {
    const std::size_t after = offsetof(sim_machine, levels) + static_cast<std::size_t>(level) * sizeof(sim_level) +
                              offsetof(sim_level, shared) + 1;
    for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(machine.at(after + i)++, 0);
  }
  for (std::size_t i = 1; i <= 2; ++i) EXPECT_EQ(machine.at(offsetof(sim_machine, straddle_as_one) + i)++, 0);
  EXPECT_THAT(machine, testing::Each(1));
  EXPECT_THAT(branches, testing::Each(1));
}

class BrokenText : public testing::Test {
 protected:
  static std::string replaced(const std::string& from, const std::string& to) {
    std::string text = good();
    const auto at = text.find(from);
    if (at == std::string::npos) ADD_FAILURE() << from;
    return text.replace(at, from.size(), to);
  }
  static std::string good() { return machine_text(find_machine("tiny", MACHINES)); }
};

TEST_F(BrokenText, EachFaultIsNamedWithItsLine) {
  const struct {
    std::string text, fault;
    std::uint32_t line;
  } cases[] = {
      {"", "a key is missing", 0},
      {replaced("cores 1\n", ""), "a key is missing", 0},
      {replaced("cores 1\n", "cores 1\ncores 1\n"), "a key is there twice", 3},
      {replaced("cores 1\n", "core 1\n"), "there is no such key", 2},
      {replaced("cores 1\n", "coress 1\n"), "there is no such key", 2},
      {replaced("cores 1\n", " 1\n"), "there is no such key", 2},
      {replaced("cores 1\n", "\n"), "a line is a key, a space and a number", 2},
      {replaced("cores 1\n", "cores\n"), "a line is a key, a space and a number", 2},
      {replaced("cores 1\n", "cores \n"), "its key takes no such number", 2},
      {replaced("cores 1\n", "cores  1\n"), "its key takes no such number", 2},
      {replaced("cores 1\n", "cores 1 \n"), "its key takes no such number", 2},
      {replaced("cores 1\n", "cores -1\n"), "its key takes no such number", 2},
      {replaced("cores 1\n", "cores 0x1\n"), "its key takes no such number", 2},
      {replaced("cores 1\n", "cores 1\r\n"), "its key takes no such number", 2},
      {replaced("cores 1\n", "cores 4294967296\n"), "its key takes no such number", 2},
      {replaced("cores 1\n", "cores 18446744073709551617\n"), "its key takes no such number", 2},
      {replaced("level-1-split 1\n", "level-1-split 2\n"), "its key takes no such number", 10},
      {replaced("level-1-data-policy 0\n", "level-1-data-policy 3\n"), "its key takes no such number", 6},
      {replaced("cores 1\n", std::string("cores 1\0\n", 9)), "its key takes no such number", 2},
      {good().substr(0, good().size() - 1), "the text ends within a line", SIM_MACHINE_KEYS},
      {replaced("cores 1\n", "cores 0\n"), "a machine has 1 to 256 cores", 0},
      {replaced("target-bits 2\n", "target-bits 21\n"), "a table of targets is found by 1 to 20 bits", 0},
  };
  for (const auto& [text, fault, line] : cases) {
    const ReadBack back = read(text);
    EXPECT_EQ(back.fault, fault) << text.substr(0, 60);
    EXPECT_EQ(back.line, line) << fault;
  }
  EXPECT_EQ(read(good()).fault, "");
}

TEST_F(BrokenText, WhateverIsCutOffOrChangedIsReadWithoutHarm) {
  const std::string text = good();
  for (std::size_t length = 0; length < text.size(); ++length) EXPECT_NE(read(text.substr(0, length)).fault, "");
  std::mt19937 random(1);
  for (int round = 0; round < 3000; ++round) {
    std::string spoilt = text;
    spoilt[random() % spoilt.size()] = static_cast<char>(random() % 256);
    const ReadBack back = read(spoilt);
    EXPECT_TRUE(!back.fault.empty() || sim_machine_fault(&back.model) == nullptr);
  }
}

}  // namespace
}  // namespace countercheck
