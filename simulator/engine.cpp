#include "simulator/engine.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <system_error>

#include "counters/user_error.hpp"
#include "simulator/cachegrind.hpp"
#include "simulator/machines/machine_text.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

#if defined(__aarch64__)
constexpr std::string_view kTool = "countercheck-arm64-linux";
#else
constexpr std::string_view kTool = "countercheck-amd64-linux";
#endif

bool is_program(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) && access(path.c_str(), X_OK) == 0;
}

// Debian's /usr/bin/valgrind is a shell script before valgrind.bin: the shell drops variables of the same name and
// orders the others by chance.
std::string behind_wrapper(const std::string& valgrind) {
  std::ifstream stream(valgrind, std::ios::binary);
  std::array<char, 2> start{};
  stream.read(start.data(), start.size());
  const bool script = stream && start[0] == '#' && start[1] == '!';
  const std::string binary = valgrind + ".bin";
  return script && is_program(binary) ? binary : valgrind;
}

std::string quoted(const std::string& path) {
  std::string text = "'";
  for (const char c : path) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

// "3.19.0" of "valgrind-3.19.0"; empty when it answers otherwise.
std::string version_of(const std::string& valgrind) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen((quoted(valgrind) + " --version 2>/dev/null").c_str(), "r"),
                                                   pclose);
  std::array<char, 128> buffer{};
  if (!pipe || !std::fgets(buffer.data(), buffer.size(), pipe.get())) return "";
  std::string line(buffer.data());
  line.erase(line.find_last_not_of('\n') + 1);
  constexpr std::string_view kBefore = "valgrind-";
  return line.starts_with(kBefore) ? line.substr(kBefore.size()) : "";
}

// Valgrind puts the process number for %p into the names it is given.
std::string escaped(const fs::path& path) {
  std::string text;
  for (const char c : path.string()) text += c == '%' ? std::string("%%") : std::string(1, c);
  return text;
}

void write_machine(const fs::path& file, const std::string& text) {
  std::ofstream stream(file);
  stream << text;
  if (!stream.flush()) {
    throw UserError(Trouble::file, fmt::format("the simulator's machine cannot be written to '{}': make room there, or "
                                               "set TMPDIR to another folder",
                                               file.string()));
  }
}

std::string bytes_after(const std::string& line, std::string_view key) {
  const auto at = line.find(key);
  return at == std::string::npos ? "" : line.substr(at + key.size());
}

}  // namespace

std::variant<Engine, std::string> find_engine(const std::string& valgrind, const fs::path& own) {
  if (valgrind.empty()) {
    return "there is no valgrind on PATH, with which cache misses are simulated: sudo apt-get install valgrind";
  }
  Engine engine{.kind = EngineKind::countercheck, .valgrind = behind_wrapper(valgrind)};
  engine.version = version_of(engine.valgrind);
  if (engine.version.empty()) {
    return fmt::format("'{}' does not tell its version as Valgrind does: put Valgrind first on PATH", valgrind);
  }
  const fs::path above = own.parent_path().parent_path();
  for (const auto& folder : {above / COUNTERCHECK_TOOL_INSTALLED, above / "simulator" / "tool"}) {
    if (!is_program(folder / kTool)) continue;
    engine.tool_folder = folder;
    return engine;
  }
  engine.kind = EngineKind::cachegrind;
  engine.why_not_ours =
      fmt::format("our own tool {} is not in {}", kTool, (above / COUNTERCHECK_TOOL_INSTALLED).string());
  return engine;
}

std::string engine_name(const Engine& engine) {
  return engine.kind == EngineKind::countercheck ? "countercheck's tool on Valgrind " + engine.version
                                                 : "Cachegrind " + engine.version;
}

std::vector<std::string> simulated_words(const Engine& engine, const SimulatedMachine& machine, const ToolTask& task,
                                         const fs::path& folder, const std::vector<std::string>& command) {
  const std::string into = escaped(folder);
  // Without --sigill-diagnostics, -q hides which instruction was not known. vgdb would leave pipes in /tmp.
  std::vector<std::string> words = {engine.valgrind,
                                    "-q",
                                    "--sigill-diagnostics=yes",
                                    "--vgdb=no",
                                    "--trace-children=yes",
                                    "--log-file=" + into + "/%p.log"};
  const auto add = [&](const std::vector<std::string>& more) { words.insert(words.end(), more.begin(), more.end()); };
  if (engine.kind == EngineKind::countercheck) {
    const fs::path file = folder / "machine.txt";
    write_machine(file, machine_text(machine));
    add({"--tool=countercheck", "--machine-file=" + file.string(), "--output-folder=" + folder.string(),
         fmt::format("--region={}", task.region ? "yes" : "no"), fmt::format("--interleave={}", task.interleave),
         "--fair-sched=try"});
    // The call stack of an allocation is told with what was inlined, and with whole paths.
    if (task.attribution) add({"--attribution=arrays", "--read-inline-info=yes", "--fullpath-after="});
  } else {
    add({"--tool=cachegrind", "--cache-sim=yes", "--branch-sim=yes",
         "--cachegrind-out-file=" + into + "/%p.cachegrind"});
    add(cachegrind_caches(machine.model).options);
  }
  words.emplace_back("--");
  add(command);
  return words;
}

std::vector<std::string> engine_variables(const Engine& engine) {
  if (engine.kind != EngineKind::countercheck) return {};
  return {"VALGRIND_LIB=" + engine.tool_folder.string()};
}

RunCounts read_counts(const Engine& engine, const fs::path& folder) {
  return engine.kind == EngineKind::countercheck ? read_tool_folder(folder) : read_cachegrind_folder(folder);
}

std::string complaint_in(const fs::path& folder) {
  std::string first;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".log") continue;
    std::ifstream stream(entry.path());
    for (std::string line; std::getline(stream, line);) {
      const std::string bytes = bytes_after(line, "unhandled instruction bytes: ");
      // 0x62 begins the EVEX prefix of AVX-512, which is free in 64-bit mode otherwise (Intel SDM, volume 2A, 2.7).
      if (bytes.starts_with("0x62")) {
        return "it ran an AVX-512 instruction, which Valgrind does not know: build it with -march=x86-64-v3 or "
               "-mno-avx512f";
      }
      if (!bytes.empty()) return fmt::format("it ran an instruction that Valgrind does not know ({})", bytes);
      // "Valgrind: debuginfo reader: I can't recover.  Giving up.  Sorry." (3.19, coregrind/m_debuginfo/image.c)
      if (line.find("debuginfo reader") != std::string::npos) {
        return "Valgrind cannot read the debug information of it or of a library: build with -gdwarf-4, or strip it";
      }
      // "==123== text"; what it merely passes over in debug information begins with "###".
      const auto begin = line.find_first_not_of("=-0123456789 ");
      if (first.empty() && begin != std::string::npos && !line.starts_with("###"))
        first = "Valgrind says: " + line.substr(begin);
    }
  }
  return first;
}

}  // namespace countercheck
