#include "reports/verdict_table.hpp"

#include <algorithm>

#include "analysis/event_names.hpp"
#include "reports/inference_sentences.hpp"
#include "reports/sentences.hpp"
#include "reports/verdict_text.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kFew = 3;  // variants that have a line each

struct Line {
  std::string event{};
  std::string variant{};
  VerdictText text{};
};

class Verdicts {
 public:
  Verdicts(Page& page, const Comparison& comparison) : page_(page), comparison_(comparison) {
    for (const Column& column : comparison.columns) shown_ += column.again || column.excluded ? 0 : 1;
  }

  void put() {
    page_.blank();
    page_.paragraph(verdict_heading(comparison_));
    const bool few = shown_ <= kFew + 1;
    for (const Row& row : comparison_.rows) {
      if (!row.event) continue;
      if (few || row.key == kWallTime) {
        add_lines(row);
      } else {
        put_lines();
        put_groups(row);
      }
    }
    put_lines();
  }

 private:
  template <typename Do>
  void each_judged(const Row& row, Do act) const {
    for (const Judged& judged : comparison_.inference.judged) {
      if (judged.event == *row.event && is_compared(judged) && !comparison_.columns[judged.variant].again) act(judged);
    }
  }

  std::string label(const Row& row) const {
    const char letter = row.source ? mark_of(*row.source) : '\0';
    return printable(row.name) + (letter == '\0' ? "" : std::string(" ") + letter);
  }

  void add_lines(const Row& row) {
    std::string event = label(row);
    each_judged(row, [&](const Judged& judged) {
      const std::string variant = shown_ > 2 ? printable(comparison_.columns[judged.variant].name) : "";
      lines_.push_back({event, variant, verdict_text(judged, comparison_.inference)});
      event.clear();
    });
  }

  void put_lines() {
    if (lines_.empty()) return;
    std::size_t event = 0;
    std::size_t variant = 0;
    std::size_t ratio = 0;
    std::size_t interval = 0;
    for (const Line& line : lines_) {
      event = std::max(event, display_width(line.event));
      variant = std::max(variant, display_width(line.variant));
      ratio = std::max(ratio, display_width(line.text.ratio));
      interval = std::max(interval, display_width(line.text.interval));
    }
    for (const Line& line : lines_) {
      std::string text = pad_right(line.event, event) + "  ";
      if (variant > 0) text += pad_right(line.variant, variant) + "  ";
      text += pad_left(line.text.ratio, ratio) + "  ";
      if (interval > 0) text += pad_right(line.text.interval, interval) + "  ";
      text += line.text.verdict;
      if (display_width(text) <= page_.width()) {
        page_.line(text);
      } else {
        put_narrow(line);
      }
    }
    lines_.clear();
  }

  void put_narrow(const Line& line) {
    if (!line.event.empty()) page_.paragraph(line.event, 1);
    std::string text = " ";
    for (const std::string& piece : {line.variant, line.text.ratio, line.text.interval, line.text.verdict}) {
      if (!piece.empty()) text += " " + piece;
    }
    page_.paragraph(text, 4);
  }

  // "instructions s: better in-place and roll-add; undecided parallel"
  void put_groups(const Row& row) {
    std::vector<std::pair<std::string, std::vector<std::string>>> groups;
    for (const Verdict verdict : {Verdict::better, Verdict::worse, Verdict::equal, Verdict::undecided}) {
      each_judged(row, [&](const Judged& judged) {
        if (judged.verdict != verdict) return;
        const std::string word = verdict_text(judged, comparison_.inference).verdict;
        auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return one.first == word; });
        if (group == groups.end()) group = groups.insert(groups.end(), {word, {}});
        group->second.push_back(comparison_.columns[judged.variant].name);
      });
    }
    std::string text = label(row) + ":";
    for (std::size_t at = 0; at < groups.size(); ++at) {
      const std::string who = groups.size() == 1 ? "all" : listed(groups[at].second);
      text += (at > 0 ? "; " : " ") + groups[at].first + " " + who;
    }
    if (!groups.empty()) page_.paragraph(text);
  }

  Page& page_;
  const Comparison& comparison_;
  std::size_t shown_ = 0;  // variants
  std::vector<Line> lines_{};
};

}  // namespace

void put_verdicts(Page& page, const Comparison& comparison) {
  if (has_verdicts(comparison)) Verdicts(page, comparison).put();
}

}  // namespace countercheck
