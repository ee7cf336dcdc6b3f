#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "reports/text_width.hpp"

namespace countercheck {

// A terminal's page of some width: what is put on it is safe to print and broken into lines that fit.
class Page {
 public:
  Page(std::ostream& out, std::size_t width) : out_(out), width_(width < 1 ? 1 : width) {}

  std::size_t width() const { return width_; }

  void blank() { out_ << '\n'; }

  // A line made by the caller, who knows that it fits. Spaces at its end are left away.
  void line(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    out_ << text << '\n';
  }

  // Text of any length, wrapped, each line passed through `paint`.
  template <typename Paint>
  void paragraph(std::string_view text, std::size_t hanging, Paint paint) {
    for (const std::string& one : wrap(printable(text), width_, hanging)) line(paint(one));
  }
  void paragraph(std::string_view text, std::size_t hanging = 2) {
    paragraph(text, hanging, [](const std::string& one) { return one; });
  }

  // Each sentence a paragraph, and a blank line before the first if there is one.
  void section(const std::vector<std::string>& sentences) {
    if (!sentences.empty()) blank();
    for (const std::string& sentence : sentences) paragraph(sentence);
  }

 private:
  std::ostream& out_;
  std::size_t width_;
};

}  // namespace countercheck
