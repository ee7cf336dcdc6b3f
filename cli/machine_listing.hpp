#pragma once

#include <iosfwd>
#include <string>

namespace countercheck {

// The machines that the simulator can be, one a row, with the size and the ways of each cache. One that cannot be read
// keeps its row, with the reason.
void list_machines(std::ostream& out);

// All of one machine, by name or by its file: geometry, where its figures come from, and what is known to be otherwise.
// Throws UserError as find_machine does.
void describe_machine(std::ostream& out, const std::string& name);

}  // namespace countercheck
