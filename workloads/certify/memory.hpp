#pragma once

#include "workloads/certify/kernel.hpp"

// Walks through memory that miss where they must.
namespace countercheck::certify {

void reread_first_level(const Work& work);  // n loads of lines that stay in the smallest L1D
void reread_cache(const Work& work);   // n loads, each from `bytes` of lines in random order, which were there before
void chase_memory(const Work& work);   // n loads of lines that are in no cache, in an order that nobody foresees
void stream_memory(const Work& work);  // n loads of lines that are in no cache, one after the other
void chase_pages(const Work& work);    // n loads, each from another page
void touch_pages(const Work& work);    // n pages, each for the first time
void touch_file(const Work& work);     // pages of a file that are not in memory

// Whether user code may throw lines out of the caches.
inline constexpr bool kCanFlush =
#if defined(__x86_64__) || defined(__aarch64__)
    true;
#else
    false;
#endif

}  // namespace countercheck::certify
