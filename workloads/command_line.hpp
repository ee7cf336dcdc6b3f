#pragma once

#include <string>

#include "workloads/registry.hpp"

namespace countercheck::workloads {

// What the user asked for.
struct Request {
  enum class Action { run, list, help };
  Action action = Action::run;
  const Family* family = nullptr;    // for run, never null
  const Variant* variant = nullptr;  // for run, never null
  std::string name;                  // of the variant, with its family
  Problem problem;
  bool passive_wait = false;
};

// Throws UsageError, one sentence that names the nearest variant or option, or the values that are possible.
Request parse(int argc, char** argv);

std::string usage();

}  // namespace countercheck::workloads
