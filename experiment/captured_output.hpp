#pragma once

#include <cstddef>
#include <string>

#include "counters/descriptor.hpp"

namespace countercheck {

// What the measured programs write to their standard output and error: a file without a name, so that nothing is left
// behind, that can be given one when somebody must read it.
class CapturedOutput {
 public:
  CapturedOutput();

  int descriptor() const { return file_.get(); }
  void clear();
  bool empty() const;

  std::string text() const;

  // The last lines, at most so many, without the line end; long lines are cut at their beginning.
  std::string last_lines(std::size_t most) const;

  // Gives the file a name in $TMPDIR or /tmp and returns it; empty when it cannot.
  std::string keep();

 private:
  Descriptor file_;
};

// A sentence on a program that went wrong, with the last lines of what it wrote and where the rest of it is.
std::string with_output(std::string sentence, CapturedOutput& output);

}  // namespace countercheck
