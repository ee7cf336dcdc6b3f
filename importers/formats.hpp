#pragma once

#include <span>
#include <string>
#include <string_view>

#include "importers/imported.hpp"

namespace countercheck {

// A form of output of another tool that can be read.
struct ImportFormat {
  std::string_view name;   // as --as takes it
  std::string_view words;  // what it is: "perf stat's text"
  bool (*looks_like)(std::string_view text);
  Imported (*read)(std::string_view text);
};

std::span<const ImportFormat> import_formats();

// The first whose marks the text has; null: none.
const ImportFormat* recognise(std::string_view text);

// "perf stat's text, perf stat -x, … or …"
std::string list_of_import_formats();

}  // namespace countercheck
