#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "analysis/expectation.hpp"

namespace countercheck {

// A piece of an expectation's text.
struct Token {
  enum class Kind { end, number, word, quoted, symbol };

  Kind kind = Kind::end;
  std::string text{};    // of a word, of what is in the quotes, of a symbol: "<=", "*", "(", "."
  std::size_t at = 0;    // bytes before it
  std::size_t next = 0;  // bytes before what follows it
  double number = 0;     // of a number with its unit: in ns, in bytes, or plain
  Dimension dimension{};

  bool is(std::string_view symbol) const { return kind == Kind::symbol && text == symbol; }
};

// The first token at or after `at`. A word begins with a letter or '_' and goes on with letters, digits and _ - : / .
// (so that cache-misses and cpu/event=0xc0/ are words; a minus or a division after one needs a blank before it); '='
// and ',' belong to it only behind an odd number of slashes. Throws UserError for what is no token.
Token next_token(std::string_view text, std::size_t at);

// The mistake, with the column (in characters, from 1) at which it is.
[[noreturn]] void refuse(std::string_view text, std::size_t at, const std::string& sentence);

}  // namespace countercheck
