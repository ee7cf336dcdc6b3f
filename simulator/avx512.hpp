#pragma once

#include <optional>
#include <string>

namespace countercheck {

// What shows, before a program is run, that it needs AVX-512, which Valgrind does not know and which would end it with
// SIGILL or in the loader: one sentence that names the file and the remedy. `program` is a path.
//
// The evidence is the linker's note that the file needs x86-64-v4 (ld -z x86-64-v4), in the program or in a shared
// library that it names. Nothing else is: a file is full of AVX-512 code and compiled with its options where it chooses
// at run time, as libc does, and such a program is simulated without it. So a program built with -march=native alone is
// not found here; its SIGILL is to be explained afterwards.
std::optional<std::string> avx512_evidence(const std::string& program);

}  // namespace countercheck
