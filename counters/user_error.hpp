#pragma once

#include <stdexcept>
#include <string>

namespace countercheck {

// What kind of trouble a user met; the command line gives each its exit status.
enum class Trouble {
  usage,        // an unknown option, event, variant; a value out of range
  file,         // a results file that cannot be read or written
  not_started,  // the measured command could not be started
  failed,       // the measured command failed
  timed_out,    // the measured command ran past its limit
  output,       // standard output could not be written
  interrupted,  // SIGINT, SIGTERM or SIGHUP; status is the signal
};

// A mistake or mishap that the user can do something about: one sentence that says what. Caught in main, nowhere else.
class UserError : public std::runtime_error {
 public:
  UserError(Trouble trouble, const std::string& sentence, int signal = 0)
      : std::runtime_error(sentence), trouble_(trouble), signal_(signal) {}

  Trouble trouble() const { return trouble_; }
  int signal() const { return signal_; }

 private:
  Trouble trouble_;
  int signal_;
};

}  // namespace countercheck
