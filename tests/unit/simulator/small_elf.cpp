#include "tests/unit/simulator/small_elf.hpp"

#include <elf.h>

#include <cstring>

namespace countercheck {
namespace {

template <class Object>
void append(std::string& bytes, const Object& object) {
  bytes.append(reinterpret_cast<const char*>(&object), sizeof object);
}

void append_dynamic(std::string& bytes, Elf64_Sxword tag, std::uint64_t value) {
  Elf64_Dyn entry{};
  entry.d_tag = tag;
  entry.d_un.d_val = value;
  append(bytes, entry);
}

// Two notes, of which the first is another vendor's; the second holds two properties.
std::string notes(std::uint32_t isa_needed) {
  std::string bytes;
  append(bytes, Elf64_Nhdr{8, 4, NT_GNU_PROPERTY_TYPE_0});
  bytes.append("Other\0\0\0", 8).append("\xff\xff\xff\xff\0\0\0\0", 8);
  append(bytes, Elf64_Nhdr{4, 32, NT_GNU_PROPERTY_TYPE_0});
  bytes.append("GNU\0", 4);
  for (const auto& [type, bits] :
       {std::pair(GNU_PROPERTY_X86_ISA_1_USED, 0xffU), std::pair(GNU_PROPERTY_X86_ISA_1_NEEDED, isa_needed)}) {
    for (const std::uint32_t word : {std::uint32_t{type}, 4U, bits, 0U}) append(bytes, word);
  }
  return bytes;
}

}  // namespace

std::string SmallElf::bytes() const {
  constexpr std::uint64_t base = 0x400000;  // addresses are not offsets
  constexpr std::uint64_t tables = sizeof(Elf64_Ehdr) + 3 * sizeof(Elf64_Phdr);
  const std::string note = notes(isa_needed);
  std::string strings(1, '\0');
  const auto kept = [&](const std::string& text) {
    const std::uint64_t at = strings.size();
    strings += text + '\0';
    return at;
  };
  std::string dynamic;
  for (const auto& library : libraries) append_dynamic(dynamic, DT_NEEDED, kept(library));
  if (!run_path.empty()) append_dynamic(dynamic, DT_RUNPATH, kept(run_path));
  const std::uint64_t strings_at = tables + note.size();
  append_dynamic(dynamic, DT_STRTAB, base + strings_at);
  append_dynamic(dynamic, DT_STRSZ, strings.size());
  append_dynamic(dynamic, DT_NULL, 0);

  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_machine = machine;
  header.e_phoff = sizeof header;
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_phnum = 3;
  const std::uint64_t whole = strings_at + strings.size() + dynamic.size();
  std::string file;
  append(file, header);
  append(file, Elf64_Phdr{PT_LOAD, PF_R, 0, base, base, whole, whole, 4096});
  append(file, Elf64_Phdr{PT_NOTE, PF_R, tables, base + tables, base + tables, note.size(), note.size(), 8});
  append(file, Elf64_Phdr{PT_DYNAMIC, PF_R, strings_at + strings.size(), 0, 0, dynamic.size(), dynamic.size(), 8});
  return file + note + strings + dynamic;
}

}  // namespace countercheck
