#pragma once

#include <string>
#include <vector>

namespace countercheck {

// Paths of the shared libraries that an x86-64 program is loaded with, those of its libraries too, each once; what is
// loaded later, by dlopen(3), is not known. A plain account of ld.so(8): each file's run path with $ORIGIN,
// LD_LIBRARY_PATH, then the usual folders. Libraries that are not found so (ld.so.cache is not read) are left out.
std::vector<std::string> shared_libraries(const std::string& program);

}  // namespace countercheck
