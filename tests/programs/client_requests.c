/* Makes one of region.h's requests of Valgrind, in C11: begin, end, name, or, to see arguments arrive, one of
 * Valgrind's own: VG_USERREQ__CLIENT_CALL3 of valgrind.h, which calls a function of the program with three words. */
#include <stdio.h>
#include <string.h>

#include "workloads/region.h"

static uintptr_t seen[3];

/* Valgrind calls it outside the simulated processor, where nothing of libc may be called. */
static uintptr_t keep(uintptr_t thread, uintptr_t first, uintptr_t second, uintptr_t third) {
  (void)thread;
  seen[0] = first;
  seen[1] = second;
  seen[2] = third;
  return 0;
}

int main(int argc, char** argv) {
  const char* what = argc == 2 ? argv[1] : "";
  if (strcmp(what, "begin") == 0) countercheck_region_begin();
  if (strcmp(what, "end") == 0) countercheck_region_end(7);
  if (strcmp(what, "name") == 0) countercheck_name_array(argv, sizeof *argv, "arguments");
  if (strcmp(what, "call") == 0) {
    const uintptr_t client_call3[6] = {0x1104, (uintptr_t)keep, 300, 20, 1, 0};
    countercheck_request_(client_call3);
    printf("%lu %lu %lu\n", (unsigned long)seen[0], (unsigned long)seen[1], (unsigned long)seen[2]);
  }
  puts("done");
  return 0;
}
