#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "simulator/counts.hpp"
#include "simulator/machines/simulated_machine.hpp"

namespace countercheck {

enum class EngineKind {
  countercheck,  // our tool on Valgrind's core
  cachegrind,    // Valgrind's own, where ours is not installed
};

// Who simulates here.
struct Engine {
  EngineKind kind{};
  std::string valgrind{};               // the path of its launcher
  std::string version{};                // "3.19.0"
  std::filesystem::path tool_folder{};  // of our tool: what VALGRIND_LIB is set to
  std::string why_not_ours{};           // with Cachegrind: where our tool was looked for
};

// `valgrind` is the path of the launcher, empty when there is none on PATH; `own` is our own executable, beside which
// the tool lies, in a build tree (../simulator/tool) or installed (../lib/countercheck/valgrind, where the libraries of
// the system lie so). A sentence with the remedy where nothing can simulate.
std::variant<Engine, std::string> find_engine(const std::string& valgrind, const std::filesystem::path& own);

// "countercheck's tool on Valgrind 3.19.0", "Cachegrind 3.19.0"
std::string engine_name(const Engine& engine);

// How many blocks of code a thread runs before the next has its turn, unless told: a tenth of a millisecond's worth.
inline constexpr unsigned kUsualTurn = 1000;

// What our own tool is to do besides; the fallback cannot.
struct ToolTask {
  bool region = false;  // count between the program's marks
  bool attribution = false;
  unsigned interleave = kUsualTurn;
};

// Puts the simulator's words before those of the command. What the run leaves behind goes into `folder`, which exists
// and into which the machine's text is written; read_counts() reads it, and read_attribution() where that was asked for.
std::vector<std::string> simulated_words(const Engine& engine, const SimulatedMachine& machine, const ToolTask& task,
                                         const std::filesystem::path& folder, const std::vector<std::string>& command);

// The variables that the launcher of Valgrind needs besides the program's: where our tool is.
std::vector<std::string> engine_variables(const Engine& engine);

RunCounts read_counts(const Engine& engine, const std::filesystem::path& folder);

// What Valgrind itself complained of in a run, as the end of a sentence, or empty: an instruction that it does not know
// with the flag that avoids it, else the first line of its log.
std::string complaint_in(const std::filesystem::path& folder);

}  // namespace countercheck
