#include "experiment/foreign_call.hpp"

#include <elf.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>

#include "experiment/exec_stop.hpp"

namespace countercheck {
namespace {

// What differs between processors: the instruction, and the registers of a call (syscall(2), "Architecture calling
// conventions").
#if defined(__x86_64__)
constexpr std::string_view kInstruction("\x0f\x05", 2);  // syscall
constexpr std::size_t kAlignment = 1;

void prepare(user_regs_struct& registers, std::uint64_t instruction, long number,
             const std::array<std::uint64_t, 6>& a) {
  registers.rip = instruction;
  registers.rax = static_cast<std::uint64_t>(number);
  registers.orig_rax = static_cast<std::uint64_t>(-1);  // it is in no call that could be begun again
  registers.rdi = a[0];
  registers.rsi = a[1];
  registers.rdx = a[2];
  registers.r10 = a[3];
  registers.r8 = a[4];
  registers.r9 = a[5];
}
std::int64_t result(const user_regs_struct& registers) {
  return static_cast<std::int64_t>(registers.rax);
}
#elif defined(__aarch64__)
constexpr std::string_view kInstruction("\x01\x00\x00\xd4", 4);  // svc #0
constexpr std::size_t kAlignment = 4;

void prepare(user_regs_struct& registers, std::uint64_t instruction, long number,
             const std::array<std::uint64_t, 6>& a) {
  registers.pc = instruction;
  registers.regs[8] = static_cast<std::uint64_t>(number);
  std::copy(a.begin(), a.end(), registers.regs);
}
std::int64_t result(const user_regs_struct& registers) {
  return static_cast<std::int64_t>(registers.regs[0]);
}
#else
constexpr std::string_view kInstruction;
constexpr std::size_t kAlignment = 1;

void prepare(user_regs_struct&, std::uint64_t, long, const std::array<std::uint64_t, 6>&) {}
std::int64_t result(const user_regs_struct&) {
  return -1;
}
#endif

bool get(pid_t process, user_regs_struct& registers) {
  iovec where{&registers, sizeof registers};
  return ptrace(PTRACE_GETREGSET, process, NT_PRSTATUS, &where) == 0;
}

bool set(pid_t process, user_regs_struct registers) {
  iovec where{&registers, sizeof registers};
  return ptrace(PTRACE_SETREGSET, process, NT_PRSTATUS, &where) == 0;
}

// Where in the process's vDSO the instruction is; 0: nowhere. The code behind it is what the kernel brings for
// clock_gettime(2) and its like where the clock cannot be read without a call.
std::uint64_t find_instruction(pid_t process) {
  if (kInstruction.empty()) return 0;
  std::ifstream maps(fmt::format("/proc/{}/maps", process));
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  for (std::string line; std::getline(maps, line);) {
    if (!line.ends_with("[vdso]")) continue;
    begin = std::strtoull(line.c_str(), nullptr, 16);
    end = std::strtoull(line.c_str() + line.find('-') + 1, nullptr, 16);
  }
  std::string code(end - begin, '\0');
  iovec ours{code.data(), code.size()};
  iovec theirs{reinterpret_cast<void*>(begin), code.size()};  // NOLINT(performance-no-int-to-ptr)
  if (code.empty() || process_vm_readv(process, &ours, 1, &theirs, 1, 0) != static_cast<ssize_t>(code.size())) return 0;
  auto at = code.find(kInstruction);
  while (at != std::string::npos && at % kAlignment != 0) at = code.find(kInstruction, at + 1);
  return at == std::string::npos ? 0 : begin + at;
}

}  // namespace

ForeignCalls::ForeignCalls(pid_t process) : process_(process), instruction_(find_instruction(process)) {
  if (kInstruction.empty()) {
    lack_ = "countercheck knows x86-64 and 64-bit Arm alone";
  } else if (instruction_ == 0) {
    lack_ = "the program has no vDSO that makes system calls";
  } else if (!get(process, before_)) {
    lack_ = "its registers cannot be read";
  }
}

ForeignCalls::~ForeignCalls() {
  if (!lack_) set(process_, before_);
  for (const int signal : signals_) kill(process_, signal);
}

std::optional<std::int64_t> ForeignCalls::call(long number, const std::array<std::uint64_t, 6>& arguments) {
  user_regs_struct registers = before_;
  prepare(registers, instruction_, number, arguments);
  if (!set(process_, registers) || !step() || !get(process_, registers)) return std::nullopt;
  return result(registers);
}

// A signal stops it before the instruction; the trap, behind it.
bool ForeignCalls::step() {
  while (true) {
    if (ptrace(PTRACE_SINGLESTEP, process_, nullptr, nullptr) != 0) return false;
    const auto signal = wait_for_stop(process_);
    if (!signal) return false;
    if (*signal == SIGTRAP) return true;
    signals_.push_back(*signal);
  }
}

}  // namespace countercheck
