// What counting from within a program costs: start, read and stop of countercheck's Session, of PAPI, and of the bare
// system calls that do the same (ioctl to switch a group, read of the group).
//
// Each of the three runs a batch in every round, in an order that changes; they are compared within their round, so
// that a machine that slows down for a while slows down both sides of a ratio. Every call is timed on its own and a
// batch gives its median: an interrupt lengthens a few calls, not the middle one. The clock's own cost is taken off.

#include <linux/perf_event.h>
#include <papi.h>
#include <perfmon/pfmlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "counters/pmu_registers.hpp"
#include "counters/session.hpp"
#include "scripts/bench.d/command_line.hpp"
#include "scripts/bench.d/papi_without_pmu.hpp"
#include "scripts/bench.d/quartiles.hpp"

namespace {

using countercheck::Session;

struct Options {
  unsigned rounds = 60;
  unsigned batch = 500;
};

// One way to count. An objection says why there is nothing to measure.
class Way {
 public:
  virtual ~Way() = default;
  virtual void start() = 0;
  virtual void read() = 0;
  virtual void stop() = 0;
  std::string objection{};
};

class Ours : public Way {
 public:
  Ours(const std::string& events, bool user_reads) : session_(events, {.user_reads = user_reads}) {
    for (const auto& reading : session_.measure([] {})) {
      if (const auto* why = countercheck::absence(reading)) objection = why->sentence;
    }
  }
  void start() override { session_.start(); }
  void read() override { session_.read(); }
  void stop() override { session_.stop(); }

 private:
  Session session_;
};

// What a program would write that knows its events and needs no other.
class Bare : public Way {
 public:
  explicit Bare(const std::vector<perf_event_attr>& events) {
    for (perf_event_attr attr : events) {
      attr.read_format = PERF_FORMAT_GROUP | PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
      attr.disabled = leader_ < 0;
      attr.inherit = 0;
      const int counter = countercheck::perf_event_open(&attr, 0, -1, leader_, PERF_FLAG_FD_CLOEXEC);
      if (counter < 0) objection = "perf_event_open failed";
      counters_.push_back(counter);
      leader_ = counters_.front();
    }
  }
  ~Bare() override {
    for (const int counter : counters_) close(counter);
  }
  void start() override { ioctl(leader_, PERF_EVENT_IOC_ENABLE, 0); }
  void read() override {
    if (::read(leader_, values_.data(), sizeof values_) < 0) std::abort();
  }
  void stop() override {
    ioctl(leader_, PERF_EVENT_IOC_DISABLE, 0);
    read();
  }

 private:
  int leader_ = -1;
  std::vector<int> counters_{};
  std::array<std::uint64_t, 19> values_{};
};

class Papi : public Way {
 public:
  explicit Papi(const std::vector<std::string>& events) {
    if (PAPI_library_init(PAPI_VER_CURRENT) != PAPI_VER_CURRENT || PAPI_create_eventset(&set_) != PAPI_OK) {
      objection = "PAPI cannot be initialised";
      return;
    }
    pfm_initialize();  // again: PAPI ends libpfm4 for everybody when it gives up one of its components
    for (std::string name : events) {
      const int status = PAPI_add_named_event(set_, name.data());
      if (status != PAPI_OK) objection = name + ": " + PAPI_strerror(status);
    }
    if (objection.empty() && PAPI_start(set_) != PAPI_OK) objection = "PAPI cannot start the events";
    if (objection.empty()) PAPI_stop(set_, values_.data());
  }
  ~Papi() override {
    PAPI_cleanup_eventset(set_);
    PAPI_destroy_eventset(&set_);
  }
  void start() override { PAPI_start(set_); }
  void read() override { PAPI_read(set_, values_.data()); }
  void stop() override { PAPI_stop(set_, values_.data()); }

