#pragma once

#include <iosfwd>
#include <string>

namespace countercheck {

// Whether this is the name of one event: perf's, a raw code, pmu/terms/, a native name of libpfm4 on any PMU it knows,
// or a preset of PAPI.
bool names_one_event(const std::string& name);

// All that is known of one event on this machine: what opens, its raw encoding, what it counts, how far it is to be
// trusted. A name that is none gets the error of parse_event.
void print_passport(std::ostream& out, const std::string& name);

// What perf's name means on processors of a family (families_named), which this machine need not be.
void print_passport(std::ostream& out, const std::string& name, const std::string& family);

// What all of perf's names mean on processors of a family, a line each.
void print_family(std::ostream& out, const std::string& family);

}  // namespace countercheck
