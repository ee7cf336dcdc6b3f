#include "analysis/code_names.hpp"

#include <gtest/gtest.h>

#include "analysis/array_names.hpp"

namespace countercheck {
namespace {

TEST(CodeNames, AFunctionIsSaidWithoutItsResultArgumentsAndTemplateArguments) {
  const std::pair<const char*, const char*> cases[] = {
      {"main", "main"},
      {"step(Grid const&, int)", "step"},
      {"(anonymous namespace)::step(Grid&)", "step"},
      {"std::vector<double, std::allocator<double> >::size() const", "std::vector::size"},
      {"void std::vector<int, std::allocator<int> >::_M_realloc_insert<int>(int&&)", "std::vector::_M_realloc_insert"},
      {"double* std::__new_allocator<double>::allocate(unsigned long, void const*)", "std::__new_allocator::allocate"},
      {"operator new(unsigned long)", "operator new"},
      {"operator new[](unsigned long)", "operator new[]"},
      {"Grid::operator()(unsigned long, unsigned long) const", "Grid::operator()"},
      {"std::ostream& operator<< <char>(std::ostream&, char const*)", "operator<<"},
      {"bool operator<(A const&, B const&)", "operator<"},
      {"job::run()::{lambda()#1}::operator()() const", "job::run::{lambda#1}::operator()"},
      {"write_lines.constprop.0", "write_lines"},
      {"step(Grid&) [clone .cold]", "step"},
      {"name[abi:cxx11](int)", "name"},
      {"(below main)", "(below main)"},
      {"operators_count(int)", "operators_count"},
      {"_IO_file_doallocate", "_IO_file_doallocate"},
      {"", ""},
  };
  for (const auto& [demangled, short_name] : cases) EXPECT_EQ(short_function(demangled), short_name);
}

TEST(CodeNames, TwoPartsOfALongNameAreSpoken) {
  EXPECT_EQ(spoken_function("job::diffusion::Grid::copy"), "Grid::copy");
  EXPECT_EQ(spoken_function("Grid::copy"), "Grid::copy");
  EXPECT_EQ(spoken_function("main"), "main");
  EXPECT_EQ(spoken_function("::main"), "::main");
}

TEST(CodeNames, APlaceIsSaidAsFarAsItIsKnown) {
  EXPECT_EQ(place_name({"step(int)", "/src/rows.cpp", 12, "/bin/a"}), "step (rows.cpp:12)");
  EXPECT_EQ(place_name({"step(int)", "", 0, "/lib/libgrid.so"}), "step (libgrid.so)");
  EXPECT_EQ(place_name({"step(int)", "", 0, ""}), "step");
  EXPECT_EQ(place_name({"", "/src/rows.cpp", 12, "/bin/a"}), "rows.cpp:12");
  EXPECT_EQ(place_name({"", "", 0, "/lib/libgrid.so"}), "code of libgrid.so");
  EXPECT_EQ(place_name({}), "code of no file");
}

// The call stack of a block, the allocator first.
ArrayCounts block(std::vector<CodePlace> stack) {
  return {.kind = ArrayKind::heap, .stack = std::move(stack), .blocks = 1, .bytes = 8, .largest = 8, .levels = {}};
}

const CodePlace kMalloc = {"malloc", "malloc.c", 3281, "/lib/libc.so.6"};
const CodePlace kMain = {"main", "/src/main.cpp", 40, "/bin/a"};

TEST(ArrayNames, ABlockIsNamedByWhoMadeItAndWhoCalled) {
  const CodePlace roll = {"roll(Grid const&)", "/src/roll.cpp", 12, "/bin/a"};
  EXPECT_EQ(array_name(block({kMalloc, roll, kMain})), "made by roll (roll.cpp:12, called from main (main.cpp:40))");
  EXPECT_EQ(array_name(block({kMalloc, kMain, {"(below main)", "", 0, "/lib/libc.so.6"}})),
            "made by main (main.cpp:40)");
}

TEST(ArrayNames, WhatTheLibrariesDoInBetweenIsPassedOver) {
  const CodePlace by_new = {"operator new(unsigned long)", "", 0, "/lib/libstdc++.so.6.0.30"};
  const CodePlace inlined = {"allocate", "/usr/include/c++/12/bits/new_allocator.h", 137, "/bin/a"};
  const CodePlace clangs = {"allocate", "/usr/lib/llvm-14/include/c++/v1/memory", 80, "/bin/a"};
  const CodePlace vector = {"void std::vector<int>::push_back(int&&)", "", 0, "/bin/a"};
  const CodePlace printf = {"printf", "printf.c", 5, "/lib/libc-2.31.so"};
  const CodePlace own_new = {"operator new(unsigned long)", "/src/new.cpp", 3, "/bin/a"};
  for (const auto& frame : {by_new, inlined, clangs, vector, printf, own_new}) {
    EXPECT_EQ(array_name(block({kMalloc, frame, kMain})), "made by main (main.cpp:40)") << frame.function;
  }
}

TEST(ArrayNames, WithoutAnyOtherCodeTheLibraryItselfMadeIt) {
  const CodePlace loader = {"_dl_new_object", "dl-object.c", 92, "/lib/ld-linux-x86-64.so.2"};
  EXPECT_EQ(array_name(block({kMalloc, loader})), "made by _dl_new_object (dl-object.c:92)");
  EXPECT_EQ(array_name(block({{"__mmap64", "mmap64.c", 58, "/lib/ld-linux-x86-64.so.2"}, loader})),
            "made by _dl_new_object (dl-object.c:92)");
  EXPECT_EQ(array_name(block({kMalloc})), "made by unknown code");
  EXPECT_EQ(array_name(block({})), "made by unknown code");
}

TEST(ArrayNames, EveryOtherKindHasItsName) {
  const auto name = [](ArrayKind kind, const char* text) { return array_name({.kind = kind, .name = text}); };
  EXPECT_EQ(name(ArrayKind::named, "next grid"), "next grid");
  EXPECT_EQ(name(ArrayKind::variable, "job::(anonymous namespace)::table"), "job::table (static)");
  EXPECT_EQ(name(ArrayKind::file, "/usr/lib/libc.so.6"), "data of libc.so.6");
  EXPECT_EQ(name(ArrayKind::stack, ""), "the stack");
  EXPECT_EQ(name(ArrayKind::other, ""), "memory outside all arrays (freed, or the allocator's own)");
  EXPECT_EQ(array_name({.kind = ArrayKind::mapping, .stack = {{"mmap", "", 0, "/lib/libc.so.6"}, kMain}}),
            "mapped by main (main.cpp:40)");
}

}  // namespace
}  // namespace countercheck
