/* A program of nothing but its own instructions, to be counted one by one: no C library, no loader. Its conditions are
 * of the kind that translators like to merge. */

static volatile unsigned state = 12345;

static unsigned next(void) {
  state = state * 1103515245U + 12345U;
  return state >> 16;
}

static unsigned judge(unsigned a, unsigned b) {
  if ((a & 7U) != 0 && (b & 3U) != 0) return 1;
  if ((a & 8U) == 0 || (b & 4U) == 0) return 2;
  return 3;
}

static void leave(void) {
#if defined(__x86_64__)
  __asm__ volatile("syscall" : : "a"(231L), "D"(0L) : "rcx", "r11", "memory");
#elif defined(__aarch64__)
  register long number __asm__("x8") = 94;
  register long status __asm__("x0") = 0;
  __asm__ volatile("svc 0" : : "r"(number), "r"(status) : "memory");
#endif
}

void _start(void);
void _start(void) {
  volatile unsigned sum = 0;
  for (unsigned i = 0; i < 2000; ++i) sum = sum + judge(next(), next());
  leave();
  for (;;) {
  }
}
