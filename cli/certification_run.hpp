#pragma once

#include <string>
#include <vector>

#include "counters/countable.hpp"
#include "experiment/machine.hpp"
#include "experiment/runner.hpp"
#include "experiment/stamp.hpp"
#include "experiment/truth.hpp"

namespace countercheck {

// An event to certify, and the quantity it is held against.
struct Candidate {
  Countable countable;
  std::string claims;
};

// Runs the kernels of known truth under each candidate, and judges what was read.
class CertificationRun {
 public:
  CertificationRun(std::vector<Candidate> candidates, unsigned rounds);

  // Software events share the runs; a hardware event has runs of its own, so that nothing is ever multiplexed.
  Course run();

  const std::vector<Stamp>& stamps() const { return stamps_; }
  const std::vector<std::string>& unjudged() const { return unjudged_; }  // sentences on events that got no stamp
  const std::vector<std::string>& notes() const { return notes_; }
  const Machine& machine() const { return machine_; }

 private:
  void note(std::string sentence);
  std::vector<std::string> command(const TruthKernel& kernel, bool many);
  Course measure(const std::vector<const Candidate*>& together);
  void judge(const Candidate& candidate, const std::vector<TruthReading>& readings);

  std::vector<Candidate> candidates_;
  unsigned rounds_;
  Machine machine_;
  std::string program_;
  std::vector<TruthKernel> kernels_;
  std::vector<Stamp> stamps_;
  std::vector<std::string> unjudged_;
  std::vector<std::string> notes_;
};

}  // namespace countercheck
