#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "experiment/chores.hpp"
#include "experiment/launch.hpp"
#include "experiment/results.hpp"
#include "experiment/results_file.hpp"
#include "experiment/simulator.hpp"

namespace countercheck {

// One sample to come: how many are done in this pass, of how many at most.
struct Turn {
  std::size_t variant = 0;
  unsigned round = 0;
  bool warm_up = false;
  unsigned layout = 0;
  Pass pass = Pass::measured;
  unsigned event_pass = 0;  // of measured samples
  std::size_t done = 0;
  std::size_t total = 0;  // 0: only the time decides
};

// Is told of the course of an experiment.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void about_to_launch(const Experiment& experiment, const Turn& turn) = 0;
  // Something long is about to begin: one sentence.
  virtual void announce(const std::string& sentence) = 0;
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

// What goes with an experiment through all of its passes.
struct Company {
  ResultsFile* file = nullptr;  // takes every sample at once; null: none
  Observer& observer;
  Chores& chores;
};

// Asked after each round of all variants: whether what was asked is decided.
using Enough = std::function<bool(const Experiment&)>;

// Runs experiment.plan: its warm-up rounds, whose samples are marked, and then experiment.rounds rounds (0: as many as
// its seconds allow). In each round every variant has one sample for each pass over the events, in an order drawn by
// the plan's seed (RoundOrder), and all under the same layout. A variant whose sample did not complete is not run
// again; an interruption ends all. Fewer rounds are taken where the next would, by the mean so far, end after
// plan.seconds, or where it is `enough`; experiment.rounds then holds those taken, and a note says why. Each sample
// goes to experiment.samples and, where there is one, to the file at once.
Course run_experiment(Experiment& experiment, const std::vector<std::string>& programs, LaunchSettings settings,
                      const Company& company, const Enough& enough = {});

// Simulates every variant so many times, one after the other, for the order makes no difference to the counts; a
// variant that was measured and never completed is passed over. What could not be simulated is told in the samples, and
// is no failure of the experiment unless nothing else was measured. Announces itself where it will take long.
Course simulate_experiment(Experiment& experiment, const std::vector<std::string>& programs, Simulator& simulator,
                           unsigned rounds, const Company& company);

}  // namespace countercheck
