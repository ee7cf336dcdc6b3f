// Touches fresh pages of 4 KiB, a known number at each place:
//   touch_pages [--before N] [--region N] [--after N] [--entries K] [--older-thread N] [--newer-thread N] [--fork N]
//               [--exec N] [--mark-from-thread]
// Everything but --before and --after happens within the marked region. --entries divides the region into K entries of
// N pages each. --mark-from-thread sets the marks in a thread, where they cannot switch the counters.
#include <semaphore.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <thread>

#include "workloads/region.h"

namespace {

constexpr std::size_t kPage = 4096;

// Fresh memory for a later touch: mapping it takes no fault, touching it exactly one a page.
class Pages {
 public:
  explicit Pages(std::size_t count) : count_(count) {
    if (count_ == 0) return;
    void* const memory = mmap(nullptr, count_ * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) std::abort();
    madvise(memory, count_ * kPage, MADV_NOHUGEPAGE);
    memory_ = static_cast<char*>(memory);
  }
  void touch() const {
    for (std::size_t i = 0; i < count_; ++i) static_cast<volatile char*>(memory_)[i * kPage] = 1;
  }

 private:
  std::size_t count_;
  char* memory_ = nullptr;
};

void wait_for(pid_t child) {
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0) std::abort();
}

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, std::size_t> n = {{"--before", 0},       {"--region", 0},  {"--after", 0},
                                          {"--older-thread", 0}, {"--fork", 0},    {"--newer-thread", 0},
                                          {"--exec", 0},         {"--entries", 1}, {"--mark-from-thread", 0}};
  for (int i = 1; i < argc; i += 2) n.at(argv[i]) = i + 1 < argc ? std::strtoul(argv[i + 1], nullptr, 10) : 1;

  Pages(n["--before"]).touch();
  const Pages forked(n["--fork"]);
  const Pages older_pages(n["--older-thread"]);
  sem_t go;
  sem_init(&go, 0, 0);
  std::thread older;
  if (n["--older-thread"] > 0) {
    older = std::thread([&] {
      sem_wait(&go);
      older_pages.touch();
    });
  }

  if (n["--mark-from-thread"] > 0) {
    std::thread([&] {
      const Pages pages(n["--region"]);
      countercheck_region_begin();
      pages.touch();
      countercheck_region_end(n["--region"]);
    }).join();
    return 0;
  }

  for (std::size_t entry = 0; entry < n["--entries"]; ++entry) {
    const Pages pages(n["--region"]);
    countercheck_region_begin();
    pages.touch();
    if (older.joinable()) {
      sem_post(&go);
      older.join();
    }
    if (n["--newer-thread"] > 0) std::thread([&] { Pages(n["--newer-thread"]).touch(); }).join();
    if (n["--fork"] > 0) {
      const pid_t child = fork();
      if (child == 0) {
        forked.touch();
        _exit(0);
      }
      wait_for(child);
    }
    if (n["--exec"] > 0) {
      std::string option = "--before";
      std::string pages_there = std::to_string(n["--exec"]);
      char* const words[] = {argv[0], option.data(), pages_there.data(), nullptr};
      pid_t child = 0;
      if (posix_spawn(&child, argv[0], nullptr, nullptr, words, environ) != 0) std::abort();
      wait_for(child);
    }
    countercheck_region_end(n["--region"]);
  }
  countercheck_digest_exact(n["--region"]);
  countercheck_digest_real(static_cast<double>(n["--region"]) / 3);
  Pages(n["--after"]).touch();
  return 0;
}
