#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace countercheck {

// What a run of a program gave back.
struct Output {
  int status = -1;  // exit status; 128 + signal when it was killed
  std::string out;
  std::string err;
};

using Words = std::vector<std::string>;

// A program started with its standard output and error in files.
class Running {
 public:
  // `prepare` runs in the child just before exec.
  Running(const Words& command, const std::function<void()>& prepare = {});
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  pid_t pid() const { return pid_; }
  Output wait();

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  int err_ = -1;
};

Output run_command(const Words& command, const std::function<void()>& prepare = {});

// The real binary with these words.
Output countercheck_with(Words words, const std::function<void()>& prepare = {});

// The same as a user without rights. Where the binary lies may be closed to such a user, so a copy is run.
Output countercheck_as_nobody(const Words& words);

// A folder that goes with the test; everybody may look into it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& text, unsigned mode = 0644);

// Wrapped lines made one again, so that a sentence can be looked for whole.
std::string unwrapped(const std::string& text);

// The lines of a text that contain a word.
std::vector<std::string> lines_with(const std::string& text, const std::string& word);

// The first number of a line, commas left out; -1 when there is none.
double first_number(const std::string& line);

}  // namespace countercheck
