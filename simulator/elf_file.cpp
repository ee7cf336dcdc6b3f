#include "simulator/elf_file.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace countercheck {
namespace {

// No table that is looked at here is larger in a sound file.
constexpr std::size_t kMostBytes = 16U << 20;

// Parts of the file, by offset; whatever lies beyond its end is not there.
class Bytes {
 public:
  explicit Bytes(const std::string& path) : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    struct stat status {};
    if (descriptor_ >= 0 && fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode))
      size_ = static_cast<std::uint64_t>(status.st_size);
  }
  ~Bytes() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;

  std::string part(std::uint64_t offset, std::uint64_t count) const {
    if (offset >= size_) return {};
    std::string bytes(std::min({count, size_ - offset, std::uint64_t{kMostBytes}}), '\0');
    const ssize_t got = pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return bytes;
  }

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
};

// The object at the beginning of these bytes; empty when they are too few.
template <class Object>
std::optional<Object> object(std::string_view bytes) {
  if (bytes.size() < sizeof(Object)) return {};
  Object value;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

template <class Object>
std::vector<Object> objects(std::string_view bytes) {
  std::vector<Object> all;
  for (; bytes.size() >= sizeof(Object); bytes.remove_prefix(sizeof(Object))) all.push_back(*object<Object>(bytes));
  return all;
}

void skip(std::string_view& bytes, std::uint64_t count, std::uint64_t alignment) {
  const std::uint64_t padded = (count + alignment - 1) / alignment * alignment;
  bytes.remove_prefix(std::min<std::uint64_t>(padded, bytes.size()));
}

std::uint32_t isa_needed_by(std::string_view properties) {
  std::uint32_t needed = 0;
  while (const auto head = object<std::array<std::uint32_t, 2>>(properties)) {
    const auto [type, size] = *head;
    properties.remove_prefix(sizeof *head);
    const auto bits = object<std::uint32_t>(properties.substr(0, size));
    if (type == GNU_PROPERTY_X86_ISA_1_NEEDED && bits) needed |= *bits;
    skip(properties, size, 8);
  }
  return needed;
}

std::uint32_t isa_needed_by_notes(std::string_view notes, std::uint64_t alignment) {
  constexpr std::string_view gnu("GNU\0", 4);
  std::uint32_t needed = 0;
  while (const auto head = object<Elf64_Nhdr>(notes)) {
    notes.remove_prefix(sizeof *head);
    const std::string_view name = notes.substr(0, head->n_namesz);
    skip(notes, head->n_namesz, 4);
    const std::string_view content = notes.substr(0, head->n_descsz);
    if (head->n_type == NT_GNU_PROPERTY_TYPE_0 && name == gnu) needed |= isa_needed_by(content);
    skip(notes, head->n_descsz, alignment);
  }
  return needed;
}

std::string_view string_at(std::string_view strings, std::uint64_t offset) {
  if (offset >= strings.size()) return {};
  strings.remove_prefix(offset);
  return strings.substr(0, strings.find('\0'));
}

// Where in the file an address of the loaded program comes from.
std::optional<std::uint64_t> offset_of(std::uint64_t address, const std::vector<Elf64_Phdr>& segments) {
  for (const auto& segment : segments) {
    if (segment.p_type == PT_LOAD && address >= segment.p_vaddr && address - segment.p_vaddr < segment.p_filesz)
      return segment.p_offset + (address - segment.p_vaddr);
  }
  return {};
}

void read_dynamic(ElfFile& file, const Bytes& bytes, const std::vector<Elf64_Phdr>& segments,
                  const Elf64_Phdr& dynamic) {
  const auto entries = objects<Elf64_Dyn>(bytes.part(dynamic.p_offset, dynamic.p_filesz));
  const auto value = [&](Elf64_Sxword tag) -> std::optional<std::uint64_t> {
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const auto& row) { return row.d_tag == tag; });
    if (entry == entries.end()) return {};
    return entry->d_un.d_val;
  };
  const auto table = offset_of(value(DT_STRTAB).value_or(0), segments);
  if (!table) return;
  const std::string strings = bytes.part(*table, value(DT_STRSZ).value_or(0));
  for (const auto& entry : entries) {
    if (entry.d_tag == DT_NULL) break;
    if (entry.d_tag == DT_NEEDED) file.libraries.emplace_back(string_at(strings, entry.d_un.d_val));
  }
  if (const auto path = value(DT_RUNPATH) ? value(DT_RUNPATH) : value(DT_RPATH))
    file.run_path = string_at(strings, *path);
}

}  // namespace

std::optional<ElfFile> read_elf_file(const std::string& path) {
  const Bytes bytes(path);
  const auto header = object<Elf64_Ehdr>(bytes.part(0, sizeof(Elf64_Ehdr)));
  if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return {};
  const bool little_64 = header->e_ident[EI_CLASS] == ELFCLASS64 && header->e_ident[EI_DATA] == ELFDATA2LSB;
  if (!little_64 || header->e_machine != EM_X86_64 || header->e_phentsize != sizeof(Elf64_Phdr)) return {};

  ElfFile file;
  const auto segments =
      objects<Elf64_Phdr>(bytes.part(header->e_phoff, std::uint64_t{header->e_phnum} * sizeof(Elf64_Phdr)));
  for (const auto& segment : segments) {
    if (segment.p_type == PT_NOTE)
      file.isa_needed |=
          isa_needed_by_notes(bytes.part(segment.p_offset, segment.p_filesz), segment.p_align == 8 ? 8 : 4);
    if (segment.p_type == PT_DYNAMIC) read_dynamic(file, bytes, segments, segment);
  }
  return file;
}

}  // namespace countercheck
