#include <algorithm>
#include <array>
#include <vector>

#include "workloads/certify/kernel.hpp"
#include "workloads/certify/loops.hpp"
#include "workloads/certify/memory.hpp"
#include "workloads/certify/scheduling.hpp"

namespace countercheck::certify {
namespace {

// A walk's own loads are its only ones; what the kernel does at an interrupt is not in a count of user mode.
constexpr std::array kPlainLoop = {Fact{"instructions", 8}, Fact{"branches", 1}, Fact{"branch-misses", 0, 0.001},
                                   Fact{"L1d-loads", 0, 0.001}};
constexpr std::array kAdds = {Fact{"cycles", 1, 0.15}, Fact{"ref-cycles", 0.05, 0, true},
                              Fact{"bus-cycles", 0.005, 0, true}};
constexpr std::array kRandomBranches = {Fact{"branches", 2}, Fact{"branch-misses", 0.5, 0.02},
                                        Fact{"frontend-stalls", 0.5, 0, true}};
constexpr std::array kFirstLevel = {Fact{"L1d-loads", 1, 0.001}, Fact{"L1d-misses", 0, 0.02},
                                    Fact{"L2-misses", 0, 0.02}, Fact{"LLC-misses", 0, 0.02},
                                    Fact{"dTLB-misses", 0, 0.02}};
constexpr std::array kSecondLevel = {Fact{"L1d-loads", 1, 0.001}, Fact{"L1d-misses", 1, 0.15},
                                     Fact{"L2-misses", 0, 0.15}, Fact{"LLC-misses", 0, 0.05}};
constexpr std::array kLastLevel = {Fact{"L1d-loads", 1, 0.001}, Fact{"L1d-misses", 1, 0.15}, Fact{"L2-misses", 1, 0.25},
                                   Fact{"LLC-misses", 0, 0.25}};
constexpr std::array kChase = {Fact{"L1d-loads", 1, 0.001}, Fact{"L1d-misses", 1, 0.15}, Fact{"L2-misses", 1, 0.15},
                               Fact{"LLC-misses", 1, 0.15}, Fact{"backend-stalls", 1, 0, true}};
constexpr std::array kStream = {Fact{"lines-streamed", 1, 0.05}};
constexpr std::array kPages = {Fact{"L1d-loads", 1, 0.001}, Fact{"dTLB-misses", 1, 0.1}};
constexpr std::array kTouch = {Fact{"page-faults", 1}, Fact{"minor-faults", 1}, Fact{"major-faults", 0}};
constexpr std::array kFile = {Fact{"major-faults", 1, 0.02}};
constexpr std::array kPingPong = {Fact{"context-switches", 2, 0.05}};
constexpr std::array kNaps = {Fact{"context-switches", 1, 0.05}, Fact{"voluntary-switches", 1, 0.01}};
constexpr std::array kMigrate = {Fact{"cpu-migrations", 1, 0.02}};
constexpr std::array kSpin = {Fact{"task-clock", 1, 0.02}, Fact{"page-faults", 0, 0.001}};

constexpr std::array kAll = {
    Kernel{"loop", "eight instructions with one branch, again and again", "turn", "", 200'000, 1'000'000, kPlainLoop,
           plain_loop},
    Kernel{"adds", "additions that wait for each other", "addition", "", 640'000, 3'200'000, kAdds, dependent_adds},
    Kernel{"random-branches", "a branch that a random bit decides, and the loop's", "random branch", "", 200'000,
           1'000'000, kRandomBranches, random_branches},
    Kernel{"first-level", "loads that wait for each other, from 4 KiB", "load", "", 200'000, 1'000'000, kFirstLevel,
           reread_first_level},
    Kernel{"second-level", "loads in random order from what fits in the second cache only", "load", "L2", 200'000,
           1'000'000, kSecondLevel, reread_cache},
    Kernel{"last-level", "loads in random order from what fits in the last cache only", "load", "LLC", 200'000,
           1'000'000, kLastLevel, reread_cache},
    Kernel{"chase", "loads of lines that are in no cache, in an order nobody foresees", "line", "", 16'384, 65'536,
           kChase, chase_memory},
    Kernel{"stream", "loads of lines that are in no cache, one after the other", "line", "", 65'536, 262'144, kStream,
           stream_memory},
    Kernel{"pages", "loads in random order, each from another page", "page", "", 8'192, 16'384, kPages, chase_pages},
    Kernel{"touch", "pages that are touched for the first time", "page", "", 256, 1'024, kTouch, touch_pages},
    Kernel{"file", "pages of a file that are on the disk only", "page", "", 64, 256, kFile, touch_file},
    Kernel{"ping-pong", "waiting for another process on the same CPU, and it for us", "round trip", "", 500, 2'000,
           kPingPong, ping_pong},
    Kernel{"naps", "sleeps, each of which gives the CPU away once", "sleep", "", 200, 800, kNaps, nap},
    Kernel{"migrate", "moves to another CPU", "move", "", 50, 200, kMigrate, migrate},
    Kernel{"spin", "nanoseconds by the thread's own CPU clock", "nanosecond", "", 5'000'000, 20'000'000, kSpin, spin},
};

bool can_run(const Kernel& kernel) {
  if (kernel.run == plain_loop || kernel.run == dependent_adds || kernel.run == random_branches) return kHasLoops;
  return kCanFlush || (kernel.run != chase_memory && kernel.run != stream_memory);
}

}  // namespace

std::span<const Kernel> kernels() {
  static const std::vector<Kernel> possible = [] {
    std::vector<Kernel> found;
    std::copy_if(kAll.begin(), kAll.end(), std::back_inserter(found), can_run);
    return found;
  }();
  return possible;
}

const Kernel* find_kernel(std::string_view name) {
  const auto all = kernels();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Kernel& kernel) { return kernel.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace countercheck::certify
