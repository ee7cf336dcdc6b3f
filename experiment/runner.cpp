#include "experiment/runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <limits>
#include <set>
#include <utility>

#include "counters/user_error.hpp"
#include "experiment/ending.hpp"
#include "experiment/layouts.hpp"
#include "experiment/points.hpp"
#include "experiment/program.hpp"
#include "experiment/time_budget.hpp"
#include "experiment/turns.hpp"

namespace countercheck {
namespace {

void note(const Sample& sample, Course& course) {
  switch (sample.ending) {
    case Ending::completed:
      break;
    case Ending::failed:
    case Ending::signalled:
      course.failed = true;
      break;
    case Ending::timed_out:
      course.timed_out = true;
      break;
    case Ending::not_started:
      course.not_started = true;
      break;
    case Ending::interrupted:
      course.interrupted_by = sample.status;
      break;
  }
}

void note_left_processes(Experiment& experiment, std::size_t variant) {
  const std::string sentence =
      fmt::format("{} left processes running when it ended; they were ended before the next sample",
                  full_name(experiment.variants[variant]));
  auto& notes = experiment.notes;
  if (std::find(notes.begin(), notes.end(), sentence) == notes.end()) notes.push_back(sentence);
}

// Takes samples one after the other.
class Turns {
 public:
  // Runs one sample; and is told of one that did not complete, whose variant is then given up.
  using Take = std::function<Sample(const Turn&)>;
  using Tell = std::function<void(const Sample&)>;

  Turns(Experiment& experiment, const Company& company, Take take, Tell tell)
      : experiment_(experiment), company_(company), take_(std::move(take)), tell_(std::move(tell)) {
    if (!experiment.samples.empty()) before_ = experiment.samples.back().started + experiment.samples.back().lasted;
  }

  void give_up(std::size_t variant) { given_up_.insert(variant); }
  void expect(std::size_t total) { total_ = total; }

  // Whether nothing is left to be done: an interruption, or no variant that completes.
  bool over() const { return course_.interrupted_by != 0 || given_up_.size() == experiment_.variants.size(); }
  const Course& course() const { return course_; }

  double elapsed() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count(); }

  // One round, or what there is of it until an interruption. `turn` tells all but the place.
  void round(const std::vector<Place>& places, Turn turn) {
    turn.total = total_;
    for (const auto& place : places) {
      turn.variant = place.variant;
      turn.event_pass = place.event_pass;
      turn.done = done_++;
      if (!given_up_.contains(turn.variant)) sample(turn);
      if (course_.interrupted_by != 0) return;
    }
  }

 private:
  // Its setup and what prepares it; false: there is nothing to be measured.
  bool prepare(std::size_t variant) {
    const auto failure = company_.chores.before_sample(variant);
    if (!failure) return true;
    give_up(variant);
    course_.failed = true;
    course_.interrupted_by = company_.chores.interrupted_by();
    if (course_.interrupted_by != 0) return false;
    company_.observer.failed(failure->with_output);
    experiment_.notes.push_back(failure->sentence);
    return false;
  }

  void sample(const Turn& turn) {
    company_.observer.about_to_launch(experiment_, turn);
    if (!prepare(turn.variant)) return;
    const auto started = std::chrono::steady_clock::now() - begun_;
    Sample sample = take_(turn);
    sample.variant = turn.variant;
    sample.round = turn.round;
    sample.warm_up = turn.warm_up;
    sample.layout = turn.layout;
    sample.pass = turn.pass;
    sample.started = before_ + static_cast<std::uint64_t>(std::chrono::nanoseconds(started).count());
    note(sample, course_);
    experiment_.samples.push_back(std::move(sample));
    if (company_.file) company_.file->append_last_sample(experiment_);
    const Sample& taken = experiment_.samples.back();
    if (taken.ending == Ending::completed || course_.interrupted_by != 0) return;
    give_up(turn.variant);
    tell_(taken);
  }

