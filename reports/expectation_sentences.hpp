#pragma once

#include <string>
#include <vector>

#include "analysis/judgement.hpp"

namespace countercheck {

// "confirmed: roll-add.instructions is 0.35 x in-place.instructions, below 0.5 [0.349, 0.351]"; of an undecided one
// why, and what was expected.
std::string expectation_sentence(const Judgement& judgement);

// All of them, in their order.
std::vector<std::string> expectation_sentences(const std::vector<Judgement>& judgements);

}  // namespace countercheck
