#include "experiment/read_back.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace countercheck {

off_t size_of(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 ? status.st_size : 0;
}

std::string read_back(int descriptor, off_t most) {
  const off_t size = size_of(descriptor);
  std::string text(static_cast<std::size_t>(std::min(size, most)), '\0');
  const ssize_t got = pread(descriptor, text.data(), text.size(), size - static_cast<off_t>(text.size()));
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

}  // namespace countercheck
