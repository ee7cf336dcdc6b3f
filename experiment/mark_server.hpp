#pragma once

#include <functional>
#include <thread>

#include "counters/descriptor.hpp"

namespace countercheck {

// Answers the marks of a measured program that wait for an answer (workloads/region.h): one byte in, 'b' where the
// region begins and 'e' where it ends, one byte back when what had to be done there is done. On a thread of its own,
// for the launcher waits for the program's end meanwhile.
class MarkServer {
 public:
  MarkServer();  // throws UserError when there is no descriptor for it
  ~MarkServer() { stop(); }
  MarkServer(const MarkServer&) = delete;
  MarkServer& operator=(const MarkServer&) = delete;

  // The end that the program is to inherit; close-on-exec until then.
  int descriptor() const { return theirs_.get(); }

  // What an earlier program left unanswered is dropped.
  void start(std::function<void(char)> at_mark);
  void stop();

 private:
  Descriptor ours_;
  Descriptor theirs_;
  std::thread thread_;
};

}  // namespace countercheck
