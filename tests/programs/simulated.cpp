// What a simulator has to get right, one behaviour a run:
//
//     simulated regions N        enters the region N times; each entry reads the same 64 lines once
//     simulated threads N STEP   two threads, each adds 1 N times to a counter of its own, STEP bytes from the other's
//     simulated fork N           reads N times 64 lines; then a child that execs true(1)
//     simulated bad-exec         an exec of nothing that is there; then the region once
//     simulated kill             a child that is killed while it works
//     simulated modify N         adds to one word N times, each time in one instruction that reads and writes it
//     simulated bytes N          copies N bytes by one instruction that is repeated
//     simulated signals N        reads where it must not, N times, and catches it
//     simulated phases N         the same loop over a page for long, then over much memory N times, then over a page
//                                again
//     simulated touch BYTES      writes one byte on every page of so much memory
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csetjmp>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

#include "workloads/region.h"

namespace {

alignas(4096) volatile char memory[65536];
sigjmp_buf back;

void read_lines() {
  for (int line = 0; line < 64; ++line) static_cast<void>(memory[64 * line]);
}

void regions(long count) {
  for (long i = 0; i < count; ++i) {
    countercheck_region_begin();
    read_lines();
    countercheck_region_end(64);
  }
}

void add(long count, volatile char* where) {
  auto* const counter = reinterpret_cast<volatile std::uint64_t*>(where);
  for (long i = 0; i < count; ++i) *counter = *counter + 1;
}

void threads(long count, long step) {
  std::thread first(add, count, memory);
  std::thread second(add, count, memory + step);
  first.join();
  second.join();
}

void fork_and_exec(long reads) {
  for (long i = 0; i < reads; ++i) read_lines();
  const pid_t child = fork();
  if (child == 0) {
    execlp("true", "true", nullptr);
    _exit(1);
  }
  waitpid(child, nullptr, 0);
}

void kill_child() {
  const pid_t child = fork();
  if (child == 0) {
    for (;;) read_lines();
  }
  usleep(10000);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
}

void modify([[maybe_unused]] long count) {
  countercheck_region_begin();
#if defined(__x86_64__)
  for (long i = 0; i < count; ++i) __asm__ volatile("addq $1, %0" : "+m"(memory[0]) : : "cc");
#endif
  countercheck_region_end(0);
}

void copy_bytes([[maybe_unused]] long count) {
  countercheck_region_begin();
#if defined(__x86_64__)
  const volatile char* from = memory;
  volatile char* to = memory + 32768;
  __asm__ volatile("rep movsb" : "+S"(from), "+D"(to), "+c"(count) : : "memory");
#endif
  countercheck_region_end(0);
}

extern "C" void jump_back(int) {
  siglongjmp(back, 1);
}

void signals(long count) {
  signal(SIGSEGV, jump_back);
  void* const closed = mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  volatile long caught = 0;
  while (caught < count) {
    if (sigsetjmp(back, 1) == 0) static_cast<void>(*static_cast<volatile char*>(closed));
    caught = caught + 1;
  }
}

void touch(long bytes) {
  auto* const pages = static_cast<volatile char*>(mmap(nullptr, static_cast<std::size_t>(bytes), PROT_READ | PROT_WRITE,
                                                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
  for (long at = 0; at < bytes; at += 4096) pages[at] = 1;
}

// A word goes to where words always go, in one instruction where there is one for it.
inline void take_word(const volatile std::uint64_t* from) {
  static volatile std::uint64_t to;
#if defined(__x86_64__)
  volatile std::uint64_t* there = &to;
  __asm__ volatile("movsq" : "+S"(from), "+D"(there) : : "memory");
#else
  to = *from;
#endif
}

// Every line of so much memory is read, and the one before written to; now and then both lie on two lines.
__attribute__((noinline)) void walk(volatile char* from, long bytes, long rounds) {
  for (long round = 0; round < rounds; ++round) {
    for (long at = 64; at < bytes; at += 64) {
      auto* const word = reinterpret_cast<volatile std::uint64_t*>(from + at - (at / 64) % 16 / 15 * 4);
      take_word(word);
      word[-8] = *word + word[-1];
    }
  }
}

void phases(long rounds) {
  constexpr long kMuch = 1 << 20;
  auto* const much =
      static_cast<volatile char*>(mmap(nullptr, kMuch, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  walk(much, 4096, 200);
  walk(much, kMuch, rounds);
  walk(much, 4096, 2000);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  const long number = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 0;
  const long step = argc > 3 ? std::strtol(argv[3], nullptr, 10) : 0;
  if (what == "regions") regions(number);
  if (what == "threads") threads(number, step);
  if (what == "fork") fork_and_exec(number);
  if (what == "bad-exec") {
    execl("/nothing/is/here", "nothing", nullptr);
    regions(1);
  }
  if (what == "kill") kill_child();
  if (what == "modify") modify(number);
  if (what == "bytes") copy_bytes(number);
  if (what == "signals") signals(number);
  if (what == "phases") phases(number);
  if (what == "touch") touch(number);
  return 0;
}
