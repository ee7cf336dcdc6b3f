// What simulating costs: our tool beside Cachegrind, Callgrind and Valgrind that simulates nothing, on the diffusion
// variants and five real programs.
//
// Each program is run by every engine in each round, the engines in an order that changes, and engines are compared
// within their round. What is compared is user CPU time, so that waiting for a processor does not count; of two threads
// of one core that share it, both sides of a ratio suffer alike.

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "scripts/bench.d/command_line.hpp"
#include "scripts/bench.d/quartiles.hpp"
#include "tests/simulator/machine_texts.hpp"
#include "tests/simulator/real_programs.hpp"

namespace {

namespace fs = std::filesystem;
using countercheck::Program;

struct Options {
  std::string build = "build/release";
  unsigned rounds = 5;
  unsigned work = 100;
  std::vector<std::string> programs{};  // empty: all
};

struct Engine {
  std::string name;
  std::vector<std::string> command;  // before the program's own
  std::string tools{};               // VALGRIND_LIB; empty: Valgrind's own
};

enum { native, nothing, cachegrind, callgrind, two_levels, three_levels, engine_count };

std::array<Engine, engine_count> engines(const std::string& tools, const std::string& folder) {
  const auto valgrind = [](const std::string& tool, std::vector<std::string> options) {
    std::vector<std::string> command = {"valgrind", "--tool=" + tool, "-q", "--log-file=/dev/null"};
    command.insert(command.end(), options.begin(), options.end());
    command.emplace_back("--");
    return command;
  };
  std::vector<std::string> caches(std::begin(countercheck::kTwoLevelsOfCachegrind),
                                  std::end(countercheck::kTwoLevelsOfCachegrind));
  caches.insert(caches.end(), {"--cache-sim=yes", "--branch-sim=yes"});
  const auto into = [&](const std::string& option) {
    auto options = caches;
    options.push_back(option + "=/dev/null");
    return options;
  };
  const auto ours = [&](const std::string& name, const std::string& machine) {
    const std::string file = folder + "/" + name;
    std::ofstream(file) << machine;
    return valgrind("countercheck", {"--machine-file=" + file, "--output-folder=" + folder});
  };
  return {Engine{"native", {}},
          Engine{"none", valgrind("none", {})},
          Engine{"Cachegrind", valgrind("cachegrind", into("--cachegrind-out-file"))},
          Engine{"Callgrind", valgrind("callgrind", into("--callgrind-out-file"))},
          Engine{"two levels", ours("two-levels", countercheck::two_levels()), tools},
          Engine{"three levels", ours("three-levels", countercheck::three_levels()), tools}};
}

// Steps that take Cachegrind about two seconds each, so that starting up is a small part.
std::vector<Program> variants(const std::string& build, unsigned work) {
  constexpr std::pair<const char*, unsigned> steps[] = {
      {"boxed", 30},     {"boxed-reuse", 300},  {"rows", 300},         {"contiguous", 120}, {"contiguous-scalar", 140},
      {"in-place", 120}, {"roll-add", 200},     {"blocked", 200},      {"generic", 200},    {"fused", 1000},
      {"openmp", 1000},  {"column-order", 600}, {"fixed-border", 1000}};
  std::vector<Program> programs;
  for (const auto& [name, usual] : steps) {
    programs.push_back({name,
                        {build + "/workloads/countercheck-workload", std::string("diffusion/") + name, "--size", "256",
                         "--initial", "random", "--iterations", std::to_string(std::max(1U, usual * work / 100))}});
  }
  return programs;
}

std::vector<Program> chosen(const Options& options, const std::string& folder) {
  std::vector<Program> programs = variants(options.build, options.work);
  for (const auto& real : countercheck::real_programs(folder, std::max(1U, options.work / 10))) {
    if (real.missing.empty()) programs.push_back(real);
    if (!real.missing.empty()) std::printf("%s: not measured\n", real.missing.c_str());
  }
  std::erase_if(programs, [&](const Program& program) {
    const auto& wanted = options.programs;
    return !wanted.empty() && std::find(wanted.begin(), wanted.end(), program.name) == wanted.end();
  });
  if (programs.empty()) throw std::runtime_error("--programs names none of those that are here");
  return programs;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (auto& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

// Seconds of user CPU time, of the program and all that it waited for.
double run(const Engine& engine, const Program& program) {
  std::vector<std::string> command = engine.command;
  command.insert(command.end(), program.command.begin(), program.command.end());
  std::vector<std::string> environment = countercheck::plain_environment();
  environment.emplace_back("GLIBC_TUNABLES=glibc.cpu.hwcaps=-ERMS,");  // as countercheck runs what it simulates
  if (!engine.tools.empty()) environment.push_back("VALGRIND_LIB=" + engine.tools);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, program.input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  auto words = pointers(command);
  pid_t pid = -1;
  int status = -1;
  rusage usage{};
  if (posix_spawnp(&pid, words[0], &actions, nullptr, words.data(), pointers(environment).data()) == 0)
    wait4(pid, &status, 0, &usage);
  posix_spawn_file_actions_destroy(&actions);
  if (status != 0) throw std::runtime_error(program.name + " failed under " + engine.name);
  return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) / 1e6;
}

// Seconds of one program: by round, by engine.
using Seconds = std::vector<std::array<double, engine_count>>;

// How many times the one's seconds the other takes: a ratio for each round, the geometric mean of the programs'.
Spread ratio(const std::vector<Seconds>& programs, int above, int below) {
  std::vector<double> of_rounds;
  for (std::size_t round = 0; round < programs.front().size(); ++round) {
    double sum = 0;
    for (const auto& seconds : programs)
      sum +=
          std::log(seconds[round][static_cast<std::size_t>(above)] / seconds[round][static_cast<std::size_t>(below)]);
    of_rounds.push_back(std::exp(sum / static_cast<double>(programs.size())));
  }
  return quartiles(of_rounds);
}

void print_row(const std::string& name, const std::string& first, const std::vector<Seconds>& programs) {
  std::printf("| %s | %s |", name.c_str(), first.c_str());
  for (int engine = nothing; engine < engine_count; ++engine)
    std::printf(" %.1f |", ratio(programs, engine, native).middle);
  for (const auto& [above, below] :
       {std::pair(cachegrind, two_levels), std::pair(callgrind, two_levels), std::pair(cachegrind, three_levels)})
    std::printf(" %.2f |", ratio(programs, above, below).middle);
  std::printf("\n");
}

void print_goal(const char* what, const std::vector<Seconds>& all, int above, int below, double goal) {
  const Spread share = ratio(all, above, below);
  std::printf("- %s: %.2f times faster (middle half of the rounds %.2f to %.2f); the goal is %.1f: %s.\n", what,
              share.middle, share.low, share.high, goal, share.middle >= goal ? "met" : "not met");
}

void print(const std::vector<Program>& programs, const std::vector<Seconds>& all) {
  std::printf(
      "| program | native s | none | Cachegrind | Callgrind | two levels | three levels | Cachegrind / two | "
      "Callgrind / two | Cachegrind / three |\n|---|---|---|---|---|---|---|---|---|---|\n");
  for (std::size_t i = 0; i < programs.size(); ++i) {
    std::vector<double> seconds;
    for (const auto& round : all[i]) seconds.push_back(round[native]);
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", quartiles(seconds).middle);
    print_row(programs[i].name, text, {all[i]});
  }
  print_row("**geometric mean**", "", all);
  std::printf(
      "\nUser CPU time as a multiple of the native run's; two levels and three levels are countercheck's tool.\n"
      "Medians of %zu round%s, interleaved.\n\n",
      all.front().size(), all.front().size() == 1 ? "" : "s");
  print_goal("Two levels beside Cachegrind", all, cachegrind, two_levels, 2.5);
  print_goal("Two levels beside Callgrind", all, callgrind, two_levels, 6);
  print_goal("Three levels, TLB and gshare beside Cachegrind's two", all, cachegrind, three_levels, 1);
}

void warn_of_load() {
  double load = 0;
  if (getloadavg(&load, 1) == 1 && load > 0.5 * static_cast<double>(sysconf(_SC_NPROCESSORS_ONLN)))
    std::printf("The load of this machine is %.1f: other work disturbs the figures, wait for a quieter moment.\n\n",
                load);
}

struct Folder {
  std::string path = fs::temp_directory_path() / "countercheck-bench-XXXXXX";
  Folder() {
    if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder could be made for the programs' inputs");
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

void measure(const Options& options) {
  const Folder folder;
  // Valgrind looks for its tool from the program's folder.
  const std::string tools = fs::absolute(options.build + "/simulator/tool");
  const auto under = engines(tools, folder.path);
  const std::vector<Program> programs = chosen(options, folder.path);
  warn_of_load();

  std::vector<Seconds> all(programs.size());
  for (unsigned round = 0; round < options.rounds; ++round) {
    for (std::size_t i = 0; i < programs.size(); ++i) {
      auto& seconds = all[i].emplace_back();
      for (std::size_t turn = 0; turn < engine_count; ++turn) {
        const std::size_t engine = (round + i + (round % 2 == 0 ? turn : engine_count - turn)) % engine_count;
        seconds[engine] = run(under[engine], programs[i]);
      }
    }
    std::fprintf(stderr, "round %u of %u is done\n", round + 1, options.rounds);
  }
  print(programs, all);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(
      "User CPU time of the 13 diffusion variants and of gzip, sqlite3, python3, sort and gcc's cc1 under Valgrind\n"
      "without a simulation, Cachegrind, Callgrind and countercheck's tool, with two levels of cache as Cachegrind's "
      "and\n"
      "with three levels, TLB and gshare. Prints a table in Markdown.",
      "scripts/bench simulator");
  const CLI::Range some(1U, 100'000U);
  app.add_option("--build", options.build, "Where countercheck was built")->capture_default_str();
  app.add_option("--rounds", options.rounds, "Every program by every engine in each")
      ->check(some)
      ->capture_default_str();
  app.add_option("--work", options.work, "Percent of the usual work, which takes some minutes a round")
      ->check(some)
      ->capture_default_str();
  app.add_option("--programs", options.programs, "Only these, separated by commas (default: all)")->delimiter(',');
  run_benchmark(app, argc, argv, [&] { measure(options); });
}
