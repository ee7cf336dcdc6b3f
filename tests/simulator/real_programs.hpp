#pragma once

#include <string>
#include <vector>

namespace countercheck {

// A command whose work is the same every time, to be simulated by several engines.
struct Program {
  std::string name;
  std::vector<std::string> command;  // the first word is a path
  std::string input = "/dev/null";   // a file, its standard input
  std::string missing{};             // why it cannot be run here; empty when it can
};

// gzip, sqlite3, python3, sort and gcc's cc1, each on an input that is written into `folder`, the same on every
// machine. `scale` is the amount of work: 1 takes each of them about a hundredth of a second of today's processors. One
// thread each, and nothing that changes from run to run, with the environment below.
std::vector<Program> real_programs(const std::string& folder, unsigned scale);

// The whole environment to run them in: hashes, languages and threads' ways of waiting that hold everywhere.
std::vector<std::string> plain_environment();

}  // namespace countercheck
