/* Misses that are known on paper, on a machine with lines of 64 bytes, an L1 of 32 KiB and an L2 of 256 KiB that keep
 * the lines used last, and an L3 of 20 MiB. ROWS lines are twice the L2, so that a pass finds nothing there of the pass
 * before; all of them fit into L3. For each array: a pass of stores misses every level ROWS times, for the lines are
 * new; a pass of loads misses L1 and L2 ROWS times and L3 never.
 *
 *     known_misses        the five arrays
 *     known_misses fork   the same in a child as well, whose counts are its own
 *     known_misses exec   and then in a second program image
 */
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "workloads/region.h"

#define LINE 64
#define ROWS 8192
#define STACK_ROWS 2048 /* four times L1: half of L2, where it is then found */

static alignas(LINE) volatile char table[ROWS * LINE];

/* Two arrays come from this line, and are told apart by who called. */
static __attribute__((noinline)) volatile char* room(void) {
  volatile char* const lines = aligned_alloc(LINE, ROWS * LINE); /* both */
  if (lines == NULL) abort();
  return lines;
}

static __attribute__((noinline)) void write_lines(volatile char* lines, int rows) {
  for (int row = 0; row < rows; ++row) {
    lines[row * LINE] = 1; /* the line of the stores */
  }
}

static __attribute__((noinline)) int read_lines(const volatile char* lines, int rows) {
  int sum = 0;
  for (int row = 0; row < rows; ++row) {
    sum += lines[row * LINE]; /* the line of the loads */
  }
  return sum;
}

/* Reads what it wrote: L1 has lost it, L2 has not. */
static __attribute__((noinline)) int on_the_stack(void) {
  alignas(LINE) volatile char local[STACK_ROWS * LINE];
  int sum = 0;
  for (int row = 0; row < STACK_ROWS; ++row) local[row * LINE] = 1;
  for (int row = 0; row < STACK_ROWS; ++row) {
    sum += local[row * LINE]; /* the line of the loads from the stack */
  }
  return sum;
}

static int job(void) {
  volatile char* const first = room();
  volatile char* const second = room();
  volatile char* const named = aligned_alloc(LINE, ROWS * LINE);
  if (named == NULL) abort();
  countercheck_name_array((const void*)named, ROWS * LINE, "field");
  volatile char* const arrays[] = {first, second, named, table};
  int sum = 0;
  countercheck_region_begin();
  for (int i = 0; i < 4; ++i) write_lines(arrays[i], ROWS);
  for (int i = 0; i < 3; ++i) sum += read_lines(arrays[i], ROWS);
  sum += on_the_stack();
  countercheck_region_end(0);
  return sum == 3 * ROWS + STACK_ROWS;
}

int main(int argc, char** argv) {
  const char* const how = argc == 2 ? argv[1] : "";
  if (strcmp(how, "fork") == 0) {
    const pid_t child = fork();
    if (child == 0) return job() ? 0 : 1;
    waitpid(child, NULL, 0);
  }
  if (strcmp(how, "exec") == 0) {
    if (!job()) return 1;
    execl(argv[0], argv[0], (char*)NULL);
    return 1;
  }
  return job() ? 0 : 1;
}
