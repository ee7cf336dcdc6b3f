#include "analysis/consistency.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "analysis/aggregate.hpp"
#include "analysis/event_names.hpp"
#include "analysis/outcomes.hpp"
#include "analysis/passes.hpp"
#include "analysis/plausibility.hpp"

namespace countercheck {
namespace {

// The clock and the scheduler are read one after the other, not at once.
constexpr std::uint64_t kSkew = 1'000'000;  // ns

// Of what stands left there cannot be more than of what stands right. On the simulator they are counted at the same
// accesses; two counters of a PMU may disagree.
constexpr std::pair<std::string_view, std::string_view> kPartAndWhole[] = {
    {"cache-misses", "cache-references"},         {"branch-misses", "branches"},
    {"L1-dcache-load-misses", "L1-dcache-loads"}, {"L1-dcache-store-misses", "L1-dcache-stores"},
    {"L1-icache-load-misses", "L1-icache-loads"}, {"LLC-load-misses", "LLC-loads"},
    {"LLC-store-misses", "LLC-stores"},           {"dTLB-load-misses", "dTLB-loads"},
    {"dTLB-store-misses", "dTLB-stores"},
};

class Checker {
 public:
  explicit Checker(const Experiment& experiment) : experiment_(experiment) {}

  Consistency check() {
    for (std::size_t at = 0; at < experiment_.samples.size(); ++at) {
      const Sample& sample = experiment_.samples[at];
      check_place(sample, at);
      check_time(sample, at);
      for (std::size_t event = 0; event < sample.readings.size(); ++event) {
        check_reading(sample.readings[event], experiment_.events[event], at);
      }
      check_parts(sample, at);
      check_processes(sample, at);
    }
    check_rounds();
    check_digests();
    remark_implausible();
    return std::move(found_);
  }

 private:
  std::string sample_name(std::size_t at) const {
    const Sample& sample = experiment_.samples[at];
    return "sample " + std::to_string(at + 1) + " (" + experiment_.variants[sample.variant].name + ", " +
           (sample.warm_up ? "warm-up " : "") + "round " + std::to_string(sample.round + 1) + ")";
  }
  void contradict(std::size_t at, const std::string& what) {
    found_.contradictions.push_back(sample_name(at) + ": " + what);
  }

  void check_place(const Sample& sample, std::size_t at) {
    const bool simulated_beside = sample.pass != main_pass(experiment_);
    const unsigned rounds = sample.warm_up ? experiment_.plan.warm_up : experiment_.rounds;
    if (!simulated_beside && sample.round >= rounds) {
      contradict(at, "its round is not one of the " + std::to_string(rounds) + " that were planned");
    }
    const auto place = std::tuple(sample.variant, sample.pass, sample.warm_up, sample.round, sample.event_pass);
    if (!taken_.insert(place).second) contradict(at, "its turn was taken before");
  }

  void check_time(const Sample& sample, std::size_t at) {
    if (at > 0) {
      const Sample& before = experiment_.samples[at - 1];
      if (sample.started < before.started) {
        contradict(at, "it started before the sample that stands before it");
      } else if (sample.started + kSkew < before.started + before.lasted) {
        contradict(at, "it started while the sample before it was still running");
      }
    }
    for (std::size_t event = 0; event < sample.readings.size(); ++event) {
      const Reading& reading = sample.readings[event];
      if (reading.source != Source::clock || sample.lasted == 0) continue;
      const auto value = raw(reading);
      if (value && *value > sample.lasted + kSkew) {
        contradict(at, experiment_.events[event] + " is longer than its process ran");
      }
    }
  }

  void check_reading(const Reading& reading, const std::string& event, std::size_t at) {
    if (reading.event != event) contradict(at, "a reading of " + reading.event + " stands in the place of " + event);
    if (reading.time_running > reading.time_enabled + kSkew) {
      contradict(at, event + " was counted for longer than its counter was open");
    }
    if (reading.cores.empty()) return;
    std::uint64_t sum = 0;
    for (const CoreCount& core : reading.cores) sum += core.value.value_or(0);
    if (raw(reading) && *raw(reading) != sum) contradict(at, event + " is not the sum over the types of cores");
  }

