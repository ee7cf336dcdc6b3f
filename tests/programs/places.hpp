// Work of a known amount at each place where a program can do some, around and within its marked region:
//   PROGRAM [--before N] [--region N] [--after N] [--entries K] [--older-thread N] [--newer-thread N] [--fork N]
//           [--exec N] [--mark-from-thread 1]
// Everything but --before and --after happens within the marked region. --entries divides the region into K entries of
// N units each. --older-thread is done by a thread that began before the region, --newer-thread by one that begins in
// it, --fork by a child, --exec by the program run anew in a child. --mark-from-thread sets the marks in a thread,
// where they cannot switch the counters.
#pragma once

#include <semaphore.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <map>
#include <string>
#include <thread>

#include "workloads/region.h"

inline void wait_for(pid_t child) {
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0) std::abort();
}

// Work is made of an amount, which may allot but must not do anything yet; called, it does so much.
template <typename Work>
int work_at_places(int argc, char** argv) {
  std::map<std::string, std::size_t> n = {{"--before", 0},       {"--region", 0},  {"--after", 0},
                                          {"--older-thread", 0}, {"--fork", 0},    {"--newer-thread", 0},
                                          {"--exec", 0},         {"--entries", 1}, {"--mark-from-thread", 0}};
  for (int i = 1; i < argc; i += 2) n.at(argv[i]) = i + 1 < argc ? std::strtoul(argv[i + 1], nullptr, 10) : 1;
  // Looked up here: within the region every instruction counts.
  const std::size_t in_region = n["--region"], in_newer_thread = n["--newer-thread"], in_exec = n["--exec"];
  const bool forks = n["--fork"] > 0;

  Work{n["--before"]}();
  const Work in_fork(n["--fork"]);
  const Work in_older_thread(n["--older-thread"]);
  sem_t go;
  sem_init(&go, 0, 0);
  std::thread older;
  if (n["--older-thread"] > 0) {
    older = std::thread([&] {
      sem_wait(&go);
      in_older_thread();
    });
  }

  if (n["--mark-from-thread"] > 0) {
    std::thread([&] {
      const Work work(in_region);
      countercheck_region_begin();
      work();
      countercheck_region_end(in_region);
    }).join();
    return 0;
  }

  for (std::size_t entry = 0; entry < n["--entries"]; ++entry) {
    const Work work(in_region);
    countercheck_region_begin();
    work();
    if (older.joinable()) {
      sem_post(&go);
      older.join();
    }
    if (in_newer_thread > 0) std::thread([&] { Work{in_newer_thread}(); }).join();
    if (forks) {
      const pid_t child = fork();
      if (child == 0) {
        in_fork();
        _exit(0);
      }
      wait_for(child);
    }
    if (in_exec > 0) {
      std::string option = "--before";
      std::string amount = std::to_string(in_exec);
      char* const words[] = {argv[0], option.data(), amount.data(), nullptr};
      char* const no_variables[] = {nullptr};  // the child is not to mark a region of its own
      pid_t child = 0;
      if (posix_spawnp(&child, argv[0], nullptr, nullptr, words, no_variables) != 0) std::abort();
      wait_for(child);
    }
    countercheck_region_end(in_region);
  }
  countercheck_digest_exact(in_region);
  countercheck_digest_real(static_cast<double>(in_region) / 3);
  Work{n["--after"]}();
  return 0;
}
