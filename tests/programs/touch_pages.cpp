// Touches fresh pages of 4 KiB, a known number at each place of places.hpp.
#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>

#include "tests/programs/places.hpp"

namespace {

constexpr std::size_t kPage = 4096;

// Fresh memory for a later touch: mapping it takes no fault, touching it exactly one a page.
class Pages {
 public:
  explicit Pages(std::size_t count) : count_(count) {
    if (count_ == 0) return;
    void* const memory = mmap(nullptr, count_ * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) std::abort();
    madvise(memory, count_ * kPage, MADV_NOHUGEPAGE);
    memory_ = static_cast<char*>(memory);
  }
  void operator()() const {
    for (std::size_t i = 0; i < count_; ++i) static_cast<volatile char*>(memory_)[i * kPage] = 1;
  }

 private:
  std::size_t count_;
  char* memory_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) {
  return work_at_places<Pages>(argc, argv);
}
