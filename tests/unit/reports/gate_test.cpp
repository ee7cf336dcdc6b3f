#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "reports/gate_report.hpp"
#include "reports/gate_sentences.hpp"
#include "reports/text_width.hpp"
#include "reports/xml.hpp"
#include "tests/unit/analysis/gates.hpp"
#include "tests/unit/reports/screens.hpp"

namespace countercheck {
namespace {

using testing::gate_of;
using testing::gate_run;
using testing::GateRunSpec;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::rendered;
using testing::screen;

std::string report(GateForm form, const Gate& gate, unsigned width = 80, bool colour = false) {
  return rendered(*make_gate_report(form, gate, {.width = width, .colour = colour}));
}

// Every kind of verdict, an event that was to decide and was not counted, and names that no form may take as its own.
Gate example() {
  Gate gate = gate_of(gate_run(), {.asked = {"instructions", "page-faults", "cache-misses"}});
  gate.terms.candidate = "HEAD (6f5e4d3c2b1a: Read <all> of it | at \"once\", 100 %)";
  return gate;
}

TEST(GateReport, WholeScreens) {
  for (const unsigned width : {40U, 80U, 120U}) {
    const std::string text = report(GateForm::text, example(), width);
    EXPECT_EQ(text, screen("gate-" + std::to_string(width) + ".txt", text));
  }
  const std::pair<GateForm, const char*> forms[] = {{GateForm::markdown, "gate.md"},
                                                    {GateForm::json, "gate.json"},
                                                    {GateForm::junit, "gate.xml"},
                                                    {GateForm::annotations, "gate.annotations"}};
  for (const auto& [form, file] : forms) {
    const std::string text = report(form, example());
    EXPECT_EQ(text, screen(file, text));
  }
}

TEST(GateReport, EveryWidthIsKeptTo) {
  for (unsigned width = 20; width <= 160; ++width) {
    std::istringstream lines(report(GateForm::text, example(), width));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), width) << line;
  }
}

TEST(GateReport, ColourSaysNothingMore) {
  const std::string coloured = report(GateForm::text, example(), 80, true);
  EXPECT_NE(coloured, report(GateForm::text, example()));
  EXPECT_EQ(testing::uncoloured(coloured), report(GateForm::text, example()));
}

TEST(GateReport, TheFirstLineIsTheAnswer) {
  EXPECT_EQ(answer_sentence(example()), "worse: page-faults 1.250 times the baseline's");
  EXPECT_EQ(answer_sentence(gate_of(gate_run(), {.on = {"instructions"}})), "holds: better: instructions 0.900");
  EXPECT_EQ(answer_sentence(gate_of(gate_run(), {.on = {"page-faults"}, .tolerance = 0.3})),
            "holds: equal within 30 %: page-faults 1.250");
  EXPECT_EQ(answer_sentence(gate_of(gate_run(), {.on = {"cache-misses"}})), "undecided: cache-misses (not counted)");
  EXPECT_EQ(answer_sentence(gate_of(gate_run(), {.expectations = {"candidate.time < 0.5 * baseline.time"}})),
            "refuted: 'candidate.time < 0.5 * baseline.time'");
  EXPECT_EQ(answer_sentence(decide({}, {})), "undecided: nothing was counted that could decide");
  Experiment wrong = gate_run();
  for (Sample& sample : wrong.samples) sample.digest = {std::uint64_t{sample.variant}};
  EXPECT_EQ(answer_sentence(gate_of(wrong)), "differs: the candidate computed something else than the baseline");
}

TEST(GateReport, NothingAgainstNothingHasNoRatio) {
  const Gate gate = gate_of(gate_run({.faults = {{0, 0}, {0, 0}, {0, 0}}}), {.on = {"page-faults"}});
  EXPECT_EQ(answer_sentence(gate), "holds: equal within 1 %: page-faults both 0");
  const GateMatch& match = gate.matches.front();
  const auto row = std::find_if(match.rows.begin(), match.rows.end(), [](const GateRow& one) { return one.decides; });
  ASSERT_NE(row, match.rows.end());
  EXPECT_EQ(row_sentence(match, *row), "page-faults is equal: both are 0");
  EXPECT_EQ(shown_quotient(row->judged), "both 0");
  EXPECT_EQ(shown_interval(row->judged), "");
  EXPECT_EQ(shown_verdict(gate, *row), "equal");
}

TEST(GateReport, NothingIsANumberThatIsNone) {
  GateRunSpec spec;
  spec.faults[0].value = spec.faults[2].value = 0;  // from none to some
  for (const auto form : {GateForm::text, GateForm::markdown, GateForm::json, GateForm::junit, GateForm::annotations}) {
    const std::string text = report(form, gate_of(gate_run(spec)));
    EXPECT_THAT(text, Not(HasSubstr("nan")));
    EXPECT_THAT(text, Not(HasSubstr("inf")));
  }
  EXPECT_THAT(report(GateForm::text, gate_of(gate_run(spec))), HasSubstr("from 0"));
}

// The rules of JUnit's XML as Jenkins and GitLab read it are in junit.xsd beside this file.
TEST(GateReport, JunitIsValid) {
  if (std::system("xmllint --version > /dev/null 2>&1") != 0)
    GTEST_SKIP() << "xmllint (libxml2-utils) is not installed";
  const auto path =
      std::filesystem::temp_directory_path() / ("countercheck-gate-" + std::to_string(::getpid()) + ".xml");
  Experiment wrong = gate_run();
  for (Sample& sample : wrong.samples) sample.digest = {std::uint64_t{sample.variant}};
  for (const Gate& gate : {example(), gate_of(gate_run(), {.on = {"instructions"}}), gate_of(wrong), decide({}, {})}) {
    std::ofstream(path) << report(GateForm::junit, gate);
    EXPECT_EQ(std::system(("xmllint --noout --schema '" JUNIT_SCHEMA "' '" + path.string() + "' 2>&1").c_str()), 0)
        << report(GateForm::junit, gate);
  }
  std::filesystem::remove(path);
}

TEST(Xml, TextFromOutsideStaysText) {
  EXPECT_EQ(xml_text("a<b>&\"c\"'d'"), "a&lt;b&gt;&amp;&quot;c&quot;&apos;d&apos;");
  EXPECT_EQ(xml_text("Grüße µs €"), "Grüße µs €");
  EXPECT_EQ(xml_text("\x01 \xFF \xC3( \xED\xA0\x80 \xF4\x90\x80\x80 \xC0\x80 \xEF\xBF\xBF"), "? ? ?( ??? ???? ?? ???");
  EXPECT_EQ(xml_text("cut \xE2\x82"), "cut ??");
}

TEST(GateReport, AnnotationsAreOneLineEach) {
  Gate gate = example();
  gate.matches.front().name = "a:b,c%\nd";
  const std::string text = report(GateForm::annotations, gate);
  EXPECT_THAT(text,
              HasSubstr("::error title=countercheck%3A a%3Ab%2Cc%25 d%3A page-faults::page-faults is worse: 1.250"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_EQ(line.rfind("::", 0), 0u) << line;
}

}  // namespace
}  // namespace countercheck
