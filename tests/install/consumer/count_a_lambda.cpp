#include <countercheck/counters/session.hpp>

#include <cstdio>
#include <vector>

int main() {
  countercheck::Session session("instructions,page-faults,task-clock");
  for (const auto& reading : session.measure([] { std::vector<int>(1 << 20, 1).back() = 2; })) {
    const auto* why = countercheck::absence(reading);
    if (why) std::printf("%s: %s\n", reading.event.c_str(), why->sentence.c_str());
    if (!why) std::printf("%s: %.0f\n", reading.event.c_str(), *countercheck::estimate(reading));
  }
}
