#include "reports/gate_text.hpp"

#include "reports/gate_sentences.hpp"
#include "reports/gate_table.hpp"
#include "reports/page.hpp"
#include "reports/palette.hpp"

namespace countercheck {

void GateText::render(std::ostream& out) const {
  Page page(out, options_.width);
  const Palette palette(options_.colour);
  page.paragraph(answer_sentence(gate_), 2, [&](const std::string& text) {
    return gate_.answer > Answer::undecided ? palette.red(text) : palette.bold(text);
  });
  page.blank();
  for (const std::string& sentence : gate_heading(gate_)) page.paragraph(sentence, 11);
  for (const GateMatch& match : gate_.matches) {
    page.blank();
    if (!match.name.empty()) page.paragraph(match.name + ":", 2, [&](const std::string& t) { return palette.bold(t); });
    const bool spreads = put_gate_table(page, gate_, match, palette);
    page.section(expectation_sentences(match));
    page.section(match_sentences(gate_, match, spreads));
  }
}

}  // namespace countercheck
