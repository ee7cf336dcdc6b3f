#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "experiment/launch.hpp"
#include "experiment/results.hpp"
#include "experiment/results_file.hpp"

namespace countercheck {

// Is told of the course of an experiment.
class Observer {
 public:
  virtual ~Observer() = default;
  // Before each sample: how many are done, of how many.
  virtual void about_to_launch(const Experiment& experiment, std::size_t variant, std::size_t done,
                               std::size_t total) = 0;
  // A sample did not complete: one sentence, with the last lines of its output and where the rest of it is.
  virtual void failed(const std::string& sentence) = 0;
};

// How the whole went; the worst of its samples' endings.
struct Course {
  bool not_started = false;
  bool failed = false;
  bool timed_out = false;
  int interrupted_by = 0;  // the signal; 0: none
};

// The path of every variant's program, in order. Throws UserError for the first that is not there: an experiment with a
// missing program does not begin.
std::vector<std::string> find_programs(const std::vector<Variant>& variants);

// Runs experiment.rounds rounds. In each round every variant has one sample; the round begins one variant later than
// the one before, so that a drift of the machine does not always meet the same variant first. A variant whose sample
// did not complete is not run again; an interruption ends all. Each sample goes to experiment.samples and, where there
// is one, to the file at once.
Course run_experiment(Experiment& experiment, const std::vector<std::string>& programs, LaunchSettings settings,
                      ResultsFile* file, Observer& observer);

}  // namespace countercheck
