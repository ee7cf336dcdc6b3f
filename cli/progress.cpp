#include "cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "cli/terminal.hpp"
#include "experiment/points.hpp"
#include "reports/text_width.hpp"

namespace countercheck {
namespace {

std::string time_left(std::chrono::duration<double> spent, std::size_t done, std::size_t total) {
  if (done == 0) return "";
  const double seconds = spent.count() / static_cast<double>(done) * static_cast<double>(total - done);
  if (seconds < 1) return "";
  if (seconds < 90) return fmt::format(", about {:.0f} s left", seconds);
  return fmt::format(", about {:.0f} min left", seconds / 60);
}

}  // namespace

Progress::Progress(bool quiet) : quiet_(quiet), shown_(!quiet && is_terminal(STDERR_FILENO)) {}

Progress::~Progress() {
  wipe();
}

void Progress::wipe() {
  if (line_is_there_) fmt::print(stderr, "\r\033[K");
  std::fflush(stderr);
  line_is_there_ = false;
}

void Progress::about_to_launch(const Experiment& experiment, const Turn& turn) {
  if (!shown_) return;
  wipe();
  if (turn.done == 0) begun_ = std::chrono::steady_clock::now();  // each pass has its own pace
  const std::string name =
      experiment.kind == Kind::comparison ? full_name(experiment.variants[turn.variant]) + ", " : "";
  std::string what =
      turn.pass == Pass::simulated ? "simulated" : fmt::format("round {} of {}", turn.round + 1, experiment.rounds);
  if (turn.pass == Pass::measured && samples_in_round(experiment) > 1) {
    what += fmt::format(", pass {} of {}", turn.event_pass + 1, samples_in_round(experiment));
  }
  const std::string line = fmt::format("[{}/{}] {}{}{}", turn.done + 1, turn.total, name, what,
                                       time_left(std::chrono::steady_clock::now() - begun_, turn.done, turn.total));
  // A line that wrapped could not be wiped.
  fmt::print(stderr, "{}", cut(line, terminal_width() - 1));
  std::fflush(stderr);
  line_is_there_ = true;
}

void Progress::announce(const std::string& sentence) {
  if (quiet_) return;
  wipe();
  fmt::print(stderr, "countercheck: {}\n", sentence);
}

void Progress::failed(const std::string& sentence) {
  wipe();
  fmt::print(stderr, "countercheck: {}\n", sentence);
}

}  // namespace countercheck
