#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/plan_choice.hpp"
#include "cli/simulating.hpp"
#include "counters/event.hpp"
#include "experiment/results.hpp"
#include "experiment/runner.hpp"
#include "experiment/suite.hpp"
#include "reports/report.hpp"

namespace countercheck {

// How a report is asked for, wherever one is printed.
struct ReportChoice {
  std::string form = "text";
  bool per_item = false;

  void declare(CLI::App& app);
};

// What `run` and `stat` have in common: how often, which events, where results go, how they are shown.
class Measuring {
 public:
  // Who prints a report of the experiment, and so has the options for it.
  enum class Reporting { here, by_others };

  // Declares the options; `rounds` is what is taken without -r.
  Measuring(CLI::App& app, unsigned rounds, Reporting reporting = Reporting::here);

  // Takes from a suite what the options do not say: events, what they run under, what is simulated. Its plan is for
  // measure().
  void take_from(const Suite& suite);

  // Puts into a suite what the options say of what is measured and how, its plan included.
  void put_into(Suite& suite) const;

  // Fills in what the options say (rounds, events, machine), runs the experiment, prints its report and returns the
  // exit status. What the options do not say, a suite may have asked.
  int measure(Experiment experiment, const PlanRequest& suite = {});

  // The same without a report, for who has one of its own.
  Course take_samples(Experiment& experiment, const PlanRequest& suite = {});

  // What is counted where -e does not say, in place of the book's thirteen.
  void set_usual_events(std::vector<std::string> events) { usual_events_ = std::move(events); }

  // The events of -e, as they were named; empty: none were.
  std::vector<std::string> named_events() const;

  bool quiet() const { return quiet_; }
  bool keeps_samples() const { return !results_.empty(); }

 private:
  std::vector<Event> chosen_events(const Experiment& experiment) const;

  unsigned rounds_;
  std::optional<std::string> events_;
  std::vector<std::string> usual_events_;  // empty: the book's thirteen
  std::optional<std::string> backend_;
  std::string results_;
  std::optional<std::string> input_;
  ReportChoice report_;
  SimulationChoice simulation_;
  PlanChoice plan_;
  std::optional<double> timeout_;
  bool split_ = false;
  bool multiplex_ = false;
  bool show_output_ = false;
  bool ignore_failure_ = false;
  bool quiet_ = false;
};

// The exit status of a run in which something went wrong; empty: all samples completed.
std::optional<int> status_of(const Course& course);

// Prints a report of an experiment to standard output as the terminal there wants it.
void print_report(const Experiment& experiment, const ReportChoice& choice);

}  // namespace countercheck
