#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace countercheck {

// A program that is installed beside our own; in a build tree each room has its own folder. Throws UserError, with what
// the program is for, when it is not there.
std::string companion(std::string_view name, std::string_view room, std::string_view what_for);

// What a program tells that is started by these words and --list: a JSON object. Calls `read` with it. Throws UserError
// when the program fails, or `read` finds it not to be as it should.
void read_listing(std::vector<std::string> command, const std::function<void(const nlohmann::json&)>& read);

// The rows under one key of it.
template <typename Row>
std::vector<Row> read_listing(const std::vector<std::string>& command, const char* key,
                              Row (*row_from)(const nlohmann::json&)) {
  std::vector<Row> rows;
  read_listing(command, [&](const nlohmann::json& listing) {
    for (const auto& one : listing.at(key)) rows.push_back(row_from(one));
  });
  return rows;
}

}  // namespace countercheck
