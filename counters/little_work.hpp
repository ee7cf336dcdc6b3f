#pragma once

namespace countercheck {

// Some hundred thousand instructions and branches, sixteen page faults, one voluntary switch: what a counter is tried
// with.
void do_a_little_of_everything();

// Some hundred thousand instructions, branches, loads and stores, without a system call: a millisecond or less, in
// which no multiplexing takes place, for the kernel rotates counters at its timer's pace.
void do_a_little_arithmetic();

}  // namespace countercheck
