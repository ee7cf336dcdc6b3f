// False alarms: a program is compared with itself, again and again, while a load comes and goes. Whoever calls one of
// the two faster is wrong.
//
// Each comparison is made in three ways with the same budget of runs: countercheck's (interleaved, its verdict of the
// time), hyperfine's and perf stat's, both of which take all runs of the one and then all of the other, and whose
// figures are put to Welch's t test at 95 %, as their users do. The ways take turns in an order that rotates, under the
// same load.

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "scripts/bench.d/command_line.hpp"
#include "scripts/bench.d/command_output.hpp"
#include "scripts/bench.d/csv_fields.hpp"

namespace {

namespace fs = std::filesystem;

struct Options {
  unsigned comparisons = 100;
  unsigned rounds = 20;
  unsigned load = static_cast<unsigned>(sysconf(_SC_NPROCESSORS_ONLN));
  unsigned burst = 300;
  unsigned seed = 1;
  std::string countercheck = "build/release/cli/countercheck";
  std::string workload = "build/release/workloads/countercheck-workload";
};

void declare(CLI::App& app, Options& options) {
  app.add_option("--comparisons", options.comparisons, "How many")
      ->check(CLI::Range(1U, 1'000'000U))
      ->capture_default_str();
  app.add_option("--rounds", options.rounds, "Runs of each of the two in each comparison and each way")
      ->check(CLI::Range(3U, 1'000'000U))
      ->capture_default_str();
  app.add_option("--load", options.load, "Processes that are busy for a while, then asleep for a while")
      ->capture_default_str();
  app.add_option("--burst", options.burst, "How many milliseconds that is on average")
      ->check(CLI::Range(1U, 1'000'000U))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Of the load")->capture_default_str();
  app.add_option("--countercheck", options.countercheck, "What to judge")->capture_default_str();
  app.add_option("--workload", options.workload, "The program that is run: one of its variants, for some milliseconds")
      ->capture_default_str();
}

// Processes that go when this one does.
class Load {
 public:
  explicit Load(const Options& options) {
    for (unsigned one = 0; one < options.load; ++one) {
      const pid_t pid = fork();
      if (pid == 0) be_busy_at_times(options.seed + one, options.burst);
      if (pid > 0) pids_.push_back(pid);
    }
  }
  ~Load() {
    for (const pid_t pid : pids_) {
      kill(pid, SIGKILL);
      waitpid(pid, nullptr, 0);
    }
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

 private:
  [[noreturn]] static void be_busy_at_times(unsigned seed, unsigned burst) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::mt19937_64 random(seed);
    std::exponential_distribution<double> milliseconds(1.0 / burst);
    for (bool busy = true;; busy = !busy) {
      const auto length = std::chrono::duration<double, std::milli>(milliseconds(random));
      const auto end = std::chrono::steady_clock::now() + length;
      if (!busy) usleep(static_cast<useconds_t>(length.count() * 1000));
      while (busy && std::chrono::steady_clock::now() < end) {
      }
    }
  }

  std::vector<pid_t> pids_;
};

// Means, and the variance of each mean.
struct Figures {
  double mean = 0;
  double variance_of_mean = 0;
};

// Whether Welch's t test calls two means of n runs each different at 95 %.
bool told_apart(const Figures& a, const Figures& b, unsigned n) {
  const double sum = a.variance_of_mean + b.variance_of_mean;
  if (sum == 0) return a.mean != b.mean;
  const double freedom =
      sum * sum * (n - 1) / (a.variance_of_mean * a.variance_of_mean + b.variance_of_mean * b.variance_of_mean);
  const boost::math::students_t distribution(freedom);
  return std::abs(a.mean - b.mean) / std::sqrt(sum) > boost::math::quantile(distribution, 0.975);
}

class Bench {
 public:
  Bench(const Options& options, fs::path folder) : options_(options), folder_(std::move(folder)) {
    const std::string job = " diffusion/fused --size 256 --iterations 40";
    for (std::size_t at = 0; at < 2; ++at) {
      const fs::path link = folder_ / (at == 0 ? "one" : "two");
      fs::create_symlink(fs::absolute(options.workload), link);
      commands_[at] = link.string() + job;
    }
  }

