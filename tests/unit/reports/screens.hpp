#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "reports/report.hpp"

// Whole screens are compared with files under screens/, which a person has read. After a change of layout,
// COUNTERCHECK_WRITE_SCREENS=1 writes them anew, to be read again before they are committed.
namespace countercheck::testing {

inline std::string rendered(const Report& report) {
  std::ostringstream out;
  report.render(out);
  return out.str();
}

inline std::string screen(const std::string& name, const std::string& actual) {
  const std::filesystem::path path = std::filesystem::path(SCREEN_DIRECTORY) / name;
  if (std::getenv("COUNTERCHECK_WRITE_SCREENS")) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << actual;
  }
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// What is seen of a coloured text: everything but the escape sequences.
inline std::string uncoloured(const std::string& text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\x1b') {
      at = text.find('m', at);
    } else {
      plain += text[at];
    }
  }
  return plain;
}

}  // namespace countercheck::testing
