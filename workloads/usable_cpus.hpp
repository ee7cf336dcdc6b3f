#pragma once

namespace countercheck::workloads {

// CPUs that the process may run on: those of its affinity mask (taskset, a container's cpuset), not all there are.
unsigned usable_cpus();

}  // namespace countercheck::workloads
