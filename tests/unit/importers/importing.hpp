#pragma once

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "importers/imported.hpp"

// What the tests of the readers have in common.
namespace countercheck::testing {

inline std::string file_text(const std::string& path) {
  std::ifstream stream(path);
  if (!stream) throw std::runtime_error("no file " + path);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

inline std::string imported_file(const std::string& name) {
  return file_text(std::string(IMPORTED_FILES) + "/" + name);
}

// "cycles:u count user 123", with what differs from a plain reading behind it.
inline std::string shown(const Reading& reading) {
  std::string text = fmt::format("{} {} {} ", reading.event, to_string(reading.unit), to_string(reading.privilege));
  if (const Absence* const why = absence(reading)) return text + std::string(short_form(why->reason));
  text += std::to_string(*raw(reading));
  if (coverage(reading) < 1) text += fmt::format(" at {:.2f} %", 100 * coverage(reading));
  if (reading.summary) {
    text += reading.summary->runs ? fmt::format(" mean of {}", *reading.summary->runs) : " mean";
    if (reading.summary->relative_error) text += fmt::format(" +- {:.2f} %", 100 * *reading.summary->relative_error);
  }
  return text;
}

inline std::vector<std::string> shown(const ImportedSample& sample) {
  std::vector<std::string> lines;
  for (const Reading& reading : sample.readings) lines.push_back(shown(reading));
  return lines;
}

inline std::vector<std::string> unread(const Imported& imported) {
  std::vector<std::string> lines;
  for (const Unread& left : imported.unread) lines.push_back(left.place + ": " + left.why);
  return lines;
}

inline std::string refusal(Imported (*read)(std::string_view), const std::string& text) {
  try {
    read(text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "(none)";
}

}  // namespace countercheck::testing
