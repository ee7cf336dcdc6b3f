#include "cli/exit_status.hpp"

namespace countercheck {

int exit_status(const UserError& error) {
  switch (error.trouble()) {
    case Trouble::usage:
      return kUsage;
    case Trouble::file:
      return kFile;
    case Trouble::not_started:
      return kNotStarted;
    case Trouble::failed:
      return kCommandFailed;
    case Trouble::timed_out:
      return kTimedOut;
    case Trouble::output:
      return kOutput;
    case Trouble::interrupted:
      return kSignalled + error.signal();
  }
  return kInternal;
}

}  // namespace countercheck
