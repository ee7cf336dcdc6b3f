#pragma once

namespace countercheck::workloads::diffusion {

// The explicit (forward Euler) step of du/dt = D ∇²u on a grid of unit spacing:
//     new = old + dt D (north + south + east + west - 4 old)
// It is stable for dt D <= 1/4. Values and equation of High Performance Python, 1st edition, chapter 6.
inline constexpr double kD = 1.0;
inline constexpr double kDt = 0.1;

}  // namespace countercheck::workloads::diffusion
