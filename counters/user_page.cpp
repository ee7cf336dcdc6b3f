#include "counters/user_page.hpp"

#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <utility>

#include "counters/pmu_registers.hpp"

namespace countercheck {
namespace {

// How many times the process that this one is was forked from another since it began.
std::atomic<unsigned> forks{0};

std::size_t page_size() {
  return static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

UserPage::UserPage(int counter) {
  static const int watched = pthread_atfork(nullptr, nullptr, [] { forks.fetch_add(1, std::memory_order_relaxed); });
  if (!PmuRegisters::exist || watched != 0) return;
  void* const mapped = mmap(nullptr, page_size(), PROT_READ, MAP_SHARED, counter, 0);
  if (mapped == MAP_FAILED) return;
  page_ = static_cast<const volatile perf_event_mmap_page*>(mapped);
  forks_ = forks.load(std::memory_order_relaxed);
}

UserPage::UserPage(UserPage&& other) noexcept : page_(std::exchange(other.page_, nullptr)), forks_(other.forks_) {}

UserPage& UserPage::operator=(UserPage&& other) noexcept {
  if (this != &other) {
    unmap();
    page_ = std::exchange(other.page_, nullptr);
    forks_ = other.forks_;
  }
  return *this;
}

bool UserPage::here() const {
  return page_ != nullptr && forks_ == forks.load(std::memory_order_relaxed);
}

std::optional<CounterValue> UserPage::read() const {
  return here() ? read_user_page(*page_, PmuRegisters{}) : std::nullopt;
}

void UserPage::unmap() {
  if (here()) munmap(const_cast<perf_event_mmap_page*>(page_), page_size());
  page_ = nullptr;
}

}  // namespace countercheck
