#include "cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

#include "cli/terminal.hpp"
#include "experiment/points.hpp"
#include "reports/text_width.hpp"

namespace countercheck {
namespace {

// What is done of a pass over all samples, from 0 to 1, by their number and by the time, whichever ends first.
double done_part(const Experiment& experiment, const Turn& turn, double elapsed) {
  const double by_number = turn.total == 0 ? 0 : static_cast<double>(turn.done) / static_cast<double>(turn.total);
  const bool limited = turn.pass == Pass::measured && experiment.plan.seconds;
  return std::min(1.0, std::max(by_number, limited ? elapsed / *experiment.plan.seconds : 0));
}

// ", about 20 s left"; of what takes minutes, the time of day as well.
std::string time_left(double elapsed, double done) {
  if (done == 0) return "";
  const double seconds = elapsed / done * (1 - done);
  if (seconds < 1) return "";
  if (seconds < 90) return fmt::format(", about {:.0f} s left", seconds);
  const std::time_t end = std::time(nullptr) + static_cast<std::time_t>(seconds);
  std::tm local{};
  localtime_r(&end, &local);
  return fmt::format(", about {:.0f} min left, until {:02}:{:02}", seconds / 60, local.tm_hour, local.tm_min);
}

// "roll-add, round 3 of 10, pass 1 of 2"
std::string place_text(const Experiment& experiment, const Turn& turn) {
  const std::string name =
      experiment.kind == Kind::comparison ? full_name(experiment.variants[turn.variant]) + ", " : "";
  if (turn.pass == Pass::simulated) return name + "simulated";
  std::string what = fmt::format("{} {}", turn.warm_up ? "warm-up" : "round", turn.round + 1);
  if (turn.warm_up || turn.total != 0) {
    what += fmt::format(" of {}", turn.warm_up ? experiment.plan.warm_up : experiment.rounds);
  }
  if (const unsigned passes = samples_in_round(experiment); passes > 1) {
    what += fmt::format(", pass {} of {}", turn.event_pass + 1, passes);
  }
  return name + what;
}

// "[#####-----] ", as far as there is room for it beside the text.
std::string bar(double done, std::size_t room) {
  constexpr std::size_t kLeast = 5;
  constexpr std::size_t kMost = 30;
  constexpr std::size_t kFrame = 3;
  if (room < kLeast + kFrame) return "";
  const std::size_t cells = std::min(kMost, room - kFrame);
  const auto full = static_cast<std::size_t>(done * static_cast<double>(cells));
  return fmt::format("[{}{}] ", std::string(full, '#'), std::string(cells - full, '-'));
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
  const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
  const double done = done_part(experiment, turn, elapsed);
  const std::string number =
      turn.total == 0 ? fmt::format("{}", turn.done + 1) : fmt::format("{}/{}", turn.done + 1, turn.total);
  const std::string text = fmt::format("{} {}{}", number, place_text(experiment, turn), time_left(elapsed, done));
  // A line that wrapped could not be wiped.
  const std::size_t width = terminal_width(STDERR_FILENO) - 1;
  const std::size_t taken = std::min<std::size_t>(width, display_width(text));
  fmt::print(stderr, "{}{}", bar(done, width - taken), cut(text, width));
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
