/* region.h as a shared library, for languages that load one: Python does (countercheck/__init__.py). */
#include "workloads/region.h"

#define COUNTERCHECK_EXPORT __attribute__((visibility("default")))

enum { BEGIN, END, NEITHER };

COUNTERCHECK_EXPORT void countercheck_mark(int which, uint64_t work_items);
COUNTERCHECK_EXPORT void countercheck_array(const void* array, size_t bytes, const char* name);
COUNTERCHECK_EXPORT void countercheck_exact(uint64_t value);
COUNTERCHECK_EXPORT void countercheck_real(double value);

/* One function for both ends: whoever called it once, even for neither, has everything on the way mapped and bound, and
 * the call that ends a region costs no page fault in it. */
void countercheck_mark(int which, uint64_t work_items) {
  if (which == BEGIN) countercheck_region_begin();
  if (which == END) countercheck_region_end(work_items);
}

void countercheck_array(const void* array, size_t bytes, const char* name) {
  countercheck_name_array(array, bytes, name);
}

void countercheck_exact(uint64_t value) {
  countercheck_digest_exact(value);
}

void countercheck_real(double value) {
  countercheck_digest_real(value);
}
