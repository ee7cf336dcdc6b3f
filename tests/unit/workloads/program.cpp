#include "tests/unit/workloads/program.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace countercheck::workloads {
namespace {

// An unnamed file: what is written to it can be any length without a reader at the other end.
int scratch() {
  return memfd_create("scratch", 0);
}

std::string content(int descriptor) {
  std::string text;
  std::array<char, 4096> chunk{};
  lseek(descriptor, 0, SEEK_SET);
  for (ssize_t got = 0; (got = read(descriptor, chunk.data(), chunk.size())) > 0;) {
    text.append(chunk.data(), static_cast<std::size_t>(got));
  }
  close(descriptor);
  return text;
}

void pin_to_one_cpu() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  sched_getaffinity(0, sizeof allowed, &allowed);
  std::size_t first = 0;
  while (first < CPU_SETSIZE - 1 && !CPU_ISSET(first, &allowed)) ++first;
  CPU_ZERO(&allowed);
  CPU_SET(first, &allowed);
  sched_setaffinity(0, sizeof allowed, &allowed);
}

}  // namespace

Ran run_program(std::vector<std::string> words, const Surroundings& surroundings) {
  words.insert(words.begin(), WORKLOAD_PROGRAM);
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  const int out = scratch();
  const int err = scratch();
  const int marks = scratch();
  const pid_t child = fork();
  if (child == 0) {
    dup2(surroundings.out.empty() ? out : open(surroundings.out.c_str(), O_WRONLY), STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    const std::string where = std::to_string(marks) + ":" + std::to_string(getpid());
    unsetenv("COUNTERCHECK_REGION");
    if (surroundings.region) setenv("COUNTERCHECK_REGION", where.c_str(), 1);
    unsetenv("OMP_WAIT_POLICY");
    for (const auto& [name, value] : surroundings.environment) setenv(name.c_str(), value.c_str(), 1);
    if (surroundings.one_cpu) pin_to_one_cpu();
    execv(argv[0], argv.data());
    _exit(127);
  }
  Ran ran;
  int ending = 0;
  waitpid(child, &ending, 0);
  if (WIFEXITED(ending)) ran.status = WEXITSTATUS(ending);
  ran.out = content(out);
  ran.err = content(err);
  ran.marks = content(marks);
  return ran;
}

}  // namespace countercheck::workloads
