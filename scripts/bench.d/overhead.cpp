// What one sample costs: countercheck stat beside perf stat, hyperfine and a bare posix_spawn + wait, of /bin/true.
//
// Every tool is run twice a round, with few samples and with many; the difference, divided by the difference in
// samples, is the cost of one sample, and what is left of the short run is the cost of starting the tool. All tools are
// treated alike, run interleaved in an order that changes with the round, and compared within their round, so that a
// machine that slows down for a while slows down both sides of a ratio.

#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scripts/bench.d/command_line.hpp"
#include "scripts/bench.d/quartiles.hpp"

namespace {

constexpr const char* target = "/bin/true";
constexpr const char* six_events = "task-clock,page-faults,minor-faults,major-faults,context-switches,cpu-migrations";

struct Options {
  std::string countercheck = "build/release/cli/countercheck";
  unsigned rounds = 15;
  unsigned samples = 400;
  unsigned few = 20;
  int cpu = -1;
};

void declare(CLI::App& app, Options& options) {
  app.add_option("--countercheck", options.countercheck, "What to measure")->capture_default_str();
  app.add_option("--rounds", options.rounds, "Rounds, every tool twice in each")
      ->check(CLI::Range(1U, 1'000'000U))
      ->capture_default_str();
  app.add_option("--samples", options.samples, "Samples of the long run; more than --few")->capture_default_str();
  app.add_option("--few", options.few, "Samples of the short run")
      ->check(CLI::Range(2U, 1'000'000U))  // hyperfine refuses a single run
      ->capture_default_str();
  app.add_option("--cpu", options.cpu, "Keep everything on this CPU (default: where the scheduler puts it)");
  app.callback([&options] {
    if (options.samples <= options.few) throw CLI::ValidationError("--samples", "wants more than --few");
    if (options.cpu < 0) return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<unsigned>(options.cpu), &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0)
      throw CLI::ValidationError("--cpu", "this process may not use that one");
  });
}

// Microseconds of wall time, and of user and system time of a tool with all it started.
struct Cost {
  double wall = 0;
  double cpu = 0;
};

double microseconds(const rusage& usage) {
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

double microseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
}

// Starts a command with nothing to read, its output thrown away and its errors where `errors` says.
pid_t start(const std::vector<std::string>& command, int errors) {
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  pid_t pid = -1;
  if (posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ) != 0) pid = -1;
  posix_spawn_file_actions_destroy(&actions);
  return pid;
}

// Why a tool cannot be measured here: the first line it complains with. Empty when it can.
std::string objection(const std::vector<std::string>& command) {
  const int errors = memfd_create("errors", MFD_CLOEXEC);
  const pid_t pid = start(command, errors);
  if (pid < 0) return "it is not installed";
  int status = 0;
  waitpid(pid, &status, 0);
  std::string text(400, '\0');
  const ssize_t length = pread(errors, text.data(), text.size(), 0);
  close(errors);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return "";
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
  text.erase(0, text.find_first_not_of(" \n"));
  text = text.substr(0, text.find('\n'));
  return text.empty() ? "it fails without saying why" : text;
}

const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

Cost run_tool(const std::vector<std::string>& command) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t pid = start(command, nowhere);
  int status = 0;
  rusage usage{};
  wait4(pid, &status, 0, &usage);
  const double wall = microseconds_since(begin);
  if (pid < 0 || status != 0) {
    std::fprintf(stderr, "bench overhead: %s failed in the middle of the measurement\n", command[0].c_str());
    std::exit(1);
  }
  return {wall, microseconds(usage)};
}

Cost run_bare(unsigned samples) {
  const auto cpu_now = [] {
    rusage self{};
    rusage children{};
    getrusage(RUSAGE_SELF, &self);
    getrusage(RUSAGE_CHILDREN, &children);
    return microseconds(self) + microseconds(children);
  };
  const std::string path = target;
  char* argv[] = {const_cast<char*>(path.c_str()), nullptr};
  const double cpu = cpu_now();
  const auto begin = std::chrono::steady_clock::now();
  for (unsigned i = 0; i < samples; ++i) {
    pid_t pid = -1;
    posix_spawn(&pid, target, nullptr, nullptr, argv, environ);
    waitpid(pid, nullptr, 0);
  }
  return {microseconds_since(begin), cpu_now() - cpu};
}

struct Arm {
  const char* name;
  std::function<std::vector<std::string>(unsigned samples)> command;  // empty: the bare loop
  std::string objection;
  std::vector<double> wall;  // of a sample, a value for each round
  std::vector<double> cpu;
  std::vector<double> start;  // of the tool
};

Cost run(const Arm& arm, unsigned samples) {
  return arm.command ? run_tool(arm.command(samples)) : run_bare(samples);
}

