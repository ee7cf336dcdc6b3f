#include "counters/trial.hpp"

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

#include "counters/descriptor.hpp"
#include "counters/open_failure.hpp"
#include "counters/papi_counters.hpp"

namespace countercheck {
namespace {

// Some hundred thousand instructions and branches, sixteen page faults, one voluntary switch.
void do_a_little_of_everything() {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  constexpr std::size_t kPages = 16;
  void* const fresh = mmap(nullptr, kPages * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (fresh != MAP_FAILED) {
    for (std::size_t i = 0; i < kPages; ++i) static_cast<volatile char*>(fresh)[i * page] = 1;
    munmap(fresh, kPages * page);
  }
  volatile unsigned sum = 0;
  for (unsigned i = 0; i < 100'000; ++i) sum = sum + i;
  const timespec pause{.tv_sec = 0, .tv_nsec = 1'000'000};
  nanosleep(&pause, nullptr);
}

}  // namespace

Trial try_event(const std::string& name, bool surely, const Access& access, PerfEventOpen open) {
  return try_event(settle({parse_event(name)}, access, open).front(), surely, access, open);
}

Trial try_event(const Countable& countable, bool surely, const Access& access, PerfEventOpen open) {
  if (const auto* absence = std::get_if<Absence>(&countable.by)) return {absent_reading(countable, *absence)};
  if (const auto* papi = std::get_if<PapiEvent>(&countable.by)) {
    PapiCounters counters({*papi});
    counters.start(0);
    const auto before = counters.read();
    do_a_little_of_everything();
    const auto value = counters.read().front() - before.front();
    if (auto lack = counters.lack(0, access)) return {absent_reading(countable, std::move(*lack))};
    return {reading_by_papi(countable, value), surely && value == 0};
  }
  const auto* encoding = std::get_if<Encoding>(&countable.by);
  if (!encoding) {
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    do_a_little_of_everything();
    getrusage(RUSAGE_SELF, &after);
    Reading reading = reading_of(countable, usage_from(after, 0));
    auto& value = std::get<std::uint64_t>(reading.value);
    value -= value_of(usage_from(before, 0), std::get<UsageField>(countable.by));
    return {reading, surely && value == 0};
  }
  perf_event_attr attr = attributes(*encoding);
  const Descriptor counter(open(&attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
  if (!counter) return {absent_reading(countable, explain_open_failure(errno, *encoding, access))};
  ioctl(counter.get(), PERF_EVENT_IOC_ENABLE, 0);
  do_a_little_of_everything();
  ioctl(counter.get(), PERF_EVENT_IOC_DISABLE, 0);
  const auto value = read_counter(counter.get());
  if (!value) {
    return {absent_reading(countable, {AbsenceReason::never_scheduled, "the kernel gave no value for this counter"})};
  }
  const Reading reading = reading_of(countable, *value);
  return {reading, surely && raw(reading) == 0};
}

}  // namespace countercheck
