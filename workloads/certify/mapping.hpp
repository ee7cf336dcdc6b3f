#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

#include <sys/mman.h>
#include <unistd.h>

#include "workloads/failure.hpp"

namespace countercheck::certify {

inline std::size_t page_bytes() {
  return static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// Memory of its own pages, which no earlier use has touched, in small pages.
class Mapping {
 public:
  explicit Mapping(std::size_t bytes, int file = -1) : bytes_(bytes) {
    const int kind = file < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;
    void* const place = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, kind, file, 0);
    if (place == MAP_FAILED) throw std::bad_alloc();
    base_ = static_cast<char*>(place);
    // Refused by a kernel without huge pages, which needs no telling.
    madvise(base_, bytes_, MADV_NOHUGEPAGE);
  }
  ~Mapping() { munmap(base_, bytes_); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  char* base() const { return base_; }
  std::size_t bytes() const { return bytes_; }

 private:
  char* base_;
  std::size_t bytes_;
};

}  // namespace countercheck::certify
