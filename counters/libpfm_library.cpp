#include "counters/libpfm_library.hpp"

#include <cstdlib>

namespace countercheck {
namespace {

bool& ready() {
  static bool is_ready = pfm_initialize() == PFM_SUCCESS;
  return is_ready;
}

}  // namespace

bool libpfm_is_ready() {
  return ready();
}

void let_libpfm_encode_for_others() {
  if (ready()) pfm_terminate();
  setenv("LIBPFM_ENCODE_INACTIVE", "1", 1);
  ready() = pfm_initialize() == PFM_SUCCESS;
}

}  // namespace countercheck
