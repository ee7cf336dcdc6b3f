#include "experiment/short_names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <set>
#include <string_view>

namespace countercheck {
namespace {

using Pieces = std::vector<std::string>;

constexpr std::size_t kLongestName = 24;

// What is left of each list without the pieces that all begin with and those that all end with.
std::vector<Pieces> middles(const std::vector<Pieces>& lists) {
  const Pieces& first = lists.front();
  std::size_t shortest = first.size();
  for (const Pieces& list : lists) shortest = std::min(shortest, list.size());
  std::size_t before = 0;
  const auto all_begin = [&](const Pieces& list) { return list[before] == first[before]; };
  while (before < shortest && std::all_of(lists.begin(), lists.end(), all_begin)) ++before;
  std::size_t after = 0;
  const auto all_end = [&](const Pieces& list) {
    return *(list.end() - 1 - static_cast<std::ptrdiff_t>(after)) ==
           *(first.end() - 1 - static_cast<std::ptrdiff_t>(after));
  };
  while (after < shortest - before && std::all_of(lists.begin(), lists.end(), all_end)) ++after;
  std::vector<Pieces> left;
  left.reserve(lists.size());
  for (const Pieces& list : lists) {
    left.emplace_back(list.begin() + static_cast<std::ptrdiff_t>(before),
                      list.end() - static_cast<std::ptrdiff_t>(after));
  }
  return left;
}

Pieces parts_of_path(std::string_view path) {
  Pieces parts;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (end > begin) parts.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::string last_part(std::string_view path) {
  const Pieces parts = parts_of_path(path);
  return parts.empty() ? "" : parts.back();
}

// "old.py" is "old" where the others end alike.
void drop_common_ending(std::vector<std::string>& names) {
  const std::size_t dot = names.front().rfind('.');
  if (dot == std::string::npos || dot == 0) return;
  const std::string ending = names.front().substr(dot);
  const auto has_it = [&](const std::string& name) { return name.size() > ending.size() && name.ends_with(ending); };
  if (!std::all_of(names.begin(), names.end(), has_it)) return;
  for (std::string& name : names) name.resize(name.size() - ending.size());
}

// The names of commands that differ in one word each.
std::vector<std::string> names_of_words(const std::vector<Pieces>& words) {
  std::vector<Pieces> paths;
  for (const Pieces& one : words) paths.push_back(parts_of_path(one.front()));
  std::vector<std::string> names;
  for (const Pieces& path : middles(paths)) names.push_back(fmt::format("{}", fmt::join(path, "-")));
  drop_common_ending(names);
  return names;
}

std::string tidied(std::string_view name) {
  std::string tidy;
  for (const char letter : name) {
    const bool kept = std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == '.' ||
                      letter == '+' || static_cast<unsigned char>(letter) >= 0x80;
    if (kept) {
      tidy += letter;
    } else if (!tidy.empty() && tidy.back() != '-') {
      tidy += '-';
    }
  }
  if (tidy.size() > kLongestName) {
    std::size_t end = kLongestName;
    while (end > 0 && (static_cast<unsigned char>(tidy[end]) & 0xc0) == 0x80) --end;  // not within a letter of UTF-8
    tidy.resize(end);
  }
  tidy.erase(tidy.find_last_not_of('-') + 1);
  return tidy;
}

}  // namespace

std::vector<std::string> numbered(std::vector<std::string> names) {
  std::set<std::string> taken;
  const std::set<std::string> all(names.begin(), names.end());
  for (std::string& name : names) {
    const std::string plain = name;
    for (unsigned number = 2; !taken.insert(name).second; ++number) {
      do {
        name = fmt::format("{}-{}", plain, number);
      } while (all.contains(name) && ++number > 0);
    }
  }
  return names;
}

std::vector<std::string> short_names(const std::vector<std::vector<std::string>>& commands) {
  if (commands.empty()) return {};
  std::vector<Pieces> different = middles(commands);
  if (commands.size() == 1) different.front() = {};
  std::vector<std::string> names;
  if (std::all_of(different.begin(), different.end(), [](const Pieces& words) { return words.size() == 1; })) {
    names = names_of_words(different);
  } else {
    for (const Pieces& words : different) {
      Pieces last_parts;
      for (const std::string& word : words) last_parts.push_back(last_part(word));
      names.push_back(fmt::format("{}", fmt::join(last_parts, "-")));
    }
  }
  for (std::size_t at = 0; at < names.size(); ++at) {
    names[at] = tidied(names[at]);
    if (names[at].empty() && !commands[at].empty()) names[at] = tidied(last_part(commands[at].front()));
    if (names[at].empty()) names[at] = "command";
  }
  return numbered(std::move(names));
}

}  // namespace countercheck
