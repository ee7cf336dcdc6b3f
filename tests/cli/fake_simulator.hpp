#pragma once

#include <functional>
#include <string>

#include "tests/cli/tool.hpp"

namespace countercheck {

// countercheck installed in a folder of its own beside a simulator that only pretends: a script in the place of
// Valgrind runs the program as it is and leaves counts behind that are known beforehand. What it does besides is said
// by the variable FAKE: "lost" (a second process leaves no counts), "avx512" (ends as Valgrind does on such code),
// "hang" (never ends), "marked" (one entry of a region), else nothing.
class FakeSimulator {
 public:
  FakeSimulator();

  Output run(Words words, const std::string& fake = "") const;
  std::string program() const { return folder_ / "bin/countercheck"; }

  // For whoever starts it another way: sets the environment in the child.
  std::function<void()> environment(const std::string& fake) const;

  // Where countercheck keeps what nobody asked for.
  std::string temporary() const { return folder_ / "tmp"; }

  // What every process counts, in the first of its two threads and in the second.
  static constexpr std::uint64_t kInstructions[] = {1'200'000, 34'567};
  static constexpr std::uint64_t kLastLevelMisses[] = {300, 45};

 private:
  TemporaryFolder folder_;
};

}  // namespace countercheck
