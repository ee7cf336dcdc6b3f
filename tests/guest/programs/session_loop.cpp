// Counts a loop of two instructions a turn from within, with a session of the library:
//   session_loop register|kernel EVENTS TURNS...
// by the PMU's registers, where the kernel allows it, or by asking the kernel. A line for each event and number of
// turns: the event, the turns, and the value, or the sentence of its absence.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "counters/session.hpp"

namespace {

void loop(std::uint64_t turns) {
#if defined(__aarch64__)
  __asm__ volatile("1: subs %0, %0, #1; b.ne 1b" : "+r"(turns) : : "cc");
#else
#error "the emulated machine is an arm64"
#endif
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 3;
  countercheck::Session session(argv[2], {.user_reads = std::string_view(argv[1]) == "register"});
  session.measure([] { loop(1); });  // everything on the way once: it maps and binds
  for (int i = 3; i < argc; ++i) {
    const std::uint64_t turns = std::strtoull(argv[i], nullptr, 10);
    for (const auto& reading : session.measure([&] { loop(turns); })) {
      std::printf("%s %s ", reading.event.c_str(), argv[i]);
      const auto* why = countercheck::absence(reading);
      if (why) std::printf("%s\n", why->sentence.c_str());
      if (!why) std::printf("%llu\n", static_cast<unsigned long long>(*countercheck::raw(reading)));
    }
  }
}
