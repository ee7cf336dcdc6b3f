// Executes loops of exactly two instructions a turn, a known number of turns at each place of places.hpp.
#include <cstddef>

#include "tests/programs/places.hpp"

namespace {

class Turns {
 public:
  explicit Turns(std::size_t count) : count_(count) {}
  // Not inlined: the instructions around the loop are then the same at every place.
  __attribute__((noinline)) void operator()() const {
    std::size_t left = count_;
    if (left == 0) return;
#if defined(__x86_64__)
    __asm__ volatile("1: dec %0; jnz 1b" : "+r"(left) : : "cc");
#elif defined(__aarch64__)
    __asm__ volatile("1: subs %0, %0, #1; b.ne 1b" : "+r"(left) : : "cc");
#else
#error "write the loop of two instructions for this processor"
#endif
  }

 private:
  std::size_t count_;
};

}  // namespace

int main(int argc, char** argv) {
  return work_at_places<Turns>(argc, argv);
}
