// What is missed: a loop is compared with itself made longer by exactly 2 %, again and again. Whoever does not call it
// worse has missed it.
//
// Each comparison is made by instructions, simulated, and by time, as a user would: some rounds first, and where these
// do not decide, another run of as many as they announced; where they could not tell, of as many as they asked for to
// tell more. All of it takes place on the machine as it is.

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scripts/bench.d/command_line.hpp"
#include "scripts/bench.d/command_output.hpp"
#include "scripts/bench.d/csv_fields.hpp"
#include "scripts/bench.d/quartiles.hpp"

namespace {

namespace fs = std::filesystem;

constexpr unsigned kTurns = 50;  // one more for so many is 2 %

struct Options {
  unsigned comparisons = 100;
  unsigned rounds = 15;
  unsigned turns = 5'000'000;
  std::string countercheck = "build/release/cli/countercheck";
  std::string loop = "build/release/workloads/countercheck-certify";
};

void declare(CLI::App& app, Options& options) {
  app.add_option("--comparisons", options.comparisons, "How many of each")
      ->check(CLI::Range(1U, 1'000'000U))
      ->capture_default_str();
  app.add_option("--rounds", options.rounds,
                 "Of the first run by time; where they do not decide, as many as they announce follow")
      ->check(CLI::Range(10U, 1'000'000U))
      ->capture_default_str();
  const auto fifties = [](const std::string& text) {
    return std::stoul(text) % kTurns == 0 ? std::string() : text + " is no multiple of " + std::to_string(kTurns);
  };
  app.add_option("--turns", options.turns, "Of the loop, eight instructions each")
      ->check(CLI::Range(kTurns, 1'000'000'000U))
      ->check(CLI::Validator(fifties, ""))
      ->capture_default_str();
  app.add_option("--countercheck", options.countercheck, "What to judge")->capture_default_str();
  app.add_option("--loop", options.loop, "The program that is run")->capture_default_str();
}

class Bench {
 public:
  Bench(const Options& options, fs::path folder) : options_(options), folder_(std::move(folder)) {}

  bool found_by_instructions() const {
    return verdict("instructions", {"--source", "sim", "-e", "instructions"}) == "worse";
  }

  // One comparison by time.
  void by_time() {
    std::string said = timed(options_.rounds);
    if (said != "undecided") ++decided_at_once;
    while (said == "undecided") {
      const auto next = announced();
      if (!next) {
        ++beyond_telling;
        break;
      }
      said = timed(next->rounds);
      if (!next->decide) continue;
      announcements.push_back(next->rounds);
      break;
    }
    if (said == "worse") ++found;
    if (said == "better" || said == "equal") ++wrong;
  }

  unsigned found = 0;
  unsigned wrong = 0;
  unsigned decided_at_once = 0;
  unsigned beyond_telling = 0;
  std::vector<double> announcements{};

 private:
  std::string timed(unsigned rounds) const {
    return verdict("wall-time", {"--source", "measured", "-e", "page-faults", "-r", std::to_string(rounds)});
  }

  std::string verdict(const std::string& event, const std::vector<std::string>& more) const {
    const std::string loop = options_.loop + " loop ";
    std::vector<std::string> words = {options_.countercheck,
                                      "compare",
                                      "--region",
                                      "-q",
                                      "-o",
                                      folder_ / "results.json",
                                      loop + std::to_string(options_.turns),
                                      loop + std::to_string(options_.turns / kTurns * (kTurns + 1))};
    words.insert(words.end(), more.begin(), more.end());
    output_of(folder_, words);
    return verdict_on(event, report("csv"));
  }

  std::string report(const char* form) const {
    return output_of(folder_, {options_.countercheck, "report", folder_ / "results.json", "--form", form});
  }

  struct Announced {
    unsigned rounds;
    bool decide;  // else they would tell how many do
  };

  // "To decide the time of one against the other: about 60 more rounds (-r 80), …", or "How many rounds would decide …
  // cannot be told from these 15, …: 60 (-r 60) tell more".
  std::optional<Announced> announced() const {
    const std::string text = report("text");
    std::smatch found_there;
    if (!std::regex_search(text, found_there, std::regex("\\(-r\\s+([0-9]+)\\)(\\s+tell\\s+more)?")))
      return std::nullopt;
    return Announced{static_cast<unsigned>(std::stoul(found_there[1].str())), !found_there[2].matched};
  }

  const Options& options_;
  fs::path folder_;
};

void measure(const Options& options) {
  std::string pattern = fs::temp_directory_path() / "countercheck-power-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("there is no place for temporary files");
  const fs::path folder = pattern;
  Bench bench(options, folder);
  unsigned by_instructions = 0;
  for (unsigned comparison = 0; comparison < options.comparisons; ++comparison) {
    by_instructions += bench.found_by_instructions() ? 1 : 0;
    bench.by_time();
    std::fprintf(stderr, "\r%u of %u; found so far: %u by instructions, %u by time", comparison + 1,
                 options.comparisons, by_instructions, bench.found);
  }
  std::fputs("\n", stderr);
  fs::remove_all(folder);
  std::printf("A loop of %u turns against itself with 2 %% more:\n\n  found of %-5u by\n", options.turns,
              options.comparisons);
  std::printf("  %-14u instructions, simulated, one sample of each\n", by_instructions);
  std::printf("  %-14u time: %u rounds, and where they did not decide, as many as they announced\n\n", bench.found,
              options.rounds);
  std::printf("By time %u were called better or equal. %u were decided by the first %u rounds", bench.wrong,
              bench.decided_at_once, options.rounds);
  if (!bench.announcements.empty()) {
    const Spread spread = quartiles(bench.announcements);
    std::printf("; the others announced\n%.0f rounds (half of them between %.0f and %.0f)", spread.middle, spread.low,
                spread.high);
  }
  if (bench.beyond_telling > 0) std::printf("; %u could not tell how many, and are not found", bench.beyond_telling);
  std::puts(".");
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(
      "Compares a loop with itself made longer by exactly 2 %, and counts how often countercheck compare calls it "
      "worse:\n"
      "by instructions, simulated, and by time, with the number of rounds that it announces itself.",
      "scripts/bench power");
  declare(app, options);
  run_benchmark(app, argc, argv, [&] { measure(options); });
}
