#pragma once

#include <filesystem>
#include <string>

namespace countercheck {

// Where files go that nobody asked for: $TMPDIR, else /tmp.
std::string temporary_place();

// A new folder there that only we may enter, and that goes with this object with all that is in it.
class PrivateFolder {
 public:
  PrivateFolder();  // throws UserError when it cannot be made
  ~PrivateFolder();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace countercheck
