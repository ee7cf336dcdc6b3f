#pragma once

#include <string>

namespace countercheck {

// Emphasis on a terminal that takes it. What it says is always said in words or marks as well.
class Palette {
 public:
  explicit Palette(bool colour) : colour_(colour) {}

  std::string bold(const std::string& text) const { return paint("1", text); }
  std::string dim(const std::string& text) const { return paint("2", text); }
  std::string red(const std::string& text) const { return paint("31", text); }

 private:
  std::string paint(const char* code, const std::string& text) const {
    if (!colour_ || text.empty()) return text;
    return std::string("\x1b[") + code + "m" + text + "\x1b[0m";
  }

  bool colour_;
};

}  // namespace countercheck
