#include "reports/text_width.hpp"

#include <algorithm>
#include <cstdint>

namespace countercheck {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// From Unicode's EastAsianWidth.txt (W and F) and emoji presentation, joined to whole blocks where that loses nothing
// that a name or a sentence of ours is likely to hold.
constexpr Range kWide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},  {0x3400, 0x4DBF},
                           {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xAC00, 0xD7A3},  {0xF900, 0xFAFF},
                           {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F},
                           {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}};
constexpr Range kZero[] = {{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
                           {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};

template <std::size_t N>
bool within(const Range (&ranges)[N], std::uint32_t code) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [&](const Range& range) { return code >= range.first && code <= range.last; });
}

struct Character {
  std::size_t bytes = 1;
  std::size_t width = 1;
};

// The first character of a text that is not empty. A byte that begins no whole character stands for itself.
Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned lead = byte(0);
  std::size_t bytes = 1;
  std::uint32_t code = lead;
  if (lead >= 0xC2 && lead < 0xE0) {
    bytes = 2;
    code = lead & 0x1FU;
  } else if (lead >= 0xE0 && lead < 0xF0) {
    bytes = 3;
    code = lead & 0x0FU;
  } else if (lead >= 0xF0 && lead < 0xF5) {
    bytes = 4;
    code = lead & 0x07U;
  }
  if (bytes > text.size()) return {};
  for (std::size_t at = 1; at < bytes; ++at) {
    if ((byte(at) & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (byte(at) & 0x3FU);
  }
  if (within(kZero, code)) return {bytes, 0};
  return {bytes, within(kWide, code) ? std::size_t{2} : std::size_t{1}};
}

// The bytes of the longest beginning that fits; at least one character of a text that is not empty.
std::size_t fitting(std::string_view text, std::size_t width) {
  std::size_t at = 0;
  std::size_t used = 0;
  while (at < text.size()) {
    const Character next = first_character(text.substr(at));
    if (used + next.width > width && at > 0) break;
    used += next.width;
    at += next.bytes;
  }
  return at;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character next = first_character(text);
    width += next.width;
    text.remove_prefix(next.bytes);
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const Character next = first_character(text);
    const auto byte = static_cast<unsigned char>(text.front());
    // 0xC2 0x80 to 0xC2 0x9F are the C1 controls, which some terminals obey.
    const bool c1 = next.bytes == 2 && byte == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0;
    const bool control = next.bytes == 1 && (byte < 0x20 || byte >= 0x7F);
    if (byte == '\n' || byte == '\t') {
      safe += ' ';
    } else {
      safe += c1 || control ? std::string_view("?") : text.substr(0, next.bytes);
    }
    text.remove_prefix(next.bytes);
  }
  return safe;
}

std::string pad_left(std::string_view text, std::size_t width) {
  const std::size_t own = display_width(text);
  return std::string(width > own ? width - own : 0, ' ') + std::string(text);
}

std::string pad_right(std::string_view text, std::size_t width) {
  const std::size_t own = display_width(text);
  return std::string(text) + std::string(width > own ? width - own : 0, ' ');
}

std::string cut(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width < 2) return width == 1 ? "…" : "";
  const std::size_t bytes = fitting(text, width - 1);
  if (display_width(text.substr(0, bytes)) > width - 1) return "…";
  return std::string(text.substr(0, bytes)) + "…";
}

std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t hanging) {
  width = std::max<std::size_t>(width, 1);
  if (hanging + 8 > width) hanging = 0;
  std::vector<std::string> lines(1);
  bool fresh = true;  // the last line holds no word yet
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    std::string_view word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    if (word.empty()) {
      // Spaces at the beginning are an indent, those between words are kept as long as the line goes on.
      if (display_width(lines.back()) + 1 < width) lines.back() += ' ';
      continue;
    }
    const std::size_t gap = fresh ? 0 : 1;
    if (!fresh && display_width(lines.back()) + gap + display_width(word) > width) {
      lines.back().erase(lines.back().find_last_not_of(' ') + 1);
      lines.push_back(std::string(hanging, ' '));
    } else if (!fresh) {
      lines.back() += ' ';
    }
    while (display_width(lines.back()) + display_width(word) > width) {
      const std::size_t used = std::min(display_width(lines.back()), width - 1);
      const std::size_t bytes = fitting(word, width - used);
      if (bytes >= word.size()) break;  // one character wider than the whole line
      lines.back() += word.substr(0, bytes);
      word.remove_prefix(bytes);
      lines.push_back(std::string(hanging, ' '));
    }
    lines.back() += word;
    fresh = false;
  }
  return lines;
}

}  // namespace countercheck
