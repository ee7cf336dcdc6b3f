#include "counters/little_work.hpp"

#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cstddef>

namespace countercheck {

void do_a_little_arithmetic() {
  volatile unsigned sum = 0;
  for (unsigned i = 0; i < 100'000; ++i) sum = sum + i;
}

void do_a_little_of_everything() {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  constexpr std::size_t kPages = 16;
  void* const fresh = mmap(nullptr, kPages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (fresh != MAP_FAILED) {
    for (std::size_t i = 0; i < kPages; ++i) static_cast<volatile char*>(fresh)[i * page] = 1;
    munmap(fresh, kPages * page);
  }
  do_a_little_arithmetic();
  const timespec pause{.tv_sec = 0, .tv_nsec = 1'000'000};
  nanosleep(&pause, nullptr);
}

}  // namespace countercheck
