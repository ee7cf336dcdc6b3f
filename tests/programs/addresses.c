// Says where its memory lies: a line for each kind, its name and the address in hexadecimal. Of the arguments nothing
// is looked at. Whoever compares two runs sees what moved.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

static int of_program;

static void say(const char* what, uintptr_t address) {
  printf("%s %jx\n", what, (uintmax_t)address);
}

int main(void) {
  enum { kSmall = 100, kLarge = 1 << 20 };
  int on_stack = 0;
  void* const small = malloc(kSmall);
  void* const large = malloc(kLarge);
  void* const mapped = mmap(NULL, kLarge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  say("code", (uintptr_t)&main);
  say("data", (uintptr_t)&of_program);
  say("stack", (uintptr_t)&on_stack);
  say("small", (uintptr_t)small);
  say("large", (uintptr_t)large);
  say("mapped", (uintptr_t)mapped);
  say("library", (uintptr_t)&printf);
  munmap(mapped, kLarge);
  free(large);
  free(small);
  return 0;
}
