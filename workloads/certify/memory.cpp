#include "workloads/certify/memory.hpp"

#include <fcntl.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "workloads/certify/mapping.hpp"
#include "workloads/region.h"

namespace countercheck::certify {
namespace {

constexpr std::size_t kLine = 64;  // of every cache that these kernels are judged by; Apple's are 128

// One load that the compiler neither leaves out nor joins, and that the next one waits for.
inline std::uint64_t load(const char* place) {
  std::uint64_t value = 0;
#if defined(__x86_64__)
  __asm__ volatile("movq (%1), %0" : "=r"(value) : "r"(place) : "memory");
#elif defined(__aarch64__)
  __asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"(place) : "memory");
#else
  value = *reinterpret_cast<const volatile std::uint64_t*>(place);
#endif
  return value;
}

void flush([[maybe_unused]] const char* begin, [[maybe_unused]] std::size_t bytes) {
#if defined(__x86_64__)
  for (std::size_t at = 0; at < bytes; at += kLine) __asm__ volatile("clflush (%0)" : : "r"(begin + at) : "memory");
  __asm__ volatile("mfence" : : : "memory");
#elif defined(__aarch64__)
  // Allowed in user mode by Linux (SCTLR_EL1.UCI; arch/arm64/include/asm/sysreg.h).
  for (std::size_t at = 0; at < bytes; at += kLine) __asm__ volatile("dc civac, %0" : : "r"(begin + at) : "memory");
  __asm__ volatile("dsb sy" : : : "memory");
#endif
}

// Makes the places a chain: the first 8 bytes of each hold the distance from `base` to the next, the last's to the
// first.
void link(char* base, const std::vector<std::size_t>& places) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::uint64_t next = places[(i + 1) % places.size()];
    std::copy_n(reinterpret_cast<const char*>(&next), sizeof next, base + places[i]);
  }
}

void follow(const char* base, std::uint64_t place, std::uint64_t loads) {
  for (; loads > 0; --loads) place = load(base + place);
}

// Fixed, so that every run walks the same way.
std::mt19937_64 dice() {
  return std::mt19937_64(4711);  // NOLINT(cert-msc32-c,cert-msc51-cpp): repeatable on purpose
}

std::vector<std::size_t> shuffled(std::size_t count, std::size_t apart) {
  std::vector<std::size_t> places(count);
  for (std::size_t i = 0; i < count; ++i) places[i] = i * apart;
  auto order = dice();
  std::shuffle(places.begin(), places.end(), order);
  return places;
}

constexpr std::size_t kLinesInPage = 8;

// Eight lines of each page, 512 bytes apart, in an order that no prefetcher of neighbours or of strides foresees; then
// the next page, so that the pages' own look-ups in memory are few.
std::vector<std::size_t> unforeseen(std::size_t lines) {
  const std::size_t page = page_bytes();
  std::vector<std::size_t> places;
  auto order = dice();
  for (const std::size_t first : shuffled((lines + kLinesInPage - 1) / kLinesInPage, page)) {
    std::vector<std::size_t> within(kLinesInPage);
    for (std::size_t i = 0; i < kLinesInPage; ++i) within[i] = first + i * (page / kLinesInPage);
    std::shuffle(within.begin(), within.end(), order);
    places.insert(places.end(), within.begin(), within.end());
  }
  places.resize(lines);
  return places;
}

}  // namespace

void reread_first_level(const Work& work) {
  constexpr std::size_t kBytes = 4096;
  const Mapping memory(2 * kBytes);
  const auto places = shuffled(kBytes / kLine, kLine);
  link(memory.base(), places);
  follow(memory.base(), places.front(), places.size());
  countercheck_region_begin();
  follow(memory.base(), places.front(), work.items);
  countercheck_region_end(work.items);
}

void reread_cache(const Work& work) {
  const Mapping memory(std::max<std::size_t>(work.bytes, page_bytes()));
  const auto places = shuffled(memory.bytes() / kLine, kLine);
  link(memory.base(), places);
  // Three times round: what is replaced by something else than age settles.
  follow(memory.base(), places.front(), 3 * places.size());
  countercheck_region_begin();
  follow(memory.base(), places.front(), work.items);
  countercheck_region_end(work.items);
}

void chase_memory(const Work& work) {
  const Mapping memory((work.items / kLinesInPage + 1) * page_bytes());
  const auto places = unforeseen(work.items);
  link(memory.base(), places);
  flush(memory.base(), memory.bytes());
  countercheck_region_begin();
  follow(memory.base(), places.front(), work.items);
  countercheck_region_end(work.items);
}

void stream_memory(const Work& work) {
  const Mapping memory(work.items * kLine);
  std::fill_n(memory.base(), memory.bytes(), '\1');
  flush(memory.base(), memory.bytes());
  countercheck_region_begin();
  for (std::uint64_t line = 0; line < work.items; ++line) load(memory.base() + line * kLine);
  countercheck_region_end(work.items);
}

void chase_pages(const Work& work) {
  // A line further in each page than in the one before: else all would fall into the same sets of the caches.
  const std::size_t page = page_bytes();
  const Mapping memory(work.items * page);
  auto places = shuffled(work.items, page);
  for (auto& place : places) place += (place / page % (page / kLine)) * kLine;
  link(memory.base(), places);
  follow(memory.base(), places.front(), work.items);
  countercheck_region_begin();
  follow(memory.base(), places.front(), work.items);
  countercheck_region_end(work.items);
}

void touch_pages(const Work& work) {
  const std::size_t page = page_bytes();
  const Mapping memory(work.items * page);
  volatile char* const place = memory.base();
  countercheck_region_begin();
  for (std::uint64_t i = 0; i < work.items; ++i) place[i * page] = 1;
  countercheck_region_end(work.items);
}

void touch_file(const Work& work) {
  const std::size_t page = page_bytes();
  const char* const folder = std::getenv("TMPDIR");
  std::string name = std::string(folder && *folder ? folder : "/tmp") + "/countercheck-certify-XXXXXX";
  const int file = mkstemp(name.data());
  if (file < 0) throw workloads::Failure("no file can be made in " + name.substr(0, name.rfind('/')));
  unlink(name.c_str());
  const std::vector<char> block(page, 'c');
  for (std::uint64_t i = 0; i < work.items; ++i) {
    if (write(file, block.data(), page) != static_cast<ssize_t>(page)) {
      throw workloads::Failure("the file for page faults cannot be written: is the disk full?");
    }
  }
  fsync(file);
  posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  const Mapping memory(work.items * page, file);
  madvise(memory.base(), memory.bytes(), MADV_RANDOM);  // no reading ahead
  std::vector<unsigned char> resident(work.items);
  mincore(memory.base(), memory.bytes(), resident.data());
  const auto absent = static_cast<std::uint64_t>(
      std::count_if(resident.begin(), resident.end(), [](unsigned char is) { return (is & 1) == 0; }));
  if (absent == 0) {
    throw workloads::Failure("a file there never leaves memory (a tmpfs?), so no page fault has to wait for a disk");
  }
  const volatile char* const place = memory.base();
  countercheck_region_begin();
  for (std::uint64_t i = 0; i < work.items; ++i) static_cast<void>(place[i * page]);
  countercheck_region_end(absent);
  close(file);
}

}  // namespace countercheck::certify
