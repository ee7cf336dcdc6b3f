#pragma once

#include <cstdint>
#include <string>

#include "counters/descriptor.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// A results file that is whole JSON after every sample: the new sample is written over the closing brackets together
// with new ones, in one write. When the disk is full the old end is put back, so that all earlier samples stay.
class ResultsFile {
 public:
  // Creates or replaces the file. Throws UserError when it cannot.
  ResultsFile(const std::string& path, const Experiment& experiment);

  // Adds the experiment's last sample, and its rounds and notes as they stand now. Throws UserError when they could not
  // be written; the file then holds all earlier ones.
  void append_last_sample(const Experiment& experiment);

  // Writes the rounds and notes as they stand at the end. Throws UserError as above.
  void finish(const Experiment& experiment);

  const std::string& path() const { return path_; }

 private:
  void write(const std::string& text, const std::string& end);

  std::string path_;
  Descriptor file_;
  std::string end_;          // what closes the file: the brackets, with what is not known before
  std::int64_t end_at_ = 0;  // where that begins
  std::uint64_t samples_ = 0;
};

// Throws UserError, with the place, for a file that is missing, cut short or of another form.
Experiment read_results(const std::string& path);

// The two halves of it: the file as it is, and what such a text says; `name` is what complaints call it.
std::string results_text(const std::string& path);
Experiment results_from(const std::string& text, const std::string& name);

}  // namespace countercheck
