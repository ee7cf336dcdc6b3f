#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace countercheck {

inline constexpr std::string_view kPythonFamily = "python";

// The words that start the workloads in Python: an interpreter and the program. The interpreter is that of the variable
// COUNTERCHECK_PYTHON, else Debian's own, whose packages numpy, numexpr and scipy are for no other, else the python3 of
// PATH. Throws UserError where there is none, or the program is not where it is installed.
std::vector<std::string> python_workloads();

}  // namespace countercheck
