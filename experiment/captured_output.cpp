#include "experiment/captured_output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "experiment/private_folder.hpp"
#include "experiment/read_back.hpp"

namespace countercheck {
CapturedOutput::CapturedOutput()
    : file_(open(temporary_place().c_str(), O_TMPFILE | O_RDWR | O_APPEND | O_CLOEXEC, 0600)) {
  if (file_) return;
  // Not every file system has nameless files, and a system may have no writable /tmp at all.
  file_ = Descriptor(memfd_create("countercheck-output", MFD_CLOEXEC));
  if (file_) fcntl(file_.get(), F_SETFL, O_APPEND);
}

void CapturedOutput::clear() {
  // Most programs measured again and again write nothing: spare the file system the call.
  if (!empty() && ftruncate(file_.get(), 0) != 0) return;
}

bool CapturedOutput::empty() const {
  return size_of(file_.get()) == 0;
}

std::string CapturedOutput::text() const {
  return read_back(file_.get());
}

std::string CapturedOutput::last_lines(std::size_t most) const {
  constexpr off_t kTail = 4096;
  std::string tail = read_back(file_.get(), kTail);
  while (!tail.empty() && tail.back() == '\n') tail.pop_back();
  std::size_t begin = tail.size();
  for (std::size_t lines = 0; lines < most && begin > 0; ++lines) {
    const auto end = tail.rfind('\n', begin - 1);
    begin = end == std::string::npos ? 0 : end;
  }
  return tail.substr(begin > 0 ? begin + 1 : 0);
}

std::string CapturedOutput::keep() {
  const std::string folder = temporary_place();
  const std::string own = fmt::format("/proc/self/fd/{}", file_.get());
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::string name = fmt::format("{}/countercheck-output-{}-{}.txt", folder, getpid(), attempt);
    if (linkat(AT_FDCWD, own.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      *this = CapturedOutput();  // what is written next belongs to another sample
      return name;
    }
    if (errno != EEXIST) break;
  }
  return {};
}

std::string with_output(std::string sentence, CapturedOutput& output) {
  constexpr std::size_t kLines = 5;
  if (output.empty()) return sentence;
  const std::string lines = output.last_lines(kLines);
  const std::string kept = output.keep();
  sentence += kept.empty() ? "; the last lines of its output:"
                           : fmt::format("; its output is in {}, the last lines are:", kept);
  return fmt::format("{}\n{}", sentence, lines);
}

}  // namespace countercheck
