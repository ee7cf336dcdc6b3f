#pragma once

#include <string>

namespace countercheck {

// One side of a gate, as it was written on the command line.
struct GateSide {
  enum class Kind { file, command, revision };

  Kind kind = Kind::command;
  std::string text{};  // without the prefix that says its kind
};

// "file:", "command:" and "rev:" before it say what it is. Without one it is a results file, where there is a regular
// file of the name that begins as one; else a revision, where revisions are built and git knows it, or it can be no
// command; else a command. Throws UserError where a revision is meant and nothing says how to build it.
GateSide choose_side(const std::string& text, bool builds);

}  // namespace countercheck
