#pragma once

#include <map>
#include <string>
#include <vector>

namespace countercheck::workloads {

// One run of the built executable.
struct Ran {
  int status = -1;  // exit status; -1 when it did not exit
  std::string out;
  std::string err;
  std::string marks;  // what it wrote to the descriptor of COUNTERCHECK_REGION
};

struct Surroundings {
  bool region = true;    // set COUNTERCHECK_REGION
  bool one_cpu = false;  // an affinity mask of a single CPU
  std::string out{};     // a file instead of a pipe for standard output
  std::map<std::string, std::string> environment{};
};

Ran run_program(std::vector<std::string> words, const Surroundings& surroundings = {});

}  // namespace countercheck::workloads