// Ratios round by round: what disturbed a round disturbed both.
Spread ratio(const Arm& above, const Arm& below) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < above.wall.size(); ++i) ratios.push_back(above.wall[i] / below.wall[i]);
  return quartiles(ratios);
}

void print_row(const Arm& arm, const Arm& bare) {
  if (!arm.objection.empty()) {
    std::printf("%-32s not measured: %s\n", arm.name, arm.objection.c_str());
    return;
  }
  const Spread wall = quartiles(arm.wall);
  const Spread against = ratio(arm, bare);
  std::printf("%-32s %7.0f  %5.0f .. %-5.0f %7.0f   %5.2f %9.1f\n", arm.name, wall.middle, wall.low, wall.high,
              quartiles(arm.cpu).middle, against.middle, quartiles(arm.start).middle / 1000);
}

void print_goal(const Arm& ours, const Arm& theirs, double goal) {
  if (!ours.objection.empty() || !theirs.objection.empty()) return;
  const Spread share = ratio(ours, theirs);
  std::printf("%s\n  / %-30s %5.2f  %5.2f .. %-5.2f goal: at most %.2f, %s\n", ours.name, theirs.name, share.middle,
              share.low, share.high, goal, share.middle <= goal ? "met" : "not met");
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(
      "The cost of one sample of /bin/true: a bare posix_spawn and wait, perf stat -r and countercheck stat -r with "
      "the\n"
      "same six software events, hyperfine -N and countercheck stat -r with the time only.",
      "scripts/bench overhead");
  declare(app, options);
  parse_or_end(app, argc, argv);
  if (access(options.countercheck.c_str(), X_OK) != 0)
    could_not(app, ("there is no " + options.countercheck + "; ./scripts/quickstart builds it").c_str());

  const auto ours = [&](const char* events) {
    return [&options, events](unsigned samples) -> std::vector<std::string> {
      return {options.countercheck, "stat", "-r", std::to_string(samples), "-e", events, "--", target};
    };
  };
  Arm arms[] = {
      {"bare posix_spawn and wait", {}, {}, {}, {}, {}},
      {"perf stat -r, six events",
       [](unsigned samples) -> std::vector<std::string> {
         return {"perf", "stat", "-r", std::to_string(samples), "-e", six_events, "--", target};
       },
       {},
       {},
       {},
       {}},
      {"countercheck stat -r, six events", ours(six_events), {}, {}, {}, {}},
      {"hyperfine -N, time only",
       [](unsigned samples) -> std::vector<std::string> {
         return {"hyperfine", "-N", "--style", "none", "--runs", std::to_string(samples), target};
       },
       {},
       {},
       {},
       {}},
      {"countercheck stat -r, time only", ours("wall-time"), {}, {}, {}, {}},
  };
  const auto& [bare, perf, counting, hyperfine, timing] = arms;
  constexpr std::size_t count = std::size(arms);

  for (Arm& arm : arms)
    if (arm.command) arm.objection = objection(arm.command(options.few));

  double load = 0;
  if (getloadavg(&load, 1) == 1 && load > 0.5 * static_cast<double>(sysconf(_SC_NPROCESSORS_ONLN)))
    std::printf("The load of this machine is %.1f: other work disturbs the figures, wait for a quieter moment.\n",
                load);

  for (unsigned round = 0; round < options.rounds; ++round) {
    for (std::size_t i = 0; i < count; ++i) {
      // Another tool comes first each round, and every second round goes backwards: no tool always follows the same
      // one.
      const std::size_t turn = (round + (round % 2 == 0 ? i : count - i)) % count;
      Arm& arm = arms[turn];
      if (!arm.objection.empty()) continue;
      const Cost few = run(arm, options.few);
      const Cost many = run(arm, options.samples);
      const double samples = options.samples - options.few;
      arm.wall.push_back((many.wall - few.wall) / samples);
      arm.cpu.push_back((many.cpu - few.cpu) / samples);
      arm.start.push_back(few.wall - arm.wall.back() * options.few);
    }
  }

  std::printf("One sample of %s: (time of %u samples - time of %u) / %u; %u rounds, interleaved\n\n", target,
              options.samples, options.few, options.samples - options.few, options.rounds);
  std::printf("%-32s %7s  %-14s %7s   %5s %9s\n", "", "wall us", "middle half", "CPU us", "/bare", "start ms");
  for (const Arm& arm : arms) print_row(arm, bare);
  std::printf("\n");
  print_goal(counting, perf, 0.60);
  print_goal(timing, hyperfine, 1.05);
  return counting.objection.empty() && timing.objection.empty() ? 0 : 1;
}
