#pragma once

namespace countercheck::workloads {

// Makes OpenMP's threads sleep while they wait at a barrier instead of spinning. The OpenMP libraries read
// OMP_WAIT_POLICY once, when they are loaded, before main: so where it is not passive yet, it is set and the program
// begins again in the same process, with the same arguments, environment, descriptors and counters. Call it before the
// region. Throws Failure when the program cannot be started again.
void wait_passively(char** argv);

}  // namespace countercheck::workloads
