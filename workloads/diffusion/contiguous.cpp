// Whole-array operations on newly allotted arrays, as numpy: see contiguous_scheme.hpp.
#define COUNTERCHECK_CONTIGUOUS contiguous
#include "workloads/diffusion/contiguous_scheme.hpp"
