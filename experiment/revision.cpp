#include "experiment/revision.hpp"

#include <cstdio>
#include <memory>

namespace countercheck {
namespace {

// What a git command says, without the line's end; empty where it fails.
std::optional<std::string> git(const char* command) {
  const auto close = [](FILE* pipe) { return pclose(pipe); };
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command, "r"), close);
  if (!pipe) return std::nullopt;
  std::string text;
  char part[256];
  while (const std::size_t got = std::fread(part, 1, sizeof part, pipe.get())) text.append(part, got);
  if (pclose(pipe.release()) != 0) return std::nullopt;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

std::optional<std::string> revision_here() {
  auto revision = git("git rev-parse --verify HEAD 2>/dev/null");
  if (!revision) return std::nullopt;
  const auto changes = git("git status --porcelain --untracked-files=no 2>/dev/null");
  if (!changes || !changes->empty()) *revision += "-dirty";
  return revision;
}

std::string short_revision(const std::string& revision) {
  const std::size_t digits = revision.find_first_not_of("0123456789abcdef");
  const std::size_t whole = digits == std::string::npos ? revision.size() : digits;
  const bool hash = whole == 40 || whole == 64;  // SHA-1, SHA-256
  return hash ? revision.substr(0, 7) + revision.substr(whole) : revision;
}

bool is_meant_by(const std::string& revision, const std::string& word) {
  return revision == word || short_revision(revision) == word || (word.size() >= 4 && revision.starts_with(word));
}

}  // namespace countercheck
