#pragma once

#include <string>
#include <string_view>

#include "simulator/attribution.hpp"

namespace countercheck {

// Names of code as a person says them.

// A demangled function without its result, arguments and template arguments: "std::vector::push_back", "main",
// "step" for "(anonymous namespace)::step(Grid const&)", "operator new".
std::string short_function(std::string_view demangled);

// The last two parts of such a name, which is enough where its place stands beside it: "Grid::copy" for
// "job::diffusion::Grid::copy".
std::string spoken_function(std::string_view short_name);

// The last part of a path.
std::string file_name(std::string_view path);

// "step (rows.cpp:12)"; "step (libgrid.so)" without debug information; "code of libgrid.so" without a name.
std::string place_name(const CodePlace& place);

// Whether a frame is a function that allocates: malloc, mmap, operator new and the like.
bool is_allocator(const CodePlace& frame);

// Whether a frame of an allocating call stack is machinery: the allocator, the wrappers of the C++ library, the
// C library itself, what comes before main.
bool is_allocating_machinery(const CodePlace& frame);

}  // namespace countercheck
