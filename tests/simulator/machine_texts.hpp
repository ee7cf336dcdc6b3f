#pragma once

#include <string>

namespace countercheck {

// Machines as the simulator's tool reads them (simulator/model/machine_text.h).

// Cachegrind's conventions and predictor; L1 of 32 KiB in 8 ways, split, and a last level of 8 MiB in 16.
std::string two_levels();
// What Cachegrind must be told for the same geometry.
inline constexpr const char* kTwoLevelsOfCachegrind[] = {"--I1=32768,8,64", "--D1=32768,8,64", "--LL=8388608,16,64"};

// A machine of today: three levels that write back, the last inclusive, two levels of TLB, gshare and a return stack.
std::string three_levels();
// The same with lower levels of 64 and 128 lines: the last one's loss takes lines from the first, code among them.
std::string small_last_level();

}  // namespace countercheck
