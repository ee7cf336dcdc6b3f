#include "simulator/avx512.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "simulator/elf_file.hpp"
#include "simulator/shared_libraries.hpp"
#include "tests/unit/simulator/small_elf.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint32_t kV3 = 1U << 2;
constexpr std::uint32_t kV4 = 1U << 3;
constexpr const char* kAdvice =
    " is marked as needing x86-64-v4, which is AVX-512, and Valgrind does not know AVX-512: build it again with "
    "-march=x86-64-v3 and without -z x86-64-v4";

class Avx512 : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_ / "lib"); }
  void TearDown() override { fs::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& bytes) const {
    std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  const fs::path folder_ = fs::canonical(testing::TempDir()) / ("countercheck-elf-" + std::to_string(getpid()));
};

TEST_F(Avx512, IsSeenInTheProgramsNote) {
  const std::string program = file("program", SmallElf{.isa_needed = kV3 | kV4}.bytes());
  EXPECT_EQ(avx512_evidence(program), program + kAdvice);
}

TEST_F(Avx512, IsNotSeenInLowerLevelsNorInWhatIsMerelyUsed) {
  EXPECT_EQ(avx512_evidence(file("program", SmallElf{.isa_needed = kV3}.bytes())), std::nullopt);
}

TEST_F(Avx512, IsSeenInALibraryOfALibrary) {
  const std::string program =
      file("program", SmallElf{.libraries = {"libfirst.so"}, .run_path = "$ORIGIN/lib"}.bytes());
  file("lib/libfirst.so", SmallElf{.libraries = {"libnone.so", "libsecond.so"}, .run_path = "${ORIGIN}"}.bytes());
  const std::string second = file("lib/libsecond.so", SmallElf{.isa_needed = kV4}.bytes());
  EXPECT_EQ(avx512_evidence(program), second + ", which " + program + " is loaded with," + kAdvice);
}

TEST_F(Avx512, LibrariesOfOtherProcessorsAreNotTaken) {
  const std::string program =
      file("program", SmallElf{.libraries = {"libone.so"}, .run_path = "$ORIGIN:$ORIGIN/lib"}.bytes());
  file("libone.so", SmallElf{.isa_needed = kV4, .machine = 183}.bytes());
  const std::string ours = file("lib/libone.so", SmallElf{.libraries = {"libone.so"}, .run_path = "$ORIGIN"}.bytes());
  EXPECT_THAT(shared_libraries(program), ElementsAre(ours));
  EXPECT_EQ(avx512_evidence(program), std::nullopt);
}

TEST_F(Avx512, IsNotSeenInWhatIsNoProgramForX86) {
  EXPECT_EQ(avx512_evidence(file("script", "#!/bin/sh\n")), std::nullopt);
  EXPECT_EQ(avx512_evidence(file("arm64", SmallElf{.isa_needed = kV4, .machine = 183}.bytes())), std::nullopt);
  for (const char* path : {"/nowhere/program", "/dev/null", "/", ""}) EXPECT_EQ(avx512_evidence(path), std::nullopt);
}

// No byte of a file may be believed: neither cut off nor overwritten does it do more than go unseen.
TEST_F(Avx512, DamagedFilesDoNoHarm) {
  const std::string sound = SmallElf{.isa_needed = kV4, .libraries = {"libone.so"}, .run_path = "$ORIGIN/lib"}.bytes();
  for (std::size_t length = 0; length < sound.size(); ++length) read_elf_file(file("cut", sound.substr(0, length)));
  for (std::size_t at = 4; at < sound.size(); ++at) {
    for (const char value : {'\0', '\x7f', '\xff'}) {
      std::string damaged = sound;
      damaged[at] = value;
      read_elf_file(file("damaged", damaged));
    }
  }
}

// The compiler and the linker of this build make the file.
class LinkedProgram : public Avx512 {
 protected:
  std::string link(const std::string& name, const std::string& options) const {
    const std::string source = file(name + ".c", "int main(void) { return 0; }\n");
    std::string path = folder_ / name;
    const std::string command = COMPILER " -o " + path + " " + source + " " + options + " 2>/dev/null";
    return std::system(command.c_str()) == 0 ? path : "";  // NOLINT(concurrency-mt-unsafe)
  }
};

TEST_F(LinkedProgram, NamesItsLibrariesAndItsRunPath) {
  const std::string program = link("plain", "-Wl,-rpath,/here:/there");
  if (!read_elf_file(program)) GTEST_SKIP() << "no program for x86-64 can be linked here";
  EXPECT_THAT(read_elf_file(program)->libraries, ElementsAre("libc.so.6"));
  EXPECT_EQ(read_elf_file(program)->run_path, "/here:/there");
  EXPECT_EQ(avx512_evidence(program), std::nullopt);
}

TEST_F(LinkedProgram, SaysWhichLevelItNeeds) {
  const std::string v3 = link("v3", "-Wl,-z,x86-64-v3");
  const std::string v4 = link("v4", "-Wl,-z,x86-64-v4");
  if (!read_elf_file(v4)) GTEST_SKIP() << "the linker here writes no such note";
  EXPECT_EQ(read_elf_file(v3)->isa_needed & (kV3 | kV4), kV3);
  EXPECT_NE(read_elf_file(v4)->isa_needed & kV4, 0U);
  EXPECT_EQ(avx512_evidence(v3), std::nullopt);
  EXPECT_EQ(avx512_evidence(v4), v4 + kAdvice);
}

TEST_F(LinkedProgram, FindsTheCLibraryOfThisMachine) {
  const std::string program = link("plain", "");
  if (!read_elf_file(program)) GTEST_SKIP() << "no program for x86-64 can be linked here";
  const auto libraries = shared_libraries(program);
  ASSERT_THAT(libraries, testing::Not(IsEmpty())) << "libc.so.6 lies in none of the usual folders here";
  EXPECT_THAT(libraries.front(), testing::EndsWith("/libc.so.6"));
}

}  // namespace
}  // namespace countercheck