  Experiment& experiment_;
  Company company_;
  Take take_;
  Tell tell_;
  Course course_{};
  std::set<std::size_t> given_up_{};
  std::size_t done_ = 0;
  std::size_t total_ = 0;
  std::uint64_t before_ = 0;  // ns that earlier passes took
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

// Why a leg ended before all of its rounds were taken.
enum class Stop { done, time, enough };

// The rounds of variants that take turns with each other, until `limit` seconds after the experiment began. `rounds`
// is what was planned, or 0; then what was taken.
class Leg {
 public:
  Leg(Experiment& experiment, const std::vector<std::size_t>& variants, Turns& turns)
      : experiment_(experiment), variants_(variants), turns_(turns) {}

  void warm_up() {
    RoundOrder order = order_of(true);
    for (unsigned round = 0; round < experiment_.plan.warm_up && !turns_.over(); ++round) {
      turns_.round(order.next(), turn_of(round, true));
    }
  }

  Stop run(unsigned planned, double limit, const Enough& enough) {
    RoundOrder order = order_of(false);
    const double begun = turns_.elapsed();
    for (taken_ = 0; planned == 0 || taken_ < planned; ++taken_) {
      if (turns_.over()) return Stop::done;
      const double now = turns_.elapsed();
      if (!another_round_fits(now, now - begun, taken_, limit)) return Stop::time;
      if (taken_ > 0 && enough && enough(experiment_)) return Stop::enough;
      // Where only the time decides, the file holds at any moment what was planned until then.
      experiment_.rounds = std::max(experiment_.rounds, taken_ + 1);
      turns_.round(order.next(), turn_of(taken_, false));
    }
    return Stop::done;
  }

  unsigned taken() const { return taken_; }

 private:
  RoundOrder order_of(bool warm_up) const {
    return {variants_, samples_in_round(experiment_), experiment_.plan.seed, warm_up};
  }
  Turn turn_of(unsigned round, bool warm_up) const {
    return {.round = round, .warm_up = warm_up, .layout = round % experiment_.plan.layouts};
  }

  Experiment& experiment_;
  const std::vector<std::size_t>& variants_;
  Turns& turns_;
  unsigned taken_ = 0;
};

std::string number_of_rounds(unsigned rounds) {
  return fmt::format("{} round{} {}", rounds, rounds == 1 ? "" : "s", rounds == 1 ? "was" : "were");
}

// Why fewer rounds than planned, 0 for as many as the time allows, were taken.
std::string why_fewer(Stop stop, unsigned taken, unsigned planned, const Plan& plan) {
  const std::string rounds =
      planned == 0 ? number_of_rounds(taken) : fmt::format("{} of {} rounds were", taken, planned);
  if (stop == Stop::enough) return fmt::format("{} taken: what was asked was then decided (--early)", rounds);
  return fmt::format("{} taken: another would have ended after the {:g} s of --duration", rounds,
                     plan.seconds.value_or(0));
}

// Variants without a completed sample, one whose setup failed among them; none where nothing was measured.
std::set<std::size_t> never_completed(const Experiment& experiment) {
  std::set<std::size_t> failed;
  if (experiment.samples.empty()) return failed;
  for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) failed.insert(variant);
  for (const auto& sample : experiment.samples) {
    if (sample.ending == Ending::completed) failed.erase(sample.variant);
  }
  return failed;
}

// The reason that all readings of a sample share that should have been simulated.
std::string why_not_simulated(const Sample& sample) {
  for (const auto& reading : sample.readings) {
    const Absence* const why = absence(reading);
    if (why && why->reason == AbsenceReason::not_simulated) return why->sentence;
  }
  return "nothing was simulated";
}

// A name with a slash is looked for from the variant's folder, as the shell does after cd.
std::string program_of(const Variant& variant) {
  namespace fs = std::filesystem;
  std::string name = variant.command.front();
  std::error_code error;
  if (!variant.folder.empty()) {
    if (!fs::is_directory(variant.folder, error)) {
      throw UserError(Trouble::not_started,
                      fmt::format("there is no folder '{}', in which {} is to run", variant.folder, variant.name));
    }
    if (name.find('/') != std::string::npos) name = fs::path(variant.folder) / name;
  }
  const auto found = find_program(name);
  if (const int* why = std::get_if<int>(&found)) throw UserError(Trouble::not_started, explain_not_started(name, *why));
  const auto& path = std::get<std::string>(found);
  return variant.folder.empty() ? path : fs::absolute(path).string();
}

}  // namespace

