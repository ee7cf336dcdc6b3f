#include "experiment/runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "counters/user_error.hpp"
#include "experiment/ending.hpp"
#include "experiment/program.hpp"
#include "experiment/time_budget.hpp"

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
                  experiment.variants[variant].name);
  auto& notes = experiment.notes;
  if (std::find(notes.begin(), notes.end(), sentence) == notes.end()) notes.push_back(sentence);
}

std::string with_output(std::string sentence, CapturedOutput& output) {
  constexpr std::size_t kLines = 5;
  if (output.empty()) return sentence;
  const std::string lines = output.last_lines(kLines);
  const std::string kept = output.keep();
  sentence += kept.empty() ? "; the last lines of its output:"
                           : fmt::format("; its output is in {}, the last lines are:", kept);
  return fmt::format("{}\n{}", sentence, lines);
}

// One sample after the other: in each round every variant has its turn.
class Turns {
 public:
  Turns(Experiment& experiment, ResultsFile* file, Observer& observer)
      : experiment_(experiment), file_(file), observer_(observer) {
    if (!experiment.samples.empty()) before_ = experiment.samples.back().started + experiment.samples.back().lasted;
  }

  // `take` runs one; `tell` is called with a sample that did not complete, whose variant is then given up.
  template <typename Take, typename Tell>
  Course run(Pass pass, unsigned rounds, std::set<std::size_t> given_up, Take take, Tell tell) {
    const std::size_t variants = experiment_.variants.size();
    const std::size_t passes = pass == Pass::measured ? samples_in_round(experiment_) : 1;
    const std::size_t in_round = variants * passes;
    Course course;
    Turn turn{.pass = pass, .total = in_round * rounds};
    for (turn.round = 0; turn.round < rounds; ++turn.round) {
      for (std::size_t place = 0; place < in_round; ++place, ++turn.done) {
        turn.variant = (place + turn.round) % variants;
        turn.event_pass = static_cast<unsigned>((place / variants + turn.round) % passes);
        if (given_up.contains(turn.variant)) continue;
        observer_.about_to_launch(experiment_, turn);
        const auto started = std::chrono::steady_clock::now() - begun_;
        Sample sample = take(turn);
        sample.variant = turn.variant;
        sample.round = turn.round;
        sample.pass = pass;
        sample.started = before_ + static_cast<std::uint64_t>(std::chrono::nanoseconds(started).count());
        note(sample, course);
        experiment_.samples.push_back(std::move(sample));
        if (file_) file_->append_last_sample(experiment_);
        if (course.interrupted_by != 0) return course;
        if (experiment_.samples.back().ending != Ending::completed) {
          given_up.insert(turn.variant);
          tell(experiment_.samples.back());
        }
      }
    }
    return course;
  }

 private:
  Experiment& experiment_;
  ResultsFile* file_;
  Observer& observer_;
  std::uint64_t before_ = 0;  // ns that earlier passes took
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

// Variants that were measured and have no completed sample.
std::set<std::size_t> never_completed(const Experiment& experiment) {
  std::set<std::size_t> failed;
  for (const auto& sample : experiment.samples) {
    if (sample.ending != Ending::completed) failed.insert(sample.variant);
  }
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

}  // namespace

std::vector<std::string> find_programs(const std::vector<Variant>& variants) {
  std::vector<std::string> programs;
  for (const auto& variant : variants) {
    const auto found = find_program(variant.command.front());
    if (const int* error = std::get_if<int>(&found)) {
      throw UserError(Trouble::not_started, explain_not_started(variant.command.front(), *error));
    }
    programs.push_back(std::get<std::string>(found));
  }
  return programs;
}

Course run_experiment(Experiment& experiment, const std::vector<std::string>& programs, LaunchSettings settings,
                      ResultsFile* file, Observer& observer) {
  Launcher launcher(std::move(settings));
  const auto take = [&](const Turn& turn) {
    Sample sample = launcher.launch(programs[turn.variant], experiment.variants[turn.variant].command, turn.event_pass);
    if (launcher.left_processes()) note_left_processes(experiment, turn.variant);
    return sample;
  };
  const auto give_up = [&](const Sample& sample) {
    observer.failed(with_output(explain_ending(sample, experiment.variants[sample.variant]), launcher.output()));
  };
  return Turns(experiment, file, observer).run(Pass::measured, experiment.rounds, {}, take, give_up);
}

Course simulate_experiment(Experiment& experiment, const std::vector<std::string>& programs, Simulator& simulator,
                           unsigned rounds, ResultsFile* file, Observer& observer) {
  const auto given_up = never_completed(experiment);
  const bool measured = !experiment.samples.empty();
  const std::size_t variants = experiment.variants.size() - given_up.size();
  const auto guess = simulation_seconds(experiment, simulator.engine().kind);
  bool announced = guess.value_or(0) > kAnnouncedSeconds;
  if (announced) observer.announce(announcement(experiment, variants, *guess));
  const auto take = [&](const Turn& turn) {
    Sample sample = simulator.run(programs[turn.variant], experiment.variants[turn.variant]);
    // Where nothing was measured, the first variant tells how long the others will take.
    const double left = static_cast<double>(sample.lasted) * 1e-9 * static_cast<double>(turn.total - turn.done - 1);
    if (!measured && !announced && left > kAnnouncedSeconds) {
      observer.announce(announcement(experiment, variants, left));
      announced = true;
    }
    return sample;
  };
  const auto give_up = [&](const Sample& sample) {
    if (!measured) observer.failed(why_not_simulated(sample));
  };
  Course course = Turns(experiment, file, observer).run(Pass::simulated, rounds, given_up, take, give_up);
  if (measured) course = Course{.interrupted_by = course.interrupted_by};
  return course;
}

}  // namespace countercheck
