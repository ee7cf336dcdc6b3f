#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include "workloads/command_line.hpp"
#include "workloads/failure.hpp"
#include "workloads/job.hpp"
#include "workloads/listing.hpp"
#include "workloads/passive_wait.hpp"
#include "workloads/region.h"
#include "workloads/usable_cpus.hpp"

namespace countercheck::workloads {
namespace {

constexpr int kDone = 0;
constexpr int kUsage = 3;
constexpr int kNotRun = 6;
constexpr int kNotWritten = 8;
constexpr int kInternal = 9;

int complain(const char* sentence, int status) {
  std::fprintf(stderr, "countercheck-workload: %s\n", sentence);
  return status;
}

int say(const std::string& text) {
  const bool taken = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (std::fflush(stdout) != 0 || !taken) return complain("standard output could not be written", kNotWritten);
  return kDone;
}

std::string gibibytes(double bytes) {
  return fmt::format("{:.1f} GiB", bytes / 0x1p30);
}

// Linux promises more memory than there is and kills whoever touches too much of it: better to say so before.
void refuse_more_than_there_is(const Request& request) {
  const auto cells = static_cast<double>(request.problem.size) * static_cast<double>(request.problem.size);
  const double needed = cells * static_cast<double>(request.variant->bytes_per_cell);
  const double there = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  if (needed > there) {
    throw Failure(fmt::format("{} on {} needs {} of memory and this machine has {}", request.name,
                              problem_text(*request.family, request.problem), gibibytes(needed), gibibytes(there)));
  }
}

void warn_of_crowding(const Problem& problem) {
  const unsigned cpus = usable_cpus();
  if (problem.threads <= cpus) return;
  complain(
      fmt::format("{} threads are more than the {} CPU{} this process may use: they wait for each other, and their "
                  "counts are those of the waiting",
                  problem.threads, cpus, cpus == 1 ? "" : "s")
          .c_str(),
      kDone);
}

void mark(std::uint64_t part) {
  countercheck_digest_exact(part);
}

void mark(double part) {
  countercheck_digest_real(part);
}

int run(const Request& request) {
  const Problem& problem = request.problem;
  const Variant& variant = *request.variant;
  refuse_more_than_there_is(request);
  warn_of_crowding(problem);

  const std::uint64_t items = work_items(variant, problem);
  const Outcome outcome = perform(variant, problem, [&](const std::function<void()>& steps) {
    countercheck_region_begin();
    steps();
    countercheck_region_end(items);
  });

  for (const auto& part : outcome.digest) std::visit([](auto value) { mark(value); }, part);
  // No time: countercheck tells it, and printing other digits each time would take other instructions each time.
  return say(fmt::format("{} {}, {} step{}{}: sum {}\n", request.name, problem_text(*request.family, problem),
                         problem.iterations, problem.iterations == 1 ? "" : "s",
                         problem.threads > 1 ? fmt::format(" by {} threads", problem.threads) : "", outcome.sum));
}

int act(int argc, char** argv) {
  const Request request = parse(argc, argv);
  switch (request.action) {
    case Request::Action::list:
      return say(listing());
    case Request::Action::help:
      return say(usage());
    case Request::Action::run:
      if (request.passive_wait && request.variant->schedule) wait_passively(argv);
      return run(request);
  }
  return kInternal;
}

}  // namespace
}  // namespace countercheck::workloads

int main(int argc, char** argv) {
  using namespace countercheck::workloads;
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is then an error of the write, and has its sentence
  try {
    return act(argc, argv);
  } catch (const UsageError& error) {
    return complain(error.what(), kUsage);
  } catch (const Failure& error) {
    return complain(error.what(), kNotRun);
  } catch (const std::bad_alloc&) {
    return complain("the system refuses the memory that this needs: try a smaller --size", kNotRun);
  } catch (const std::exception& error) {
    return complain(error.what(), kInternal);
  }
}