  void check_parts(const Sample& sample, std::size_t at) {
    for (const auto& [part_name, whole_name] : kPartAndWhole) {
      for (const Reading& part : sample.readings) {
        if (base_name(part.event) != part_name || !raw(part)) continue;
        for (const Reading& whole : sample.readings) {
          const bool beside = base_name(whole.event) == whole_name && raw(whole) && whole.source == part.source &&
                              whole.privilege == part.privilege && coverage(whole) == 1 && coverage(part) == 1;
          if (!beside || *raw(part) <= *raw(whole)) continue;
          const std::string what = "more " + part.event + " than " + whole.event;
          if (part.source == Source::sim) {
            contradict(at, what);
          } else {
            remark(sample_name(at) + ": " + what);
          }
        }
      }
    }
  }

  // The simulator tells the instructions of each thread, and their sum as a reading.
  void check_processes(const Sample& sample, std::size_t at) {
    if (sample.processes.empty()) return;
    std::uint64_t sum = 0;
    for (const SimulatedProcess& process : sample.processes) {
      for (const SimulatedThread& thread : process.threads) sum += thread.instructions;
    }
    for (const Reading& reading : sample.readings) {
      if (base_name(reading.event) != "instructions" || reading.source != Source::sim) continue;
      if (raw(reading) && *raw(reading) != sum) contradict(at, reading.event + " is not the sum over its threads");
    }
  }

  // A variant is given up after a sample that did not complete; until then no round is left out.
  void check_rounds() {
    std::map<std::tuple<std::size_t, Pass, bool, unsigned>, std::set<unsigned>> rounds;
    for (const Sample& sample : experiment_.samples) {
      rounds[{sample.variant, sample.pass, sample.warm_up, sample.event_pass}].insert(sample.round);
    }
    for (const auto& [series, seen] : rounds) {
      const auto& [variant, pass, warm_up, event_pass] = series;
      unsigned expected = 0;
      for (const unsigned round : seen) {
        if (round != expected) {
          found_.contradictions.push_back(experiment_.variants[variant].name + ": there is no sample of " +
                                          (warm_up ? "warm-up " : "") + "round " + std::to_string(expected + 1) +
                                          ", but one of round " + std::to_string(round + 1));
          break;
        }
        ++expected;
      }
    }
  }

  void check_digests() {
    for (std::size_t variant = 0; variant < experiment_.variants.size(); ++variant) {
      for (const Pass pass : {Pass::measured, Pass::simulated}) {
        const auto samples = completed_samples(experiment_, variant, pass);
        const auto other = std::find_if(samples.begin(), samples.end(), [&](const Sample* sample) {
          return sample->digest.size() != samples.front()->digest.size();
        });
        if (other == samples.end()) continue;
        const auto at = static_cast<std::size_t>(*other - experiment_.samples.data());
        contradict(at, "its digest has " + std::to_string((*other)->digest.size()) +
                           " parts, that of its first sample " + std::to_string(samples.front()->digest.size()));
      }
    }
  }

  void remark_implausible() {
    for (std::size_t variant = 0; variant < experiment_.variants.size(); ++variant) {
      for (std::size_t event = 0; event < experiment_.events.size(); ++event) {
        for (const std::string& sentence :
             implausibilities(experiment_, variant, event, pass_shown(experiment_, event))) {
          remark(experiment_.variants[variant].name + ": " + sentence);
        }
      }
    }
  }

  void remark(const std::string& sentence) {
    auto& remarks = found_.remarks;
    if (std::find(remarks.begin(), remarks.end(), sentence) == remarks.end()) remarks.push_back(sentence);
  }

  const Experiment& experiment_;
  Consistency found_;
  std::set<std::tuple<std::size_t, Pass, bool, unsigned, unsigned>> taken_;
};

}  // namespace

Consistency consistency_of(const Experiment& experiment) {
  return Checker(experiment).check();
}

}  // namespace countercheck
