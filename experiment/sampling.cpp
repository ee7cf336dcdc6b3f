#include "experiment/sampling.hpp"

#include <algorithm>
#include <utility>

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

}  // namespace

Sampling::Sampling(Experiment& experiment, const Company& company, Take take, Tell tell)
    : experiment_(experiment), company_(company), take_(std::move(take)), tell_(std::move(tell)) {
  if (!experiment.samples.empty()) before_ = experiment.samples.back().started + experiment.samples.back().lasted;
}

double Sampling::elapsed() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
}

void Sampling::round(const std::vector<Place>& places, Turn turn) {
  turn.total = total_;
  for (const auto& place : places) {
    turn.variant = place.variant;
    turn.event_pass = place.event_pass;
    turn.done = done_++;
    if (!given_up_.contains(turn.variant)) sample(turn);
    if (course_.interrupted_by != 0) return;
  }
}

// Its setup and what prepares it; false: there is nothing to be measured.
bool Sampling::prepare(std::size_t variant) {
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

void Sampling::sample(const Turn& turn) {
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

void Leg::warm_up() {
  RoundOrder order = order_of(true);
  for (unsigned round = 0; round < experiment_.plan.warm_up && !sampling_.over(); ++round) {
    sampling_.round(order.next(), turn_of(round, true));
  }
}

Stop Leg::run(unsigned planned, double limit, const Enough& enough) {
  RoundOrder order = order_of(false);
  const double begun = sampling_.elapsed();
  for (taken_ = 0; planned == 0 || taken_ < planned; ++taken_) {
    if (sampling_.over()) return Stop::done;
    const double now = sampling_.elapsed();
    if (!another_round_fits(now, now - begun, taken_, limit)) return Stop::time;
    if (taken_ > 0 && enough && enough(experiment_)) return Stop::enough;
    // Where only the time decides, the file holds at any moment what was planned until then.
    experiment_.rounds = std::max(experiment_.rounds, taken_ + 1);
    sampling_.round(order.next(), turn_of(taken_, false));
  }
  return Stop::done;
}

RoundOrder Leg::order_of(bool warm_up) const {
  return {variants_, samples_in_round(experiment_), experiment_.plan.seed, warm_up};
}

Turn Leg::turn_of(unsigned round, bool warm_up) const {
  return {.round = round, .warm_up = warm_up, .layout = round % experiment_.plan.layouts};
}

}  // namespace countercheck
