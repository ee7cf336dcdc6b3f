#pragma once

#include <stddef.h>

/* Where the model gets its memory. It is compiled into a Valgrind tool, which has no libc: there it is the core's
   arena, in a test calloc. `allocate` returns zeroed memory, aligned for any type, and never null: who cannot give it
   ends the program, as Valgrind's own allocator does. */
struct sim_memory {
  void* (*allocate)(void* context, size_t bytes);
  void (*release)(void* context, void* block);
  void* context;
};
