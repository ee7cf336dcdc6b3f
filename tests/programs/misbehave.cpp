// Does one thing that a measured program should not:
//   misbehave segfault | kill | hang | exit STATUS | chatter MEBIBYTES | leave-running | ignore-term
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

[[noreturn]] void sleep_for_ever() {
  while (true) pause();
}

void chatter(long mebibytes) {
  const std::string line(1023, 'x');
  for (long i = 0; i < mebibytes * 1024; ++i) {
    if (write(STDOUT_FILENO, (line + "\n").data(), 1024) != 1024) _exit(1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  const long number = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 0;
  if (what == "segfault") raise(SIGSEGV);
  if (what == "kill") raise(SIGKILL);
  if (what == "hang") sleep_for_ever();
  if (what == "ignore-term") {
    signal(SIGTERM, SIG_IGN);
    sleep_for_ever();
  }
  if (what == "chatter") chatter(number);
  if (what == "leave-running" && fork() == 0) sleep_for_ever();
  if (what == "exit") {
    constexpr std::string_view kWords = "first line\nlast words of misbehave\n";
    if (write(STDERR_FILENO, kWords.data(), kWords.size()) < 0) return 1;
    return static_cast<int>(number);
  }
  return 0;
}
