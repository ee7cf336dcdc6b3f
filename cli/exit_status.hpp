#pragma once

#include "counters/user_error.hpp"

namespace countercheck {

// The documented list: README.md and the manual print it.
enum ExitStatus : int {
  kSuccess = 0,
  kFinding = 1,        // a variant's digest differs, an expectation is refuted; check: worse; verify: a figure differs;
                       // doctor: only software events; certify: an event is not certified
  kNothingCounts = 2,  // doctor, certify: nothing can be counted
  kUndecided = 2,      // check: the samples do not support an answer
  kUsage = 3,          // an unknown option, event or variant; a bad value
  kFile = 4,           // a results file or the history cannot be read or written
  kNotStarted = 5,     // the measured command could not be started
  kCommandFailed = 6,  // it failed or was killed by a signal
  kTimedOut = 7,       // it ran past --timeout
  kOutput = 8,         // standard output could not be written
  kInternal = 9,       // a mistake of ours
  kSignalled = 128,    // plus the signal: countercheck was interrupted
};

int exit_status(const UserError& error);

}  // namespace countercheck
