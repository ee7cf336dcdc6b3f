// What one access costs the cache model, beside the plainest simulator there is: two levels of move-to-front arrays, as
// Cachegrind has them (cachegrind/cg_sim.c). Both run in this process, on the same addresses, in turns.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

#include "scripts/bench.d/command_line.hpp"
#include "simulator/model/access.h"

namespace {

struct Plain {
  struct Level {
    std::uint64_t sets;
    std::uint32_t ways;
    std::vector<std::uint64_t> tags;
    std::uint64_t misses = 0;

    bool refer(std::uint64_t line) {
      std::uint64_t* const set = &tags[(line & (sets - 1)) * ways];
      if (set[0] == line) return true;
      for (std::uint32_t i = 1; i < ways; ++i) {
        if (set[i] != line) continue;
        for (std::uint32_t j = i; j > 0; --j) set[j] = set[j - 1];
        set[0] = line;
        return true;
      }
      for (std::uint32_t j = ways - 1; j > 0; --j) set[j] = set[j - 1];
      set[0] = line;
      ++misses;
      return false;
    }
  };
  Level first{64, 8, std::vector<std::uint64_t>(64 * 8, UINT64_MAX)};
  Level last{16384, 20, std::vector<std::uint64_t>(16384 * 20, UINT64_MAX)};

  void access(sim_kind, std::uint64_t address) {
    const std::uint64_t line = address >> 6;
    if (!first.refer(line)) last.refer(line);
  }
  std::uint64_t misses(int level) const { return level == 0 ? first.misses : last.misses; }
};

class Model {
 public:
  explicit Model(const sim_machine& machine) {
    const sim_memory heap = {[](void*, std::size_t bytes) -> void* { return std::calloc(1, bytes); },
                             [](void*, void* block) { std::free(block); }, nullptr};
    hierarchy_ = sim_hierarchy_create(&machine, &heap);
  }
  ~Model() { sim_hierarchy_destroy(hierarchy_); }
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;
  void access(sim_kind kind, std::uint64_t address) {
    sim_access_at(hierarchy_->cores, kind, address, 8, 0, hierarchy_->clock += SIM_TICK);
  }
  std::uint64_t misses(int level) const {
    const std::uint64_t* const kinds = hierarchy_->cores[0].misses[level];
    return kinds[SIM_LOAD] + kinds[SIM_STORE];
  }

 private:
  sim_hierarchy* hierarchy_;
};

sim_machine two_levels() {
  sim_machine machine{};
  machine.line_bytes = 64;
  machine.cores = 1;
  machine.level_count = 2;
  machine.levels[0].data = machine.levels[0].code = {64, 8, SIM_LRU};
  machine.levels[0].split = true;
  machine.levels[1].data = {16384, 20, SIM_LRU};
  machine.straddle_as_one = true;
  return machine;
}

sim_machine two_levels_written_back() {
  sim_machine machine = two_levels();
  machine.straddle_as_one = false;
  machine.writes_back = true;
  machine.cores = 8;
  machine.levels[1].shared = true;
  return machine;
}

sim_machine laptop() {
  sim_machine machine = two_levels_written_back();
  machine.level_count = 3;
  machine.levels[0].data = {64, 12, SIM_LRU};
  machine.levels[1] = {{2048, 16, SIM_LRU}, {}, false, false, SIM_NON_INCLUSIVE, SIM_NO_PREFETCH, 0};
  machine.levels[2] = {{32768, 12, SIM_LRU}, {}, false, true, SIM_NON_INCLUSIVE, SIM_NO_PREFETCH, 0};
  machine.tlb = {{16, 6, SIM_LRU}, {8, 4, SIM_LRU}, {128, 16, SIM_LRU}};
  return machine;
}

sim_machine zen() {
  sim_machine machine = laptop();
  machine.levels[0].data = {64, 8, SIM_LRU};
  machine.levels[1] = {{2048, 8, SIM_LRU}, {}, false, false, SIM_INCLUSIVE, SIM_NO_PREFETCH, 0};
  machine.levels[2] = {{32768, 16, SIM_LRU}, {}, false, true, SIM_EXCLUSIVE, SIM_NO_PREFETCH, 0};
  machine.tlb = {{1, 72, SIM_LRU}, {}, {128, 24, SIM_LRU}};
  return machine;
}

template <class Simulator>
void stream(Simulator& simulator) {
  for (std::uint64_t address = 0; address < 1 << 30; address += 8) simulator.access(SIM_LOAD, address);
}

template <class Simulator>
void lines(Simulator& simulator) {
  for (std::uint64_t address = 0; address < 1 << 30; address += 64) simulator.access(SIM_LOAD, address);
}

template <std::uint64_t bytes, class Simulator>
void anywhere(Simulator& simulator) {
  std::uint64_t state = 88172645463325252;
  for (int i = 0; i < 10'000'000; ++i) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    simulator.access(i % 4 == 0 ? SIM_STORE : SIM_LOAD, (state >> 20) % bytes & ~7ULL);
  }
}

