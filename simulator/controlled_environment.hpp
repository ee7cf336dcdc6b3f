#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace countercheck {

// The environment of a simulated run: as many variables and as many bytes whatever the user's holds, in an order that
// does not matter, so that the stack begins at the same place and the loader, which reads the name of every variable,
// does the same work.
struct ControlledEnvironment {
  std::vector<std::string> variables{};  // "NAME=value": the tunables, the user's by name, the padding
  std::vector<std::string> pinned{};     // those that were set or changed, as the program sees them
};

// `variables` are the user's, `other_bytes` the length of what lies on the stack beside them: the arguments with their
// closing zeros. The number of variables is made a multiple of 64, the bytes of all a multiple of 64 KiB, and the bytes
// of all names a multiple of 2 KiB.
//
// Pinned, unless the user set them: OMP_WAIT_POLICY=passive (a spinning team's instructions depend on the moment) and
// PYTHONHASHSEED=0. GLIBC_TUNABLES gets glibc.cpu.hwcaps=-ERMS in addition on x86-64: with ERMS, memset and memcpy are
// single instructions of one store for each byte to a simulator.
ControlledEnvironment controlled_environment(const std::vector<std::string>& variables, std::size_t other_bytes);

// Adds variables that nobody asks for until they are a multiple of 64, the bytes of all and of what lies on the stack
// beside them a multiple of `multiple`, and the bytes of all names a multiple of 2 KiB.
void pad_environment(std::vector<std::string>& variables, std::size_t other_bytes, std::size_t multiple);

}  // namespace countercheck
