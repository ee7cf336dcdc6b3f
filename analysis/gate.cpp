#include "analysis/gate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

#include "analysis/event_names.hpp"
#include "analysis/expectation.hpp"
#include "analysis/unpaired_inference.hpp"
#include "counters/enum_names.hpp"

namespace countercheck {
namespace {

constexpr EnumName<Answer> kAnswers[] = {{Answer::holds, "holds"},
                                         {Answer::undecided, "undecided"},
                                         {Answer::refuted, "refuted"},
                                         {Answer::worse, "worse"},
                                         {Answer::differs, "differs"}};
constexpr EnumName<Verdict> kVerdicts[] = {{Verdict::better, "better"},
                                           {Verdict::worse, "worse"},
                                           {Verdict::equal, "equal"},
                                           {Verdict::undecided, "undecided"}};

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_usual(const std::string& event) {
  const auto base = base_name(event);
  return std::find(std::begin(kUsuallyDecide), std::end(kUsuallyDecide), base) != std::end(kUsuallyDecide);
}

Answer answer_of(Verdict verdict) {
  if (verdict == Verdict::worse) return Answer::worse;
  return verdict == Verdict::undecided ? Answer::undecided : Answer::holds;
}

Answer answer_of(Holds holds) {
  if (holds == Holds::refuted) return Answer::refuted;
  return holds == Holds::undecided ? Answer::undecided : Answer::holds;
}

// Judges one match. What is said of a row is in the order of gravity: not of one place, then not told apart from
// itself.
class MatchJudge {
 public:
  MatchJudge(const Match& match, const GateTerms& terms, std::size_t matches) : match_(match), terms_(terms) {
    result_.name = match.name;
    result_.paired = match.paired;
    result_.candidate = match.candidate;
    experiment_ = match.experiment;
    experiment_.terms.tolerance = terms.tolerance;
    experiment_.terms.confidence = 1 - (1 - terms.confidence) / static_cast<double>(matches);
    experiment_.terms.expectations = terms.expectations;
  }

  GateMatch judge() {
    result_.comparison = compare_variants(experiment_);
    result_.inference = match_.paired ? infer(experiment_) : infer_unpaired(experiment_, match_.candidate);
    if (differs()) {
      result_.answer = Answer::differs;
      return std::move(result_);
    }
    if (!match_.paired) again_ = infer(experiment_);  // the A/A arm's rounds are the baseline's
    for (std::size_t row = 0; row < result_.comparison.rows.size(); ++row) add(row);
    for (const Row& row : result_.comparison.uncounted_rows) {
      if (decides(row.key, false)) lack(row.name, row.cells[match_.candidate].absence->sentence);
    }
    for (Judgement& judgement : judge_expectations(experiment_)) add_expectation(std::move(judgement));
    note_false_alarms();
    note_places();
    settle();
    return std::move(result_);
  }

 private:
  bool differs() const {
    const auto& columns = result_.comparison.columns;
    return columns[experiment_.baseline].excluded || columns[match_.candidate].excluded;
  }

  bool decides(const std::string& event, bool counted) const {
    if (!terms_.on.empty()) return is_among(terms_.on, event);
    if (!terms_.expectations.empty()) return false;
    if (event == kWallTime) return counted;
    return terms_.asked.empty() ? counted && is_usual(event) : is_among(terms_.asked, event);
  }

  void add(std::size_t at) {
    const Row& row = result_.comparison.rows[at];
    if (!row.under.empty()) return;
    const auto event = static_cast<std::size_t>(
        std::find(experiment_.events.begin(), experiment_.events.end(), row.key) - experiment_.events.begin());
    const Judged* const judged = find_judged(result_.inference, match_.candidate, event);
    if (!judged) return;
    GateRow shown{.row = at, .judged = *judged, .decides = decides(row.key, true)};
    const Cell& baseline = row.cells[experiment_.baseline];
    const Cell& candidate = row.cells[match_.candidate];
    if (baseline.absence || candidate.absence) {
      const Absence& absence = candidate.absence ? *candidate.absence : *baseline.absence;
      if (shown.decides) lack(row.name, absence.sentence);
      return;
    }
    withhold_across(row, shown);
    withhold_false_alarm(event, row.name, shown);
    result_.rows.push_back(std::move(shown));
  }

  void lack(const std::string& name, const std::string& why) { result_.lacking.push_back({name, why}); }

  const std::vector<std::string>& differences_for(const Row& row) const {
    switch (place_of(row.source.value_or(Source::clock),
                     row.measure == Measure::nanoseconds ? Unit::nanoseconds : Unit::count)) {
      case Place::kernel:
        return match_.kernel;
      case Place::simulator:
        return match_.simulator;
      case Place::hardware:
        break;
    }
    return match_.hardware;
  }

  void withhold_across(const Row& row, GateRow& shown) {
    if (differences_for(row).empty()) return;
    if (terms_.across_machines) {
      shown.across = true;
      return;
    }
    shown.judged.ratio.reset();
    shown.judged.both_zero = false;
    shown.judged.verdict = Verdict::undecided;
    shown.judged.why = "the two sides are not of one machine";
    withheld_[row.key] = shown.judged.why;
  }

