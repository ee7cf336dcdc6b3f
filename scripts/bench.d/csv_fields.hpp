#pragma once

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

// The fields of a line of CSV in which nothing is quoted.
inline std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream rest(line);
  for (std::string field; std::getline(rest, field, ',');) fields.push_back(field);
  return fields;
}

// The verdict on an event in the CSV of `countercheck compare` of two commands: "better", "worse", "equal",
// "undecided". Throws std::runtime_error where there is none.
inline std::string verdict_on(const std::string& wanted, const std::string& csv) {
  std::istringstream lines(csv);
  std::string line;
  std::getline(lines, line);
  const auto heads = fields_of(line);
  const auto column = [&](const char* name) {
    const auto found = std::find(heads.begin(), heads.end(), name);
    if (found == heads.end()) throw std::runtime_error(std::string("countercheck gives no column '") + name + "'");
    return static_cast<std::size_t>(found - heads.begin());
  };
  const std::size_t event = column("event");
  const std::size_t verdict = column("verdict");
  std::string said;
  while (std::getline(lines, line)) {
    auto fields = fields_of(line);
    fields.resize(heads.size());
    if (fields[event] == wanted && !fields[verdict].empty()) said = fields[verdict];
  }
  if (said.empty()) throw std::runtime_error("countercheck says nothing of " + wanted);
  return said;
}
