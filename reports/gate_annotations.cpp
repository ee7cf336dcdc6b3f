#include "reports/gate_annotations.hpp"

#include <fmt/format.h>

#include <ostream>

#include "reports/expectation_sentences.hpp"
#include "reports/gate_sentences.hpp"
#include "reports/text_width.hpp"

namespace countercheck {
namespace {

// GitHub's escapes for a workflow command: in the message, and in a property, which ends at a colon or comma
// (github.com/actions/toolkit, packages/core/src/command.ts).
std::string escaped(std::string_view text, std::string_view special) {
  std::string safe;
  for (const char c : printable(text)) {
    if (special.find(c) == std::string_view::npos) {
      safe += c;
    } else {
      safe += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return safe;
}

std::string command(std::string_view level, std::string_view title, std::string_view message) {
  return fmt::format("::{} title={}::{}\n", level, escaped(title, "%\r\n:,"), escaped(message, "%\r\n"));
}

std::string title_of(const GateMatch& match, std::string_view what) {
  return fmt::format("countercheck: {}{}{}", match.name, match.name.empty() ? "" : ": ", what);
}

std::string_view level_of(Answer answer) {
  if (answer == Answer::holds) return "notice";
  return answer == Answer::undecided ? "warning" : "error";
}

}  // namespace

void GateAnnotations::render(std::ostream& out) const {
  out << command(level_of(gate_.answer), fmt::format("countercheck: {}", to_string(gate_.answer)),
                 answer_sentence(gate_));
  for (const GateMatch& match : gate_.matches) {
    for (const GateRow& row : match.rows) {
      if (!row.decides || row.judged.verdict != Verdict::worse) continue;
      out << command("error", title_of(match, match.comparison.rows[row.row].name), row_sentence(match, row));
    }
    for (const GateExpectation& one : match.expectations) {
      if (one.answer != Answer::refuted) continue;
      out << command("error", title_of(match, "refuted"), expectation_sentence(one.judgement));
    }
  }
}

}  // namespace countercheck
