#include "cli/source_text.hpp"

#include <filesystem>
#include <fstream>

namespace countercheck {
namespace {

namespace fs = std::filesystem;

std::optional<std::vector<std::string>> lines_of(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  std::ifstream stream(path);
  if (!stream) return std::nullopt;
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(std::move(line));
  return lines;
}

}  // namespace

std::optional<std::vector<std::string>> read_source(const std::string& path, const std::vector<std::string>& folders) {
  if (auto lines = lines_of(path)) return lines;
  for (const auto& folder : folders) {
    const fs::path whole = fs::path(path).relative_path().lexically_normal();
    for (auto from = whole.begin(); from != whole.end(); ++from) {
      fs::path end;
      for (auto part = from; part != whole.end(); ++part) end /= *part;
      if (auto lines = lines_of(folder / end)) return lines;
    }
  }
  return std::nullopt;
}

}  // namespace countercheck