 private:
  int set_ = PAPI_NULL;
  std::array<long long, 16> values_{};
};

// A session that reads in user space leaves a part of what stop() does to start(): a fair sum is that of both.
enum Call { start, read_on, stop, start_and_stop, calls };
constexpr const char* call_names[calls] = {"start", "read", "stop", "start + stop"};

// Nanoseconds; steady_clock costs a system call on some virtual machines.
double nanoseconds_per_tick() {
  const auto wall = [] {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
  };
  const double begin = wall();
  const std::uint64_t ticks = countercheck::PmuRegisters::ticks();
  while (wall() - begin < 50e6) {
  }
  return (wall() - begin) / static_cast<double>(countercheck::PmuRegisters::ticks() - ticks);
}

double median(std::vector<std::uint64_t>& ticks) {
  const auto middle = ticks.begin() + static_cast<std::ptrdiff_t>(ticks.size() / 2);
  std::nth_element(ticks.begin(), middle, ticks.end());
  return static_cast<double>(*middle);
}

// Ticks of one call of each kind: medians of a batch.
std::array<double, calls> run_batch(Way& way, unsigned batch) {
  using countercheck::PmuRegisters;
  std::array<std::vector<std::uint64_t>, calls + 1> ticks;  // the last for the clock itself
  for (auto& one : ticks) one.reserve(batch);
  for (unsigned i = 0; i < batch; ++i) {
    const std::uint64_t nothing = PmuRegisters::ticks();
    const std::uint64_t begin = PmuRegisters::ticks();
    way.start();
    const std::uint64_t started = PmuRegisters::ticks();
    way.read();
    const std::uint64_t read_once = PmuRegisters::ticks();
    way.stop();
    const std::uint64_t stopped = PmuRegisters::ticks();
    ticks[start].push_back(started - begin);
    ticks[read_on].push_back(read_once - started);
    ticks[stop].push_back(stopped - read_once);
    ticks[calls].push_back(begin - nothing);
  }
  const double clock = median(ticks[calls]);
  std::array<double, calls> cost{};
  for (const Call call : {start, read_on, stop}) cost[call] = median(ticks[call]) - clock;
  cost[start_and_stop] = cost[start] + cost[stop];
  return cost;
}

struct EventSet {
  const char* ours;
  std::vector<std::string> papis;
};

const EventSet sets[] = {
    {"page-faults", {"perf::PAGE-FAULTS"}},
    {"task-clock", {"perf::TASK-CLOCK"}},
    {"context-switches", {"perf::CONTEXT-SWITCHES"}},
    {"page-faults,task-clock,context-switches", {"perf::PAGE-FAULTS", "perf::TASK-CLOCK", "perf::CONTEXT-SWITCHES"}},
    {"instructions", {"perf::INSTRUCTIONS"}},
    {"instructions,cycles", {"perf::INSTRUCTIONS", "perf::CYCLES"}},
};

enum Who { ours, asking, bare, papi, ways };
constexpr const char* way_names[ways] = {"Session", "Session, kernel asked", "bare calls", "PAPI"};

using Costs = std::array<std::array<std::vector<double>, calls>, ways>;  // ticks, a value for each round

Spread ratio(const Costs& costs, Who above, Who below, Call call) {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < costs[above][call].size(); ++round)
    ratios.push_back(costs[above][call][round] / costs[below][call][round]);
  return quartiles(ratios);
}

// Ratios to the bare calls and to PAPI, of all event sets.
struct Against {
  std::vector<double> bare, papi;
};

std::vector<perf_event_attr> attributes_of(const char* events) {
  std::vector<perf_event_attr> all;
  for (const auto& event : countercheck::settle(countercheck::parse_events(events), countercheck::read_access())) {
    if (const auto* encoding = std::get_if<countercheck::Encoding>(&event.by))
      all.push_back(countercheck::attributes(*encoding));
  }
  return all;
}

