#include "counters/session.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

namespace countercheck {
namespace {

constexpr std::size_t kPage = 4096;

// Fresh pages: mapping them takes no fault, touching them exactly one each.
class Pages {
 public:
  explicit Pages(std::size_t count)
      : bytes_(count * kPage),
        memory_(static_cast<volatile char*>(
            mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    madvise(const_cast<char*>(memory_), bytes_, MADV_NOHUGEPAGE);
  }
  ~Pages() { munmap(const_cast<char*>(memory_), bytes_); }
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;
  // A sanitizer's shadow of them would be touched with them.
  __attribute__((no_sanitize("address", "undefined"))) void touch() const {
    for (std::size_t at = 0; at < bytes_; at += kPage) memory_[at] = 1;
  }

 private:
  std::size_t bytes_;
  volatile char* memory_;
};

// 2n instructions but for some at both ends, the same on every machine.
void loop(std::uint64_t n) {
#if defined(__x86_64__)
  __asm__ volatile("1: dec %0; jnz 1b" : "+r"(n) : : "cc");
#elif defined(__aarch64__)
  __asm__ volatile("1: subs %0, %0, #1; b.ne 1b" : "+r"(n) : : "cc");
#else
  for (volatile std::uint64_t left = n; left > 0;) left = left - 1;
#endif
}

class LiveSession : public testing::Test {
 protected:
  // A session whose every event is counted, or the reason why the test cannot be made.
  static std::optional<Session> counting(const char* events, const SessionOptions& options = {}) {
    Session session(events, options);
    for (const auto& reading : session.measure([] { loop(100'000); })) {
      if (const auto* why = absence(reading)) {
        reason = why->sentence;
        return std::nullopt;
      }
    }
    return session;
  }
  static inline std::string reason;
};

TEST_F(LiveSession, APageTouchedIsAFault) {
  auto session = counting("page-faults,minor-faults");
  if (!session) GTEST_SKIP() << reason;
  const Pages pages(2048);
  const Pages others(333);
  const auto readings = session->measure([&] { pages.touch(); });
  others.touch();
  EXPECT_EQ(raw(readings[0]), 2048u);
  EXPECT_EQ(raw(readings[1]), 2048u);
  EXPECT_DOUBLE_EQ(coverage(readings[0]), 1.0);
  EXPECT_EQ(raw(session->measure([] {}).front()), 0u) << "what came between the two is not counted";
}

TEST_F(LiveSession, ReadsAddUpUntilTheStop) {
  auto session = counting("page-faults");
  if (!session) GTEST_SKIP() << reason;
  const Pages first(17), second(20), third(3);
  session->start();
  first.touch();
  session->read();
  EXPECT_EQ(session->value(0), 17u);
  Session moved = std::move(*session);
  second.touch();
  moved.stop();
  third.touch();
  EXPECT_EQ(moved.value(0), 37u) << "a session that moves goes on counting";
}

TEST_F(LiveSession, SessionsDoNotDisturbEachOther) {
  auto outer = counting("page-faults");
  auto inner = counting("page-faults");
  if (!outer || !inner) GTEST_SKIP() << reason;
  const Pages first(5), second(11);
  outer->start();
  first.touch();
  EXPECT_EQ(raw(inner->measure([&] { second.touch(); }).front()), 11u);
  outer->stop();
  EXPECT_GE(*outer->value(0), 16u) << "and what the inner one needed itself";
  EXPECT_LE(*outer->value(0), 24u);
}

TEST_F(LiveSession, OtherThreadsAreCountedWhenAskedOnly) {
  auto own = counting("page-faults");
  auto all = counting("page-faults", {.inherit = true});
  if (!own || !all) GTEST_SKIP() << reason;
  const Pages first(600), second(600);
  const auto in_a_thread = [](const Pages& pages) { std::thread([&] { pages.touch(); }).join(); };
  const auto alone = raw(own->measure([&] { in_a_thread(first); }).front());
  EXPECT_LT(alone, 16u) << "a new thread's stack is all that this one touches";
  const auto together = raw(all->measure([&] { in_a_thread(second); }).front());
  EXPECT_GE(together, 600u);
  EXPECT_LE(together, 664u);
}

// It counts the thread that made it, whoever starts and stops it.
TEST_F(LiveSession, AnotherThreadMaySwitchIt) {
  auto session = counting("page-faults,user-time");
  if (!session) GTEST_SKIP() << reason;
  if (session->readings().front().source != Source::kernel)
    GTEST_SKIP() << "the kernel's counters may not be opened here";
  const Pages own(40), others(500);
  std::thread([&] {
    session->start();
    others.touch();
  }).join();
  own.touch();
  std::thread([&] { session->stop(); }).join();
  const auto readings = session->readings();
  EXPECT_GE(*raw(readings[0]), 40u);
  EXPECT_LT(*raw(readings[0]), 56u);
  ASSERT_NE(absence(readings[1]), nullptr);
  EXPECT_EQ(absence(readings[1])->sentence,
            "getrusage tells of the calling thread only: start and stop the session on the thread that made it");
}

TEST_F(LiveSession, TheClockAndRusageNeedNoCounter) {
  const auto refuse = [](perf_event_attr*, pid_t, int, int, unsigned long) {
    errno = EPERM;
    return -1;
  };
  Session session("page-faults,wall-time,user-time,peak-rss", {.open = refuse});
  const Pages pages(1234);
  const auto readings = session.measure([&] {
    pages.touch();
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
  });
  EXPECT_EQ(readings[0].source, Source::rusage);
  EXPECT_EQ(raw(readings[0]), 1234u);
  EXPECT_EQ(readings[1].source, Source::clock);
  EXPECT_GE(*raw(readings[1]), 3'000'000u);
  EXPECT_LT(*raw(readings[2]), *raw(readings[1]) + 10'000'000u) << "one thread, and the kernel's ticks";
  EXPECT_GE(*raw(readings[3]), 1234 * kPage);
}

TEST_F(LiveSession, RusageTellsOfThisThreadOnly) {
  const auto refuse = [](perf_event_attr*, pid_t, int, int, unsigned long) {
    errno = EPERM;
    return -1;
  };
  const Pages first(500), second(500);
  Session own("minor-faults", {.open = refuse});
  EXPECT_LT(raw(own.measure([&] { std::thread([&] { first.touch(); }).join(); }).front()), 16u);
  Session all("minor-faults", {.inherit = true, .open = refuse});
  EXPECT_GE(raw(all.measure([&] { std::thread([&] { second.touch(); }).join(); }).front()), 500u);
}

// The kernel leaves the counters' pages out of the child, which may not touch where they were.
TEST_F(LiveSession, AForkedChildReadsAndEndsWithoutHarm) {
  Session session("instructions,page-faults,task-clock");
  session.start();
  const pid_t child = fork();
  if (child == 0) {
    {
      const Session mine = std::move(session);
      Session copy("page-faults");
      copy.measure([] {});
    }
    _exit(0);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  session.stop();
  EXPECT_NE(session.value(2), 0u);
}

// What a user-space read saves must not change what is counted: the same loop, both ways.
TEST_F(LiveSession, InstructionsAreTheSameByTheKernelAndByTheRegister) {
  auto direct = counting("instructions:u");
  if (!direct) GTEST_SKIP() << reason;
  auto asking = counting("instructions:u", {.user_reads = false});
  ASSERT_TRUE(asking);
  for (const std::uint64_t n : {std::uint64_t{1'000'000}, std::uint64_t{30'000'000}}) {
    const auto of = [&](Session& session) { return *raw(session.measure([&] { loop(n); }).front()); };
    const std::uint64_t by_register = of(*direct), by_kernel = of(*asking);
    EXPECT_GE(by_register, 2 * n);
    EXPECT_LE(by_register, 2 * n + 1000);
    EXPECT_LE(by_register, by_kernel + 20) << "it leaves away what leads to the system calls";
    EXPECT_LE(by_kernel, by_register + 1000);
  }
}

}  // namespace
}  // namespace countercheck
