#pragma once

#include "workloads/certify/kernel.hpp"

// Loops of assembly, whose instructions are counted by reading them.
namespace countercheck::certify {

void plain_loop(const Work& work);
void dependent_adds(const Work& work);
void random_branches(const Work& work);

inline constexpr bool kHasLoops =
#if defined(__x86_64__) || defined(__aarch64__)
    true;
#else
    false;
#endif

}  // namespace countercheck::certify
