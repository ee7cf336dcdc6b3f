#pragma once

#include <memory>

#include "cli/subcommand.hpp"

namespace countercheck {

// The word after `countercheck history` that shows how results change over time.
std::unique_ptr<Subcommand> make_trend(CLI::App& history);

}  // namespace countercheck
