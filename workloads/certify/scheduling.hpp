#pragma once

#include "workloads/certify/kernel.hpp"

// What the kernel's scheduler and clocks count.
namespace countercheck::certify {

void ping_pong(const Work& work);  // n times to another process and back, on one CPU: it waits, and the other waits
void nap(const Work& work);        // n sleeps
void migrate(const Work& work);    // n moves to another CPU
void spin(const Work& work);       // so many nanoseconds by the thread's own CPU clock

}  // namespace countercheck::certify
