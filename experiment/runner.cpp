#include "experiment/runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "counters/user_error.hpp"
#include "experiment/ending.hpp"
#include "experiment/program.hpp"

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
  const std::size_t variants = experiment.variants.size();
  const std::size_t total = variants * experiment.rounds;
  const auto begun = std::chrono::steady_clock::now();
  std::set<std::size_t> given_up;
  Course course;
  std::size_t done = 0;
  for (unsigned round = 0; round < experiment.rounds; ++round) {
    for (std::size_t turn = 0; turn < variants; ++turn, ++done) {
      const std::size_t variant = (turn + round) % variants;
      if (given_up.contains(variant)) continue;
      observer.about_to_launch(experiment, variant, done, total);
      const auto started = std::chrono::steady_clock::now() - begun;
      Sample sample = launcher.launch(programs[variant], experiment.variants[variant].command);
      sample.variant = variant;
      sample.round = round;
      sample.started = static_cast<std::uint64_t>(std::chrono::nanoseconds(started).count());
      note(sample, course);
      if (launcher.left_processes()) note_left_processes(experiment, variant);
      experiment.samples.push_back(std::move(sample));
      if (file) file->append_last_sample(experiment);
      if (course.interrupted_by != 0) return course;
      if (experiment.samples.back().ending != Ending::completed) {
        given_up.insert(variant);
        observer.failed(
            with_output(explain_ending(experiment.samples.back(), experiment.variants[variant]), launcher.output()));
      }
    }
  }
  return course;
}

}  // namespace countercheck