bool measure(const EventSet& set, const Options& options, double tick, Against& against) {
  std::array<std::unique_ptr<Way>, ways> all;
  all[ours] = std::make_unique<Ours>(set.ours, true);
  if (!all[ours]->objection.empty()) {
    std::printf("| %s | not measured: %s | | | | |\n", set.ours, all[ours]->objection.c_str());
    return false;
  }
  all[asking] = std::make_unique<Ours>(set.ours, false);
  all[bare] = std::make_unique<Bare>(attributes_of(set.ours));
  all[papi] = std::make_unique<Papi>(set.papis);

  Costs costs;
  for (unsigned round = 0; round < options.rounds; ++round) {
    for (std::size_t i = 0; i < ways; ++i) {
      const std::size_t who = (round + (round % 2 == 0 ? i : ways - i)) % ways;
      if (!all[who]->objection.empty()) continue;
      const auto batch = run_batch(*all[who], options.batch);
      for (std::size_t call = 0; call < calls; ++call) costs[who][call].push_back(batch[call]);
    }
  }
  for (std::size_t who = 0; who < ways; ++who) {
    std::printf("| %s | %s |", who == 0 ? set.ours : "", way_names[who]);
    if (!all[who]->objection.empty()) {
      std::printf(" not measured: %s | | | |\n", all[who]->objection.c_str());
      continue;
    }
    for (std::size_t call = 0; call < calls; ++call) {
      const Spread against_bare = ratio(costs, static_cast<Who>(who), bare, static_cast<Call>(call));
      std::printf(" %.0f (%.2fx) |", quartiles(costs[who][call]).middle * tick, against_bare.middle);
    }
    std::printf("\n");
  }
  for (const Call call : {read_on, start_and_stop}) {
    against.bare.push_back(ratio(costs, ours, bare, call).middle);
    if (all[papi]->objection.empty()) against.papi.push_back(ratio(costs, ours, papi, call).middle);
  }
  return true;
}

void print_goal(const char* what, const std::vector<double>& ratios, double goal, const char* words) {
  if (ratios.empty()) {
    std::printf("- %s: not measured.\n", what);
    return;
  }
  const double worst = *std::max_element(ratios.begin(), ratios.end());
  std::printf("- %s, read and start + stop: %.2f to %.2f times the cost; the goal is %s: %s.\n", what,
              *std::min_element(ratios.begin(), ratios.end()), worst, words, worst <= goal ? "met" : "not met");
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(
      "The cost of starting, reading and stopping counters from within a program, in nanoseconds: countercheck's "
      "Session,\n"
      "the bare system calls, and PAPI, for the kernel's software events and for hardware events where they can be "
      "counted.",
      "scripts/bench reads");
  const CLI::Range many(1U, 1'000'000U);
  app.add_option("--rounds", options.rounds, "Rounds, each of the three in every one")
      ->check(many)
      ->capture_default_str();
  app.add_option("--batch", options.batch, "Calls of each kind in a round")->check(many)->capture_default_str();
  parse_or_end(app, argc, argv);
  if (!countercheck::PmuRegisters::exist) {
    std::fprintf(stderr, "bench reads: this processor's clock cannot be read here; run it on x86-64 or arm64\n");
    return 1;
  }
  double load = 0;
  if (getloadavg(&load, 1) == 1 && load > 0.5 * static_cast<double>(sysconf(_SC_NPROCESSORS_ONLN)))
    std::printf("The load of this machine is %.1f: other work disturbs the figures, wait for a quieter moment.\n\n",
                load);
  const double tick = nanoseconds_per_tick();
  std::printf("| events | by |");
  for (const char* name : call_names) std::printf(" %s ns |", name);
  std::printf("\n|---|---|---|---|---|---|\n");
  Against against;
  bool any = false;
  for (const EventSet& set : sets) any = measure(set, options, tick, against) || any;
  std::printf(
      "\nIn parentheses the ratio to the bare calls. Medians of %u rounds of %u calls, interleaved; the clock's cost "
      "is\n"
      "taken off.\n\n",
      options.rounds, options.batch);
  if (!papi_knows_the_processor())
    std::printf(
        "PAPI knows no PMU of this processor and would refuse even the kernel's events: here it is told that they are\n"
        "its PMU.\n\n");
  print_goal("Session beside the bare calls", against.bare, 1.05, "at most 1.05 for each");
  print_goal("Session beside PAPI", against.papi, 1.0, "below 1 for each");
  return any ? 0 : 1;
}