  // The verdict of the time, if it is one of a difference.
  bool countercheck() const {
    const std::string said =
        verdict_on("wall-time", output_of(folder_, {options_.countercheck, "compare", commands_[0], commands_[1], "-r",
                                                    std::to_string(options_.rounds), "--source", "measured", "-e",
                                                    "page-faults", "--form", "csv"}));
    return said == "better" || said == "worse";
  }

  bool hyperfine() const {
    const std::string file = folder_ / "hyperfine.csv";
    const std::string runs = std::to_string(options_.rounds);
    output_of(folder_,
              {"hyperfine", "-N", "--runs", runs, "--style", "none", "--export-csv", file, commands_[0], commands_[1]});
    std::ifstream lines(file);
    std::string line;
    std::getline(lines, line);  // command,mean,stddev,…
    std::array<Figures, 2> both;
    for (Figures& one : both) {
      if (!std::getline(lines, line)) throw std::runtime_error("hyperfine wrote no result");
      const auto fields = fields_of(line);
      const double deviation = std::stod(fields.at(2));
      one = {std::stod(fields.at(1)), deviation * deviation / options_.rounds};
    }
    return told_apart(both[0], both[1], options_.rounds);
  }

  bool perf() const {
    std::array<Figures, 2> both;
    for (std::size_t at = 0; at < 2; ++at) both[at] = perf_stat(commands_[at]);
    return told_apart(both[0], both[1], options_.rounds);
  }

 private:
  // perf tells a mean and its relative standard error.
  Figures perf_stat(const std::string& command) const {
    const std::string file = folder_ / "perf.csv";
    std::vector<std::string> words = {
        "perf", "stat", "-r", std::to_string(options_.rounds), "-x", ",", "-o", file, "-e", "duration_time", "--"};
    std::istringstream rest(command);
    for (std::string word; rest >> word;) words.push_back(word);
    output_of(folder_, words);
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
      const auto fields = fields_of(line);
      if (fields.size() < 4 || fields[2] != "duration_time") continue;
      const double mean = std::stod(fields[0]);
      const double error = mean * std::stod(fields[3]) / 100;
      return {mean, error * error};
    }
    throw std::runtime_error("perf stat counts no duration_time");
  }

  const Options& options_;
  fs::path folder_;
  std::array<std::string, 2> commands_;
};

struct Way {
  const char* name;
  bool (Bench::*differs)() const;
  unsigned alarms = 0;
};

void measure(const Options& options) {
  std::string pattern = fs::temp_directory_path() / "countercheck-aa-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("there is no place for temporary files");
  const fs::path folder = pattern;
  const Bench bench(options, folder);
  std::array<Way, 3> ways = {Way{"countercheck compare, interleaved and paired", &Bench::countercheck},
                             Way{"hyperfine, one after the other, Welch at 95 %", &Bench::hyperfine},
                             Way{"perf stat -r, one after the other, Welch at 95 %", &Bench::perf}};
  {
    const Load load(options);
    for (unsigned comparison = 0; comparison < options.comparisons; ++comparison) {
      for (std::size_t turn = 0; turn < ways.size(); ++turn) {
        Way& way = ways[(comparison + turn) % ways.size()];
        way.alarms += (bench.*way.differs)() ? 1 : 0;
      }
      std::fprintf(stderr, "\r%u of %u; false alarms so far: %u, %u, %u", comparison + 1, options.comparisons,
                   ways[0].alarms, ways[1].alarms, ways[2].alarms);
    }
  }
  std::fputs("\n", stderr);
  fs::remove_all(folder);
  std::printf("A program against itself, %u runs of each, %u processes busy at times (bursts of %u ms, seed %u):\n\n",
              options.rounds, options.load, options.burst, options.seed);
  std::printf("  false alarms of %-5u way\n", options.comparisons);
  for (const Way& way : ways) std::printf("  %-21u %s\n", way.alarms, way.name);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(
      "Compares a program with itself under a load that comes and goes, and counts who calls one of the two faster:\n"
      "countercheck compare; hyperfine and perf stat, one program after the other, with Welch's t test at 95 %.",
      "scripts/bench aa");
  declare(app, options);
  run_benchmark(app, argc, argv, [&] { measure(options); });
}