// A list through every line of 16 MiB, in an order without pattern, followed thirty times.
template <class Simulator>
void chase(Simulator& simulator) {
  static const std::vector<std::uint32_t> order = [] {
    std::vector<std::uint32_t> result(1 << 18);
    std::iota(result.begin(), result.end(), 0u);
    std::shuffle(result.begin(), result.end(), std::mt19937(1));
    return result;
  }();
  for (int round = 0; round < 30; ++round)
    for (const std::uint32_t line : order) simulator.access(SIM_LOAD, std::uint64_t{line} * 64);
}

// Five points over three rows, from one field into another: the diffusion step.
template <std::uint64_t row, class Simulator>
void stencil(Simulator& simulator) {
  constexpr std::uint64_t bytes = row * 8;
  constexpr std::uint64_t to = bytes * row + 4096;
  for (std::uint64_t round = 0; round < 16 * 512 * 512 / (row * row); ++round) {
    for (std::uint64_t y = 1; y + 1 < row; ++y) {
      for (std::uint64_t x = 8; x + 8 < bytes; x += 8) {
        const std::uint64_t at = y * bytes + x;
        simulator.access(SIM_LOAD, at - bytes);
        simulator.access(SIM_LOAD, at - 8);
        simulator.access(SIM_LOAD, at);
        simulator.access(SIM_LOAD, at + 8);
        simulator.access(SIM_LOAD, at + bytes);
        simulator.access(SIM_STORE, to + at);
      }
    }
  }
}

struct Count {
  std::uint64_t accesses = 0;
  void access(sim_kind, std::uint64_t) { ++accesses; }
};

template <class Simulator>
double nanoseconds(void (*trace)(Simulator&), Simulator& simulator) {
  const auto begin = std::chrono::steady_clock::now();
  trace(simulator);
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
}

struct Trace {
  const char* name;
  void (*count)(Count&);
  void (*plain)(Plain&);
  void (*model)(Model&);
};

constexpr Trace traces[] = {
    {"stream of 1 GiB, 8 bytes a step", stream, stream, stream},
    {"stream of 1 GiB, 64 bytes a step", lines, lines, lines},
    {"random in 256 KiB", anywhere<256 << 10>, anywhere<256 << 10>, anywhere<256 << 10>},
    {"random in 64 MiB", anywhere<64 << 20>, anywhere<64 << 20>, anywhere<64 << 20>},
    {"list through 16 MiB", chase, chase, chase},
    {"stencil, rows of 512 doubles", stencil<512>, stencil<512>, stencil<512>},
    {"stencil, rows of 1024 doubles", stencil<1024>, stencil<1024>, stencil<1024>},
};

struct Arm {
  const char* name;
  sim_machine machine;
  bool like_plain;
};

}  // namespace

int main(int argc, char** argv) {
  int rounds = 5;
  CLI::App app(
      "Nanoseconds an access of the cache model, beside those of a plain two-level LRU simulator on the same traces; "
      "the\n"
      "best of N rounds. \"as loads\" and \"write-back\" are the plain simulator's machine, 32 KiB of 8 ways and 20 "
      "MiB\n"
      "of 20, and must have its misses; the other two have three levels and a TLB, which the plain simulator has not.",
      "scripts/bench model");
  app.add_option("--rounds", rounds, "How many")->check(CLI::Range(1, 1000))->capture_default_str();
  app.footer("Exit status: 0 when it was measured; 1 when the misses differ; 3 for a wrong command line.");
  parse_or_end(app, argc, argv);
  const Arm arms[] = {{"as loads", two_levels(), true},
                      {"write-back", two_levels_written_back(), true},
                      {"laptop+TLB", laptop(), false},
                      {"zen+TLB", zen(), false}};
  bool same = true;
  std::printf("%-34s %8s", "ns an access", "plain");
  for (const Arm& arm : arms) std::printf(" %17s", arm.name);
  std::printf("\n");
  for (const Trace& trace : traces) {
    Count count;
    trace.count(count);
    const double accesses = static_cast<double>(count.accesses);
    double plain_best = 1e300;
    double best[std::size(arms)];
    std::fill(std::begin(best), std::end(best), 1e300);
    for (int round = 0; round < rounds; ++round) {
      Plain plain;
      plain_best = std::min(plain_best, nanoseconds(trace.plain, plain));
      for (std::size_t i = 0; i < std::size(arms); ++i) {
        Model model(arms[i].machine);
        best[i] = std::min(best[i], nanoseconds(trace.model, model));
        if (!arms[i].like_plain) continue;
        for (int level = 0; level < 2; ++level) same = same && model.misses(level) == plain.misses(level);
      }
    }
    std::printf("%-34s %8.2f", trace.name, plain_best / accesses);
    for (const double nano : best) std::printf(" %8.2f (%5.2fx)", nano / accesses, nano / plain_best);
    std::printf("\n");
  }
  if (!same) std::fprintf(stderr, "bench model: the misses of the model differ from the plain simulator's\n");
  return same ? 0 : 1;
}
