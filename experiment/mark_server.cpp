#include "experiment/mark_server.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "counters/user_error.hpp"

namespace countercheck {
namespace {

constexpr char kStop = 'q';  // from ourselves

}  // namespace

MarkServer::MarkServer() {
  std::array<int, 2> pair{};
  // SEQPACKET keeps bytes apart and, unlike DGRAM, tells a waiting mark when we are gone.
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair.data()) != 0) {
    throw UserError(Trouble::not_started,
                    fmt::format("no descriptor for the region's marks: {}", std::generic_category().message(errno)));
  }
  ours_ = Descriptor(pair[0]);
  theirs_ = Descriptor(pair[1]);
}

void MarkServer::start(std::function<void(char)> at_mark) {
  stop();
  char byte = 0;
  while (recv(ours_.get(), &byte, 1, MSG_DONTWAIT) > 0) {
  }
  while (recv(theirs_.get(), &byte, 1, MSG_DONTWAIT) > 0) {
  }
  thread_ = std::thread([socket = ours_.get(), act = std::move(at_mark)] {
    while (true) {
      char mark = 0;
      const ssize_t got = recv(socket, &mark, 1, 0);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0 || mark == kStop) return;
      act(mark);
      if (send(socket, &mark, 1, MSG_NOSIGNAL) < 0) return;
    }
  });
}

void MarkServer::stop() {
  if (!thread_.joinable()) return;
  if (send(theirs_.get(), &kStop, 1, MSG_NOSIGNAL) < 0) shutdown(ours_.get(), SHUT_RDWR);
  thread_.join();
}

}  // namespace countercheck
