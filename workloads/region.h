/* Marks the region of a program that countercheck counts. One header, C11 or C++, nothing to link.
 *
 *     countercheck_name_array(grid, bytes, "grid");  // so that the simulator can say whose misses they are
 *     countercheck_region_begin();
 *     for (...) step();
 *     countercheck_region_end(cell_updates);      // how many work items this entry did; 0 when there is no such unit
 *     countercheck_digest_real(sum);              // what was computed, outside the region
 *
 * Run without countercheck, every call is a no-op: all depends on the variable COUNTERCHECK_REGION, which holds
 * "DESCRIPTOR:TASK", the inherited descriptor that takes the lines below and the task that owns the counters.
 *
 * The counters were opened by that task before it exec'd this program, with inherit on. prctl(2)'s
 * PR_TASK_PERF_EVENTS_ENABLE and _DISABLE switch all of them, in every thread and child that inherited them, in one
 * system call each (kernel/events/core.c, perf_event_task_enable). Only the task that owns them can do so: call the
 * marks from the main thread of the launched program. From another thread or a forked child the time is still
 * reported and countercheck says that the counters could not follow.
 *
 * Counters that only countercheck can read, those of PAPI, cannot be switched so. Where some are to be read, the
 * variable COUNTERCHECK_HANDSHAKE holds the descriptor of a socket: each mark of the owning task sends 'b' or 'e' there
 * and waits for a byte back, outside of what the other counters and the clock see.
 *
 * A region may be entered many times; counts and times add up. Entries must not nest or overlap.
 *
 * For countercheck's simulator the same marks are client requests of Valgrind: a few instructions that do nothing on a
 * processor and that Valgrind takes for a call (valgrind.h describes the sequence; it is not needed here). They stand
 * nearest to the region, so that it is counted without this header. An array's name is told by such a request alone: it
 * needs no variable, holds until the memory is freed, and may be told of any address that was allotted. On machines
 * other than x86-64 and arm64 the requests are left out.
 *
 * One line for each entry:
 *     region wall_ns=N items=N minflt=N majflt=N nvcsw=N nivcsw=N utime_us=N stime_us=N owner=0|1
 * and one for each part of the digest:
 *     digest exact=HEX64      compared to the last bit
 *     digest real=HEX64       the bits of a double, compared with a relative tolerance of 1e-9
 */
#ifndef COUNTERCHECK_REGION_H
#define COUNTERCHECK_REGION_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* With -std=c11 and no other wish the C library's headers show ISO C alone and hide two functions and a clock that it has
 * all the same. Their declarations and the number are the same on all 64-bit Linux; elsewhere the headers rename
 * clock_gettime as the size of time_t wants it. */
#ifdef CLOCK_MONOTONIC
#define COUNTERCHECK_CLOCK_ CLOCK_MONOTONIC
#elif defined(__LP64__)
#define COUNTERCHECK_CLOCK_ 1 /* include/uapi/linux/time.h */
int clock_gettime(int clock, struct timespec* time);
#else
#error "countercheck/region.h: compile with -D_GNU_SOURCE, or with -std=gnu11 in place of -std=c11"
#endif
#if !defined(__cplusplus) && !defined(_DEFAULT_SOURCE) && !defined(_GNU_SOURCE) && !defined(_BSD_SOURCE)
long syscall(long number, ...);
#endif

#ifdef __cplusplus
/* One text for both languages: C has no other casts and no nullptr, and its Annex K, which the analyzer asks for, no
 * glibc has. GCC spares extern "C", Clang does not.
 * NOLINTBEGIN(modernize-use-nullptr,clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling) */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
