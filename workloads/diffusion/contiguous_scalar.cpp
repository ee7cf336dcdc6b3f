// The same as contiguous.cpp; workloads/CMakeLists.txt switches the compiler's vectorisation off for this file. The
// copies of roll are the C library's memmove in both, as they are in a numpy that is built without vectorisation.
#define COUNTERCHECK_CONTIGUOUS contiguous_scalar
#include "workloads/diffusion/contiguous_scheme.hpp"