std::vector<std::string> find_programs(const std::vector<Variant>& variants) {
  std::vector<std::string> programs;
  for (const auto& variant : variants) programs.push_back(program_of(variant));
  return programs;
}

Course run_experiment(Experiment& experiment, const std::vector<std::string>& programs, LaunchSettings settings,
                      const Company& company, const Enough& enough) {
  const auto layouts = layouts_of(experiment.plan);
  Launcher launcher(std::move(settings));
  const auto take = [&](const Turn& turn) {
    const Variant& variant = experiment.variants[turn.variant];
    Surroundings surroundings{.environment = variant.environment, .folder = variant.folder};
    if (!layouts.empty()) surroundings.layout = layouts[turn.layout];
    Sample sample = launcher.launch(programs[turn.variant], variant.command, turn.event_pass, surroundings);
    if (launcher.left_processes()) note_left_processes(experiment, turn.variant);
    return sample;
  };
  const auto give_up = [&](const Sample& sample) {
    company.observer.failed(
        with_output(explain_ending(sample, experiment.variants[sample.variant]), launcher.output()));
  };
  Turns turns(experiment, company, take, give_up);
  const unsigned planned = experiment.rounds;
  const auto legs = legs_of(experiment.plan.order, experiment.variants.size());
  turns.expect(planned == 0
                   ? 0
                   : (experiment.plan.warm_up + planned) * experiment.variants.size() * samples_in_round(experiment));
  unsigned most = 0;
  Stop stop = Stop::done;
  for (std::size_t i = 0; i < legs.size(); ++i) {
    Leg leg(experiment, legs[i], turns);
    leg.warm_up();
    // What others do gives each command a time of its own.
    const double share = static_cast<double>(i + 1) / static_cast<double>(legs.size());
    const double limit = share * experiment.plan.seconds.value_or(std::numeric_limits<double>::infinity());
    const Stop end = leg.run(planned, limit, legs.size() == 1 ? enough : Enough());
    if (end != Stop::done) stop = end;
    most = std::max(most, leg.taken());
  }
  if (stop != Stop::done && most > 0) {
    experiment.rounds = most;
    if (most < planned || stop == Stop::enough) {
      experiment.notes.push_back(why_fewer(stop, most, planned, experiment.plan));
    }
  }
  return turns.course();
}

Course simulate_experiment(Experiment& experiment, const std::vector<std::string>& programs, Simulator& simulator,
                           unsigned rounds, const Company& company) {
  const auto given_up = never_completed(experiment);
  const bool measured = !experiment.samples.empty();
  const std::size_t variants = experiment.variants.size() - given_up.size();
  const auto guess = simulation_seconds(experiment, simulator.engine().kind);
  bool announced = guess.value_or(0) > kAnnouncedSeconds;
  if (announced) company.observer.announce(announcement(experiment, variants, *guess));
  const auto take = [&](const Turn& turn) {
    Sample sample = simulator.run(programs[turn.variant], experiment.variants[turn.variant]);
    // Where nothing was measured, the first variant tells how long the others will take.
    const double left = static_cast<double>(sample.lasted) * 1e-9 * static_cast<double>(turn.total - turn.done - 1);
    if (!measured && !announced && left > kAnnouncedSeconds) {
      company.observer.announce(announcement(experiment, variants, left));
      announced = true;
    }
    return sample;
  };
  const auto give_up = [&](const Sample& sample) {
    if (!measured) company.observer.failed(why_not_simulated(sample));
  };
  Turns turns(experiment, company, take, give_up);
  for (const auto variant : given_up) turns.give_up(variant);
  turns.expect(rounds * experiment.variants.size());
  std::vector<Place> places;
  for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) places.push_back({variant});
  for (unsigned round = 0; round < rounds && !turns.over(); ++round) {
    turns.round(places, {.round = round, .pass = Pass::simulated});
  }
  return measured ? Course{.interrupted_by = turns.course().interrupted_by} : turns.course();
}

}  // namespace countercheck
