#include "analysis/listing.hpp"

#include <algorithm>
#include <set>

#include "analysis/code_names.hpp"
#include "analysis/miss_tables.hpp"

namespace countercheck {
namespace {

constexpr unsigned kAround = 2;  // lines of source before and after one that ran

std::uint64_t misses_of(const ListedFile& file, std::size_t level) {
  std::uint64_t sum = 0;
  for (const auto& [number, counts] : file.lines) sum += data_misses(counts.levels[level]);
  return sum;
}

std::uint64_t misses_of(const ListedCode& code, std::size_t level) {
  std::uint64_t sum = 0;
  for (const ListedFile& file : code.files) sum += misses_of(file, level);
  return sum;
}

void take(ListedCode& code, const SiteCounts& site) {
  const auto same = [&](const ListedFile& file) {
    return file.path == site.place.file && (!file.path.empty() || file.object == site.place.object);
  };
  auto file = std::find_if(code.files.begin(), code.files.end(), same);
  if (file == code.files.end()) {
    file = code.files.insert(code.files.end(), {.path = site.place.file, .object = site.place.object});
  }
  const auto [line, is_new] = file->lines.try_emplace(site.place.line, site);
  if (!is_new) add(line->second, site);
}

// The first file is always kept.
void order(ListedCode& code, std::size_t level) {
  std::stable_sort(code.files.begin(), code.files.end(),
                   [&](const ListedFile& a, const ListedFile& b) { return misses_of(a, level) > misses_of(b, level); });
  const std::uint64_t all = misses_of(code, level);
  const auto few = [&](const ListedFile& file) {
    return misses_of(file, level) * 20 < all || misses_of(file, level) == 0;
  };
  code.left_out = code.files.size();
  code.files.erase(std::find_if(code.files.begin() + 1, code.files.end(), few), code.files.end());
  code.left_out -= code.files.size();
}

// "grid.cpp" and "src/grid.cpp" are ends of "/home/me/src/grid.cpp"; "id.cpp" is none.
bool is_end_of(const std::string& path, const std::string& name) {
  if (!path.ends_with(name) || name.empty()) return false;
  return path.size() == name.size() || name.front() == '/' || path[path.size() - name.size() - 1] == '/';
}

// "roll" and "grid::roll" may be said for "job::grid::roll".
bool is_called(const std::string& function, const std::string& name) {
  return function == name || (!name.empty() && function.ends_with("::" + name));
}

}  // namespace

std::vector<ListedCode> hottest_functions(const std::vector<SiteCounts>& sites, std::size_t level, std::size_t most) {
  std::map<std::pair<std::string, std::string>, ListedCode> functions;
  for (const SiteCounts& site : sites) {
    if (site.place.function.empty()) continue;
    ListedCode& code = functions[{short_function(site.place.function), site.place.object}];
    code.name = short_function(site.place.function);
    take(code, site);
  }
  std::vector<ListedCode> hottest;
  for (auto& [name, code] : functions) {
    if (misses_of(code, level) > 0) hottest.push_back(std::move(code));
  }
  std::stable_sort(hottest.begin(), hottest.end(),
                   [&](const ListedCode& a, const ListedCode& b) { return misses_of(a, level) > misses_of(b, level); });
  hottest.resize(std::min(hottest.size(), most));
  for (ListedCode& code : hottest) order(code, level);
  return hottest;
}

std::optional<ListedCode> find_code(const std::vector<SiteCounts>& sites, std::size_t level, const std::string& name) {
  ListedCode function{.name = name};
  ListedCode file{.name = name};
  for (const SiteCounts& site : sites) {
    const std::string& own = site.place.function;
    if (!own.empty() && (own == name || is_called(short_function(own), name))) take(function, site);
    if (is_end_of(site.place.file, name)) take(file, site);
  }
  ListedCode& found = function.files.empty() ? file : function;
  if (found.files.empty()) return std::nullopt;
  order(found, level);
  return found;
}

std::vector<std::string> code_names(const std::vector<SiteCounts>& sites) {
  std::set<std::string> names;
  for (const SiteCounts& site : sites) {
    if (!site.place.function.empty()) names.insert(short_function(site.place.function));
    if (!site.place.file.empty()) names.insert(file_name(site.place.file));
  }
  return {names.begin(), names.end()};
}

ListingPart list_source(const ListedFile& file, const std::optional<std::vector<std::string>>& text) {
  ListingPart part{.path = file.path};
  if (file.path.empty()) {
    const std::string object = file.object.empty() ? "it" : file_name(file.object);
    part.trouble = "there is no debug information for this code in " + object + ": compile it with -g to see its lines";
    return part;
  }
  if (!text) {
    part.trouble = file.path + " is not here: name the folder that holds it with --sources FOLDER";
    return part;
  }
  if (file.lines.rbegin()->first > text->size()) {
    part.trouble = file.path + " has changed since the program was built, it is shorter: build it again";
    return part;
  }
  std::set<unsigned> shown;
  for (const auto& [number, counts] : file.lines) {
    const unsigned first = number > kAround + 1 ? number - kAround : 1;
    for (unsigned line = first; line <= number + kAround && line <= text->size(); ++line) shown.insert(line);
  }
  for (const unsigned number : shown) {
    ListingLine line{.number = number, .text = (*text)[number - 1]};
    if (const auto counts = file.lines.find(number); counts != file.lines.end()) line.counts = counts->second;
    part.lines.push_back(std::move(line));
  }
  return part;
}

}  // namespace countercheck
