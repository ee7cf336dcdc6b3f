#include "simulator/shared_libraries.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>

#include "simulator/elf_file.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

// Debian's and Fedora's; the instruction-set levels' own folders (glibc-hwcaps) are not among them, because Valgrind's
// processor has no AVX-512 for which they would be chosen.
constexpr const char* kUsualFolders =
    "/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu:/lib64:/usr/lib64:/lib:/usr/lib:/usr/local/lib";

std::vector<std::string> folders(const std::string& path, const std::string& origin) {
  std::vector<std::string> all;
  std::istringstream stream(path);
  for (std::string folder; std::getline(stream, folder, ':');) {
    for (const std::string name : {"$ORIGIN", "${ORIGIN}"}) {
      const std::size_t at = folder.find(name);
      if (at != std::string::npos) folder.replace(at, name.size(), origin);
    }
    if (!folder.empty()) all.push_back(folder);
  }
  return all;
}

std::string origin_of(const std::string& file) {
  std::error_code error;
  return fs::canonical(file, error).parent_path();
}

std::optional<std::string> find_library(const std::string& name, const std::vector<std::string>& where) {
  if (name.find('/') != std::string::npos) return name;
  for (const auto& folder : where) {
    fs::path path = fs::path(folder) / name;
    if (read_elf_file(path)) return path;  // as ld.so, goes on past another processor's library
  }
  return {};
}

}  // namespace

std::vector<std::string> shared_libraries(const std::string& program) {
  const char* preferred = std::getenv("LD_LIBRARY_PATH");
  std::vector<std::string> files = {program};
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto file = read_elf_file(files[i]);
    if (!file) continue;
    const std::string origin = origin_of(files[i]);
    std::vector<std::string> where = folders(file->run_path, origin);
    for (const auto& folder : folders(preferred == nullptr ? "" : preferred, origin)) where.push_back(folder);
    for (const auto& folder : folders(kUsualFolders, origin)) where.push_back(folder);
    for (const auto& name : file->libraries) {
      const auto path = find_library(name, where);
      if (path && std::find(files.begin(), files.end(), *path) == files.end()) files.push_back(*path);
    }
  }
  files.erase(files.begin());
  return files;
}

}  // namespace countercheck