extern "C" {
#endif

struct countercheck_usage {
  struct rusage self;
  struct rusage children;
  struct timespec time;
};

struct countercheck_region {
  int known;      /* whether the variable was looked up */
  int descriptor; /* -1: not run by countercheck */
  long owner;     /* the task whose counters prctl(2) switches */
  struct countercheck_usage begin;
};

/* Apart from the above, whose size older objects of the same program know. */
struct countercheck_handshake {
  int known;
  int socket; /* -1: nobody waits for the marks */
};

/* The simulator's requests: 'C' and 'K' tell them from those of Valgrind's own tools. */
enum { COUNTERCHECK_BEGIN_ = 0x434b0000, COUNTERCHECK_END_, COUNTERCHECK_NAME_ };

/* request: the number and its five arguments. */
static inline __attribute__((always_inline)) void countercheck_request_(const uintptr_t* request) {
#if defined(__x86_64__) && !defined(__ILP32__)
  uintptr_t answer; /* Valgrind writes it, and nothing here asks for one */
  __asm__ volatile(
      "rolq $3, %%rdi; rolq $13, %%rdi; rolq $61, %%rdi; rolq $51, %%rdi\n\t"
      "xchgq %%rbx, %%rbx"
      : "=d"(answer)
      : "a"(request), "0"((uintptr_t)0)
      : "cc", "memory");
  (void)answer;
#elif defined(__aarch64__) && !defined(__ILP32__) && !defined(__AARCH64EB__)
  __asm__ volatile(
      "mov x3, xzr\n\t"
      "mov x4, %0\n\t"
      "ror x12, x12, #3; ror x12, x12, #13; ror x12, x12, #51; ror x12, x12, #61\n\t"
      "orr x10, x10, x10"
      :
      : "r"(request)
      : "cc", "memory", "x3", "x4");
#else
  (void)request;
#endif
}

/* Weak, so that a mark in one file and its end in another share it. */
__attribute__((weak)) struct countercheck_region countercheck_region_state;

__attribute__((weak)) struct countercheck_handshake countercheck_handshake_state;

static inline struct countercheck_region* countercheck_region_(void) {
  struct countercheck_region* region = &countercheck_region_state;
  if (!region->known) {
    const char* where = getenv("COUNTERCHECK_REGION");
    char* rest = NULL;
    region->known = 1;
    region->descriptor = -1;
    if (where != NULL) {
      const long descriptor = strtol(where, &rest, 10);
      if (rest != where && *rest == ':') {
        region->descriptor = (int)descriptor;
        region->owner = strtol(rest + 1, NULL, 10);
      }
    }
  }
  return region;
}

static inline void countercheck_usage_(struct countercheck_usage* usage, int clock_last) {
  if (!clock_last) clock_gettime(COUNTERCHECK_CLOCK_, &usage->time);
  getrusage(RUSAGE_SELF, &usage->self);
  getrusage(RUSAGE_CHILDREN, &usage->children);
  if (clock_last) clock_gettime(COUNTERCHECK_CLOCK_, &usage->time);
}

static inline void countercheck_line_(int descriptor, const char* line, int length) {
  const int saved = errno;
  if (write(descriptor, line, (size_t)length) != length) {
    static const char lost[] = "countercheck: the region's report could not be written\n";
    const ssize_t told = write(STDERR_FILENO, lost, sizeof lost - 1);
    (void)told; /* nobody is left to tell */
  }
  errno = saved;
}

/* Tells countercheck of the mark and waits until it has read what only it can read. A closed socket answers at once. */
static inline void countercheck_shake_hands_(const struct countercheck_region* region, char mark) {
  struct countercheck_handshake* shake = &countercheck_handshake_state;
  const int saved = errno;
  int times = 1;
  if (!shake->known) {
    const char* where = getenv("COUNTERCHECK_HANDSHAKE");
    shake->known = 1;
    shake->socket = where != NULL ? (int)strtol(where, NULL, 10) : -1;
    times = 2; /* the first for its page faults; of two beginnings the last counts */
  }
  if (shake->socket >= 0 && syscall(SYS_gettid) == region->owner) {
    while (times-- > 0 && send(shake->socket, &mark, 1, MSG_NOSIGNAL) == 1) {
      while (recv(shake->socket, &mark, 1, 0) < 0 && errno == EINTR) {
      }
    }
  }
  errno = saved;
}

/* Whether anybody counts. */
static inline int countercheck_enter_(void) {
  struct countercheck_region* region = countercheck_region_();
  if (region->descriptor < 0) return 0;
  /* Everything once before it counts: the first call of each of these maps and binds pages. */
  prctl(PR_TASK_PERF_EVENTS_DISABLE, 0, 0, 0, 0);
  countercheck_usage_(&region->begin, 1);
  countercheck_shake_hands_(region, 'b');
  countercheck_usage_(&region->begin, 1);
  prctl(PR_TASK_PERF_EVENTS_ENABLE, 0, 0, 0, 0);
  return 1;
}

static inline long long countercheck_microseconds_(struct timeval end, struct timeval begin) {
  return (long long)(end.tv_sec - begin.tv_sec) * 1000000 + (end.tv_usec - begin.tv_usec);
}

static inline void countercheck_leave_(uint64_t work_items) {
  struct countercheck_region* region = &countercheck_region_state;
  struct countercheck_usage end;
  const struct countercheck_usage* begin = &region->begin;
  char line[320];
  int length;
  if (!region->known || region->descriptor < 0) return;
  prctl(PR_TASK_PERF_EVENTS_DISABLE, 0, 0, 0, 0);
  countercheck_usage_(&end, 0);
  countercheck_shake_hands_(region, 'e');
#define COUNTERCHECK_GROWTH_(field) \
  ((end.self.field - begin->self.field) + (end.children.field - begin->children.field))
  length = snprintf(
      line, sizeof line,
      "region wall_ns=%lld items=%llu minflt=%ld majflt=%ld nvcsw=%ld nivcsw=%ld utime_us=%lld "
      "stime_us=%lld owner=%d\n",
      (long long)(end.time.tv_sec - begin->time.tv_sec) * 1000000000LL + (end.time.tv_nsec - begin->time.tv_nsec),
      (unsigned long long)work_items, COUNTERCHECK_GROWTH_(ru_minflt), COUNTERCHECK_GROWTH_(ru_majflt),
      COUNTERCHECK_GROWTH_(ru_nvcsw), COUNTERCHECK_GROWTH_(ru_nivcsw),
      countercheck_microseconds_(end.self.ru_utime, begin->self.ru_utime) +
          countercheck_microseconds_(end.children.ru_utime, begin->children.ru_utime),
      countercheck_microseconds_(end.self.ru_stime, begin->self.ru_stime) +
          countercheck_microseconds_(end.children.ru_stime, begin->children.ru_stime),
      syscall(SYS_gettid) == region->owner);
#undef COUNTERCHECK_GROWTH_
  countercheck_line_(region->descriptor, line, length);
}

/* The marks are part of their caller even unoptimised, and their requests come ready: what lies between a request and
 * the region, a call or the filling in of arguments, would be counted with it. */
static inline __attribute__((always_inline)) void countercheck_region_begin(void) {
  static const uintptr_t begin[6] = {COUNTERCHECK_BEGIN_, 0, 0, 0, 0, 0};
  if (countercheck_enter_()) countercheck_request_(begin);
}

/* Asks before it looks whether anybody counts: the end of a region that never began is nothing to the simulator. */
static inline __attribute__((always_inline)) void countercheck_region_end(uint64_t work_items) {
  static const uintptr_t end[6] = {COUNTERCHECK_END_, 0, 0, 0, 0, 0};
  countercheck_request_(end);
  countercheck_leave_(work_items);
}

/* Names `bytes` of memory from `array` on, in the simulator's tables. The name is copied. */
static inline void countercheck_name_array(const void* array, size_t bytes, const char* name) {
  const uintptr_t request[6] = {COUNTERCHECK_NAME_, (uintptr_t)array, bytes, (uintptr_t)name, 0, 0};
  countercheck_request_(request);
}

static inline void countercheck_digest_(const char* kind, uint64_t bits) {
  const struct countercheck_region* region = countercheck_region_();
  char line[64];
  if (region->descriptor < 0) return;
  countercheck_line_(region->descriptor, line,
                     snprintf(line, sizeof line, "digest %s=%016llx\n", kind, (unsigned long long)bits));
}

/* Part of what was computed, compared to the last bit: a hash, a count. */
static inline void countercheck_digest_exact(uint64_t value) {
  countercheck_digest_("exact", value);
}

/* Part of what was computed in floating point, where another order of summation is no error. */
static inline void countercheck_digest_real(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  countercheck_digest_("real", bits);
}

#ifdef __cplusplus
}
/* NOLINTEND(modernize-use-nullptr,clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling) */
#pragma GCC diagnostic pop
#endif

#endif