  void withhold_false_alarm(std::size_t event, const std::string& name, GateRow& shown) {
    const auto again = again_variant();
    if (!again) return;
    const Judged* const itself = find_judged(match_.paired ? result_.inference : again_, *again, event);
    if (!itself || (itself->verdict != Verdict::better && itself->verdict != Verdict::worse)) return;
    false_alarms_.push_back(fmt::format("{} ({:.3f})", name, itself->ratio.value_or(1)));
    const std::string why = fmt::format("the baseline was {} than itself by it", to_string(itself->verdict));
    withheld_[experiment_.events[event]] = why;
    if (shown.judged.verdict == Verdict::undecided) return;
    shown.judged.verdict = Verdict::undecided;
    shown.judged.why = why;
  }

  std::optional<std::size_t> again_variant() const {
    for (std::size_t variant = 0; variant < experiment_.variants.size(); ++variant) {
      if (experiment_.variants[variant].again == experiment_.baseline) return variant;
    }
    return std::nullopt;
  }

  // An expectation on an event about which nothing may be said is undecided for the same reason.
  void add_expectation(Judgement judgement) {
    for (const auto& event : events_wanted(parse_expectation(judgement.text))) {
      const auto withheld = withheld_.find(event);
      if (withheld == withheld_.end()) continue;
      judgement.holds = Holds::undecided;
      judgement.why = withheld->second;
    }
    const Answer answer = answer_of(judgement.holds);
    result_.expectations.push_back({std::move(judgement), answer});
  }

  void note_false_alarms() {
    const auto again = again_variant();
    if (!again) return;
    std::size_t judged = 0;
    for (const Judged& one : (match_.paired ? result_.inference : again_).judged) {
      if (one.variant == *again && is_compared(one)) ++judged;
    }
    if (judged == 0) return;
    std::string note =
        fmt::format("the baseline against itself: {} of {} verdicts wrong", false_alarms_.size(), judged);
    for (std::size_t at = 0; at < false_alarms_.size(); ++at) note += (at == 0 ? ": " : ", ") + false_alarms_[at];
    result_.notes.push_back(std::move(note));
  }

  // One sentence for each kind of count that the difference matters to and that is shown.
  void note_places() {
    if (!match_.paired) {
      result_.notes.push_back(
          "two separate runs: no round of one is paired with a round of the other, and whatever changed on the machine "
          "between them is in the ratios of what was measured");
    }
    if (match_.paired && !result_.inference.in_turns) {
      result_.notes.push_back(
          "the two sides did not take turns: whatever changed on the machine meanwhile is in the ratios of what was "
          "measured");
    }
    const std::pair<const std::vector<std::string>*, const char*> kinds[] = {
        {&match_.hardware, "times and hardware counts"},
        {&match_.kernel, "the kernel's counts"},
        {&match_.simulator, "simulated counts"}};
    for (const auto& [differences, what] : kinds) {
      const bool concerned =
          std::any_of(result_.rows.begin(), result_.rows.end(), [&, wanted = differences](const GateRow& row) {
            return &differences_for(result_.comparison.rows[row.row]) == wanted;
          });
      if (differences->empty() || !concerned) continue;
      result_.notes.push_back(fmt::format("{} {}: of the candidate {}", what,
                                          terms_.across_machines ? "are compared across machines, as was asked"
                                                                 : "are not compared (--across-machines would)",
                                          fmt::join(*differences, "; ")));
    }
  }

  void settle() {
    bool any = !result_.lacking.empty();
    Answer answer = any ? Answer::undecided : Answer::holds;
    for (const GateRow& row : result_.rows) {
      if (!row.decides) continue;
      any = true;
      answer = std::max(answer, answer_of(row.judged.verdict));
    }
    for (const GateExpectation& expectation : result_.expectations) {
      any = true;
      answer = std::max(answer, expectation.answer);
    }
    result_.answer = any ? answer : Answer::undecided;
  }

  const Match& match_;
  const GateTerms& terms_;
  Experiment experiment_{};
  Inference again_{};
  GateMatch result_{};
  std::vector<std::string> false_alarms_{};
  std::map<std::string, std::string> withheld_{};  // events about which nothing is said, and why
};

}  // namespace

std::string_view to_string(Answer answer) {
  return name_of(kAnswers, answer);
}

std::string_view to_string(Verdict verdict) {
  return name_of(kVerdicts, verdict);
}

Gate decide(const std::vector<Match>& matches, const GateTerms& terms) {
  Gate gate{.answer = matches.empty() ? Answer::undecided : Answer::holds, .terms = terms};
  for (const Match& match : matches) {
    gate.matches.push_back(MatchJudge(match, terms, matches.size()).judge());
    gate.answer = std::max(gate.answer, gate.matches.back().answer);
  }
  return gate;
}

}  // namespace countercheck
