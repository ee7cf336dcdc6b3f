#include "experiment/runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <set>
#include <utility>

#include "counters/counted_noun.hpp"
#include "counters/user_error.hpp"
#include "experiment/ending.hpp"
#include "experiment/layouts.hpp"
#include "experiment/points.hpp"
#include "experiment/program.hpp"
#include "experiment/sampling.hpp"
#include "experiment/time_budget.hpp"

namespace countercheck {
namespace {

void note_once(Experiment& experiment, const std::string& sentence) {
  auto& notes = experiment.notes;
  if (std::find(notes.begin(), notes.end(), sentence) == notes.end()) notes.push_back(sentence);
}

void note_left_processes(Experiment& experiment, std::size_t variant) {
  note_once(experiment, fmt::format("{} left processes running when it ended; they were ended before the next sample",
                                    full_name(experiment.variants[variant])));
}

std::string number_of_rounds(unsigned rounds) {
  return counted_noun(rounds, "round") + (rounds == 1 ? " was" : " were");
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
    if (launcher.not_moved()) {
      note_once(
          experiment,
          fmt::format("the layouts hold only in part: the heap and the mappings of {} stay where they are, for {}",
                      full_name(experiment.variants[turn.variant]), *launcher.not_moved()));
    }
    return sample;
  };
  const auto give_up = [&](const Sample& sample) {
    company.observer.failed(
        with_output(explain_ending(sample, experiment.variants[sample.variant]), launcher.output()));
  };
  Sampling sampling(experiment, company, take, give_up);
  const unsigned planned = experiment.rounds;
  const auto legs = legs_of(experiment.plan.order, experiment.variants.size());
  sampling.expect(planned == 0 ? 0
                               : (experiment.plan.warm_up + planned) * experiment.variants.size() *
                                     samples_in_round(experiment));
  unsigned most = 0;
  Stop stop = Stop::done;
  for (std::size_t i = 0; i < legs.size(); ++i) {
    Leg leg(experiment, legs[i], sampling);
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
  return sampling.course();
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
  Sampling sampling(experiment, company, take, give_up);
  for (const auto variant : given_up) sampling.give_up(variant);
  sampling.expect(rounds * experiment.variants.size());
  std::vector<Place> places;
  for (std::size_t variant = 0; variant < experiment.variants.size(); ++variant) places.push_back({variant});
  for (unsigned round = 0; round < rounds && !sampling.over(); ++round) {
    sampling.round(places, {.round = round, .pass = Pass::simulated});
  }
  return measured ? Course{.interrupted_by = sampling.course().interrupted_by} : sampling.course();
}

}  // namespace countercheck
