#include "reports/xml.hpp"

#include "reports/text_width.hpp"

namespace countercheck {
namespace {

struct Entity {
  char letter;
  std::string_view name;
};
constexpr Entity kEntities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"}};

// Bytes of the UTF-8 sequence that a byte begins; 0: it begins none.
std::size_t length_from(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

// Bytes of the whole and valid sequence at a place; 0: there is none. The ranges of the second byte keep out overlong
// forms, surrogates and what is beyond U+10FFFF (Unicode 15, table 3-7).
std::size_t sequence_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
  const std::size_t length = length_from(byte(0));
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t offset = 1; offset < length; ++offset) {
    if ((byte(offset) & 0xC0) != 0x80) return 0;
  }
  if (length > 1) {
    if (byte(0) == 0xE0 && byte(1) < 0xA0) return 0;
    if (byte(0) == 0xED && byte(1) >= 0xA0) return 0;
    if (byte(0) == 0xF0 && byte(1) < 0x90) return 0;
    if (byte(0) == 0xF4 && byte(1) >= 0x90) return 0;
  }
  // U+FFFE and U+FFFF are no characters of XML.
  if (length == 3 && byte(0) == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE) return 0;
  return length;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string safe;
  const std::string plain = printable(text);  // no control characters
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t length = sequence_at(plain, at);
    if (length == 0) {
      safe += '?';
      ++at;
      continue;
    }
    std::string_view piece(plain.data() + at, length);
    for (const Entity& entity : kEntities) {
      if (piece == std::string_view(&entity.letter, 1)) piece = entity.name;
    }
    safe += piece;
    at += length;
  }
  return safe;
}

}  // namespace countercheck
