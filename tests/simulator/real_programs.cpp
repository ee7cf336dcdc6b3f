#include "tests/simulator/real_programs.hpp"

#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace countercheck {
namespace {

// Knuth's MMIX generator, its upper bits: the standard library's distributions differ from one to the next.
class Numbers {
 public:
  std::uint64_t below(std::uint64_t bound) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return (state_ >> 33) % bound;
  }

 private:
  std::uint64_t state_ = 1;
};

std::string written(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
  return path;
}

// Lines of words that come back more or less often, as words do.
std::string prose(unsigned lines) {
  constexpr std::array syllables = {"ca", "che", "mis", "ses", "are", "coun", "ted",
                                    "by", "li",  "ne",  "and", "le",  "vel"};
  Numbers numbers;
  std::ostringstream text;
  for (unsigned line = 0; line < lines; ++line) {
    for (std::uint64_t words = 4 + numbers.below(12); words > 0; --words) {
      const std::uint64_t rare = numbers.below(64);
      for (std::uint64_t part = 0; part <= rare % 4; ++part)
        text << syllables[(rare * 7 + part * numbers.below(3)) % syllables.size()];
      text << (words > 1 ? ' ' : '\n');
    }
  }
  return text.str();
}

std::string sql(unsigned rows) {
  Numbers numbers;
  std::ostringstream text;
  text << "create table cells(id integer primary key, place integer, name text, heat real);\nbegin;\n";
  for (unsigned row = 0; row < rows; ++row) {
    text << "insert into cells values(" << row << ", " << numbers.below(1000) << ", 'cell " << numbers.below(100000)
         << "', " << static_cast<double>(numbers.below(1000000)) / 1000 << ");\n";
  }
  text << "commit;\ncreate index by_place on cells(place);\n";
  for (unsigned query = 0; query < rows / 10; ++query)
    text << "select count(*), max(name) from cells where place = " << numbers.below(1000) << ";\n";
  text << "select place, count(*), avg(heat) from cells where name like '%7%' group by place order by 3 limit 20;\n";
  return text.str();
}

std::string python(unsigned rounds) {
  return "cells = [(7 * i) % 101 for i in range(2000)]\n"
         "seen = {}\n"
         "for step in range(" +
         std::to_string(rounds) +
         "):\n"
         "    cells = [(a + 2 * b + 3) % 1009 for a, b in zip(cells, cells[1:] + cells[:1])]\n"
         "    for value in cells[:300]:\n"
         "        seen['%d' % value] = seen.get('%d' % value, 0) + step\n"
         "print(sum(cells), len(seen), sum(seen.values()))\n";
}

// Preprocessed C: functions of loops, branches and calls.
std::string c_source(unsigned functions) {
  Numbers numbers;
  std::ostringstream text;
  text << "struct node { struct node *next; long key; double value; };\nextern int table[256];\n";
  for (unsigned f = 0; f < functions; ++f) {
    text << "double work" << f << "(struct node *list, long n, const double *in) {\n  double sum = " << numbers.below(9)
         << ";\n  for (long i = 0; i < n; ++i) {\n    if (in[i] > " << numbers.below(100) << ")\n      sum += in[i] * "
         << numbers.below(50) << " + table[(i * " << numbers.below(31)
         << ") & 255];\n    else\n      sum -= in[n - i - 1];\n"
         << "  }\n  while (list && list->key != " << numbers.below(1000)
         << ") {\n    list->value += sum;\n    list = list->next;\n  }\n  switch (n % 5) {\n";
    for (unsigned c = 0; c < 5; ++c) text << "    case " << c << ": sum *= " << numbers.below(77) + 1 << "; break;\n";
    text << "  }\n  return " << (f > 0 ? "work" + std::to_string(f - 1) + "(list, n / 2, in) + " : "") << "sum;\n}\n";
  }
  return text.str();
}

std::string first_line_of(const char* command) {
  std::array<char, 512> line{};
  FILE* pipe = popen(command, "r");
  if (pipe == nullptr) return {};
  std::string text = std::fgets(line.data(), line.size(), pipe) == nullptr ? "" : line.data();
  pclose(pipe);
  return text.substr(0, text.find('\n'));
}

}  // namespace

std::vector<Program> real_programs(const std::string& folder, unsigned scale) {
  const std::string prose_file = written(folder + "/prose.txt", prose(400 * scale));
  const std::string lines_file = written(folder + "/lines.txt", prose(24000 * scale));
  const std::string script = written(folder + "/script.sql", sql(1500 * scale));
  const std::string loop = written(folder + "/loop.py", python(40 * scale));
  const std::string source = written(folder + "/source.i", c_source(scale));
  std::vector<Program> programs = {
      {"gzip", {"/usr/bin/gzip", "-9", "-n", "-c", prose_file}},
      {"sqlite3", {"/usr/bin/sqlite3", "-batch", "-init", "/dev/null", ":memory:"}, script},
      // Not -I: it would take away PYTHONHASHSEED, and the count of instructions would change with the hashes.
      {"python3", {"/usr/bin/python3", "-S", "-s", "-B", loop}},
      // A buffer of its own: the default is a share of the machine's free memory.
      {"sort", {"/usr/bin/sort", "--parallel=1", "--buffer-size=64M", lines_file}},
      {"cc1",
       {first_line_of("gcc -print-prog-name=cc1"), "-quiet", "-fpreprocessed", "-frandom-seed=0", "-O1", source, "-o",
        "/dev/null"}},
  };
  for (Program& program : programs) {
    if (access(program.command.front().c_str(), X_OK) != 0) program.missing = program.name + " is not installed";
  }
  return programs;
}

std::vector<std::string> plain_environment() {
  return {"PATH=/usr/bin:/bin", "HOME=/nonexistent", "LC_ALL=C", "OMP_WAIT_POLICY=passive", "PYTHONHASHSEED=0"};
}

}  // namespace countercheck
