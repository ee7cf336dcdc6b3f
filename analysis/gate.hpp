#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/comparison.hpp"
#include "analysis/inference.hpp"
#include "analysis/judgement.hpp"
#include "analysis/matches.hpp"

namespace countercheck {

// What a gate says: may the candidate take the baseline's place? The later the graver: the gravest of all that decides
// is the answer.
enum class Answer {
  holds,      // every event that decides is better or equal, every expectation confirmed
  undecided,  // of one of them the samples support nothing
  refuted,    // an expectation is
  worse,      // an event that decides is worse
  differs,    // the candidate computed something else, or no round what another did: there is nothing to compare
};

std::string_view to_string(Answer answer);    // "holds", ...
std::string_view to_string(Verdict verdict);  // "better", ...

// What is asked of a gate, beside the samples.
struct GateTerms {
  std::string baseline{};            // what it is, for the reader: "HEAD~1 (1a2b3c: Read ahead)"
  std::string candidate{};           // likewise
  std::vector<std::string> how{};    // sentences on how the two were made
  std::vector<std::string> on{};     // the events that decide, by the names they were asked by; empty: as below
  std::vector<std::string> asked{};  // the events that were named; empty: the usual ones
  std::vector<std::string> expectations{};
  double tolerance = 0.01;
  double confidence = 0.95;
  bool across_machines = false;  // compare what was taken in different places too
};

// One event of one match.
struct GateRow {
  std::size_t row = 0;  // index into Comparison::rows
  Judged judged{};
  bool decides = false;
  bool across = false;  // of two places that are not the same, compared because that was asked for
};

// An event that was to decide and that one of the two has no value of.
struct GateLack {
  std::string event{};
  std::string why{};
};

struct GateExpectation {
  Judgement judgement{};
  Answer answer = Answer::undecided;  // holds, undecided or refuted
};

// One match and all that is said of it.
struct GateMatch {
  std::string name{};  // empty where there is one only
  Answer answer = Answer::holds;
  bool paired = true;
  std::size_t candidate = 1;  // index into Comparison::columns
  Comparison comparison{};
  Inference inference{};
  std::vector<GateRow> rows{};
  std::vector<GateLack> lacking{};
  std::vector<GateExpectation> expectations{};
  std::vector<std::string> notes{};  // on the A/A arm, on different machines: sentences
};

struct Gate {
  Answer answer = Answer::holds;
  GateTerms terms{};
  std::vector<GateMatch> matches{};
};

// The events that decide where nothing else was said, as far as they were counted: the time, and those whose meaning is
// the same on every machine or that the simulator tells.
inline constexpr std::string_view kUsuallyDecide[] = {"instructions", "branch-misses", "cache-misses", "page-faults"};

// What decides: the events of terms.on; else the expectations alone, where there are any; else the time and the events
// that were asked for; where none were named, the time and the usual ones that were counted.
//
// Where the baseline was measured a second time under another name (the A/A arm) and came out better or worse than
// itself by some event, that event decides nothing: it is undecided, and its row says why. So it is where the two sides
// are of different machines, for what depends on the machine, unless that was asked for.
//
// All intervals hold together at terms.confidence, over all matches.
Gate decide(const std::vector<Match>& matches, const GateTerms& terms);

}  // namespace countercheck
