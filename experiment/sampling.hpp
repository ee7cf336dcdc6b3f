#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <vector>

#include "experiment/results.hpp"
#include "experiment/runner.hpp"
#include "experiment/turns.hpp"

namespace countercheck {

// Takes samples one after the other, and gives up variants that did not complete.
class Sampling {
 public:
  // Runs one sample; and is told of one that did not complete, whose variant is then given up.
  using Take = std::function<Sample(const Turn&)>;
  using Tell = std::function<void(const Sample&)>;

  Sampling(Experiment& experiment, const Company& company, Take take, Tell tell);

  void give_up(std::size_t variant) { given_up_.insert(variant); }
  void expect(std::size_t total) { total_ = total; }

  // Whether nothing is left to be done: an interruption, or no variant that completes.
  bool over() const { return course_.interrupted_by != 0 || given_up_.size() == experiment_.variants.size(); }
  const Course& course() const { return course_; }
  double elapsed() const;  // seconds

  // One round, or what there is of it until an interruption. `turn` tells all but the place.
  void round(const std::vector<Place>& places, Turn turn);

 private:
  bool prepare(std::size_t variant);
  void sample(const Turn& turn);

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

// The rounds of variants that take turns with each other.
class Leg {
 public:
  Leg(Experiment& experiment, const std::vector<std::size_t>& variants, Sampling& sampling)
      : experiment_(experiment), variants_(variants), sampling_(sampling) {}

  void warm_up();

  // So many rounds (0: as many as fit), until `limit` seconds after the experiment began, or until it is `enough`.
  Stop run(unsigned planned, double limit, const Enough& enough);

  unsigned taken() const { return taken_; }

 private:
  RoundOrder order_of(bool warm_up) const;
  Turn turn_of(unsigned round, bool warm_up) const;

  Experiment& experiment_;
  const std::vector<std::size_t>& variants_;
  Sampling& sampling_;
  unsigned taken_ = 0;
};

}  // namespace countercheck
