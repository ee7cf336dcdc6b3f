#include "reports/gate_junit.hpp"

#include <fmt/format.h>

#include <ostream>
#include <vector>

#include "reports/expectation_sentences.hpp"
#include "reports/gate_sentences.hpp"
#include "reports/xml.hpp"

namespace countercheck {
namespace {

// One test: an event that decides, an expectation, or that both sides computed the same.
struct Case {
  std::string name{};
  Answer answer = Answer::holds;
  std::string message{};
};

Answer answer_of(Verdict verdict) {
  if (verdict == Verdict::worse) return Answer::worse;
  return verdict == Verdict::undecided ? Answer::undecided : Answer::holds;
}

std::vector<Case> cases_of(const Gate& gate, const GateMatch& match) {
  std::vector<Case> cases;
  if (match.answer == Answer::differs) cases.push_back({"computes the same", Answer::differs, answer_sentence(gate)});
  for (const GateRow& row : match.rows) {
    if (!row.decides) continue;
    cases.push_back({match.comparison.rows[row.row].name, answer_of(row.judged.verdict), row_sentence(match, row)});
  }
  for (const GateLack& lack : match.lacking) cases.push_back({lack.event, Answer::undecided, lack.why});
  for (const GateExpectation& one : match.expectations) {
    cases.push_back({one.judgement.text, one.answer, expectation_sentence(one.judgement)});
  }
  return cases;
}

struct Tally {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t skipped = 0;

  void add(const std::vector<Case>& cases) {
    for (const Case& one : cases) {
      ++tests;
      failures += one.answer > Answer::undecided;
      skipped += one.answer == Answer::undecided;
    }
  }
  std::string text() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"", tests, failures, skipped);
  }
};

// An undecided test is a skipped one: it says neither that the candidate is worse nor that it is not.
void put_case(std::ostream& out, const std::string& suite, const Case& one) {
  out << fmt::format("    <testcase classname=\"{}\" name=\"{}\">\n", xml_text(suite), xml_text(one.name));
  if (one.answer == Answer::undecided) {
    out << fmt::format("      <skipped message=\"{}\"/>\n", xml_text(one.message));
  } else if (one.answer != Answer::holds) {
    out << fmt::format("      <failure message=\"{0}\" type=\"{1}\">{0}</failure>\n", xml_text(one.message),
                       to_string(one.answer));
  } else {
    out << fmt::format("      <system-out>{}</system-out>\n", xml_text(one.message));
  }
  out << "    </testcase>\n";
}

}  // namespace

void GateJunit::render(std::ostream& out) const {
  Tally all;
  for (const GateMatch& match : gate_.matches) all.add(cases_of(gate_, match));
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      << fmt::format("<testsuites name=\"countercheck\" {}>\n", all.text());
  for (const GateMatch& match : gate_.matches) {
    const auto cases = cases_of(gate_, match);
    Tally tally;
    tally.add(cases);
    const std::string suite = match.name.empty() ? "countercheck" : "countercheck: " + match.name;
    out << fmt::format("  <testsuite name=\"{}\" {}>\n", xml_text(suite), tally.text());
    for (const Case& one : cases) put_case(out, suite, one);
    out << "  </testsuite>\n";
  }
  out << "</testsuites>\n";
}

}  // namespace countercheck
