#include "analysis/code_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace countercheck {
namespace {

constexpr std::string_view kOperator = "operator";

bool ends_name(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) == 0 && letter != '_';
}

// The length of an operator's own sign at the start of `rest`: "<<", "()", "->", " new"; its brackets are none.
std::size_t sign_length(std::string_view rest) {
  if (rest.starts_with("()")) return 2;
  const auto end = rest.find_first_not_of("<>=!+-*/%&|^~,[]");
  return end == std::string_view::npos ? rest.size() : end;
}

bool begins_operator(std::string_view name, std::size_t at) {
  if (!name.substr(at).starts_with(kOperator)) return false;
  const std::size_t behind = at + kOperator.size();
  return (at == 0 || ends_name(name[at - 1])) && behind < name.size() && ends_name(name[behind]);
}

// Without what stands in round and pointed brackets, but for the sign of an operator.
std::string without_brackets(std::string_view name) {
  std::string text;
  int depth = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (depth == 0 && begins_operator(name, at)) {
      const std::size_t length = kOperator.size() + sign_length(name.substr(at + kOperator.size()));
      text += name.substr(at, length);
      at += length - 1;
      continue;
    }
    const char letter = name[at];
    if (letter == '(' || letter == '<') ++depth;
    if (depth == 0) text += letter;
    if ((letter == ')' || letter == '>') && depth > 0) --depth;
  }
  return text;
}

void remove_all(std::string& text, std::string_view part) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at)) text.erase(at, part.size());
}

bool is_one_of(std::string_view name, const auto& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 14> kAllocators = {
    "malloc", "calloc",  "realloc", "reallocarray", "aligned_alloc", "memalign", "posix_memalign",
    "valloc", "pvalloc", "strdup",  "strndup",      "mmap",          "mmap64",   "mremap"};
constexpr std::array<std::string_view, 3> kBeforeMain = {"(below main)", "_start", "__libc_start_main"};

// libc.so.6, libc-2.31.so, ld-linux-x86-64.so.2, libstdc++.so.6, ...
constexpr std::array<std::string_view, 8> kLibraries = {"libc.so",    "libc-",     "ld-linux", "ld-2.",
                                                        "libstdc++.", "libc++.so", "libm.so",  "libpthread"};

}  // namespace

std::string short_function(std::string_view demangled) {
  std::string plain(demangled);
  if (plain == "(below main)") return plain;
  remove_all(plain, "(anonymous namespace)::");
  remove_all(plain, "[abi:cxx11]");
  plain = plain.substr(0, plain.find(" ["));                                          // [clone .isra.0]
  for (const std::string_view part : {".constprop.", ".isra.", ".part.", ".cold"}) {  // GCC's names for parts of it
    plain = plain.substr(0, plain.find(part));
  }
  std::string text = without_brackets(plain);
  if (text.ends_with(" const")) text.erase(text.size() - 6);
  text.erase(text.find_last_not_of(' ') + 1);
  // The result stands before the last space, unless that belongs to "operator new".
  const auto sign = text.rfind(std::string(kOperator) + " ");
  const auto space = text.rfind(' ', sign == std::string::npos ? std::string::npos : sign);
  if (space != std::string::npos && space + 1 < text.size()) text.erase(0, space + 1);
  return text.empty() ? plain : text;
}

std::string spoken_function(std::string_view short_name) {
  const auto last = short_name.rfind("::");
  if (last == std::string_view::npos || last == 0) return std::string(short_name);
  const auto before = short_name.rfind("::", last - 1);
  return std::string(before == std::string_view::npos ? short_name : short_name.substr(before + 2));
}

std::string file_name(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

std::string place_name(const CodePlace& place) {
  if (place.function.empty()) {
    if (!place.file.empty()) return file_name(place.file) + ":" + std::to_string(place.line);
    return place.object.empty() ? "code of no file" : "code of " + file_name(place.object);
  }
  std::string where = file_name(place.object);
  if (!place.file.empty()) where = file_name(place.file) + ":" + std::to_string(place.line);
  return spoken_function(short_function(place.function)) + (where.empty() ? "" : " (" + where + ")");
}

bool is_allocator(const CodePlace& frame) {
  const std::string name = short_function(frame.function);
  std::string_view plain = name;
  for (const std::string_view prefix : {"__GI_", "__libc_", "__"}) {  // the C library's own names for them
    if (plain.starts_with(prefix)) plain.remove_prefix(prefix.size());
  }
  return name.starts_with("operator new") || is_one_of(plain, kAllocators);
}

bool is_allocating_machinery(const CodePlace& frame) {
  // Code that was inlined has no namespace in its name: its file tells.
  if (frame.file.starts_with("/usr/include/") || frame.file.find("/include/c++/") != std::string::npos) return true;
  const std::string object = file_name(frame.object);
  const auto of_library = [&](std::string_view name) { return object.starts_with(name); };
  if (std::any_of(kLibraries.begin(), kLibraries.end(), of_library)) return true;
  const std::string name = short_function(frame.function);
  return name.starts_with("std::") || name.starts_with("__gnu_cxx::") || is_allocator(frame) ||
         is_one_of(name, kBeforeMain);
}

}  // namespace countercheck
