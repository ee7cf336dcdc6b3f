#include "experiment/moved_memory.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include <system_error>

#include "experiment/foreign_call.hpp"

namespace countercheck {
namespace {

std::optional<std::string> refused(const char* what, std::int64_t result) {
  const int error = result < 0 && result > -4096 ? static_cast<int>(-result) : ENOMEM;
  return fmt::format("the system refuses {}: {}", what, std::generic_category().message(error));
}

std::optional<std::string> move_heap(ForeignCalls& calls, std::size_t bytes) {
  const auto begin = calls.call(SYS_brk, {0});
  if (!begin) return "it ended before";
  const auto moved = calls.call(SYS_brk, {static_cast<std::uint64_t>(*begin) + bytes});
  if (!moved) return "it ended before";
  // brk(2) leaves the break where it was, and says so, where it fails.
  if (*moved != *begin + static_cast<std::int64_t>(bytes)) return refused("brk", 0);
  return std::nullopt;
}

std::optional<std::string> move_mappings(ForeignCalls& calls, std::size_t bytes) {
  constexpr std::uint64_t kNoDescriptor = ~std::uint64_t{0};
  const auto place =
      calls.call(SYS_mmap, {0, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, kNoDescriptor, 0});
  if (!place) return "it ended before";
  if (*place < 0) return refused("mmap", *place);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> move_memory(pid_t process, const Layout& layout) {
  ForeignCalls calls(process);
  if (calls.lack()) return calls.lack();
  auto why = move_heap(calls, layout.heap);
  return why ? why : move_mappings(calls, layout.mappings);
}

}  // namespace countercheck
