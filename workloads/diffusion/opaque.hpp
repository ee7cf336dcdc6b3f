#pragma once

// A function whose body the compiler may not look into from a call in the same file: neither inlined, nor cloned for
// constant arguments, nor analysed. For operations that would lose what they stand for if two of them were joined or
// one were specialised. Clang has no noipa and does little of the rest.
#if defined(__clang__)
#define COUNTERCHECK_OPAQUE [[gnu::noinline]]
#else
#define COUNTERCHECK_OPAQUE [[gnu::noipa]]
#endif
