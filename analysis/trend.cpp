#include "analysis/trend.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "analysis/aggregate.hpp"
#include "analysis/change_points.hpp"
#include "analysis/digests.hpp"
#include "analysis/event_names.hpp"
#include "analysis/outcomes.hpp"
#include "analysis/passes.hpp"
#include "analysis/statistics.hpp"
#include "experiment/fingerprint.hpp"

namespace countercheck {
namespace {

// Where a point comes from: what decides whether it may be compared with another.
struct Ground {
  const Experiment* experiment = nullptr;
  std::size_t variant = 0;
  bool exact = false;  // a simulated count without spread
  const Digest* digest = nullptr;
};

struct Draft {
  TrendSeries series{};
  std::vector<Ground> grounds{};  // one for each point
};

std::string parameters_of(const Variant& variant) {
  std::string text;
  for (const Parameter& parameter : variant.parameters) {
    text += (text.empty() ? "" : ", ") + parameter.name + "=" + parameter.value;
  }
  return text;
}

bool chosen(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

// What must be the same of two simulations beside the program: whose counts they are, and of how much of it.
std::string simulated_by(const Experiment& experiment, std::size_t variant) {
  const Simulation none;
  const Simulation& by = experiment.simulation ? *experiment.simulation : none;
  std::string text = by.engine + " of countercheck " + experiment.tool_version + ", machine " + by.machine + " (" +
                     by.caches + "), for " + experiment.machine.architecture;
  for (const std::string& variable : by.pinned) text += ", " + variable;
  if (const auto& run = experiment.variants[variant].simulated) {
    text += ", " + std::to_string(run->steps) + " of " + std::to_string(run->of) + " steps" +
            (by.scaled ? ", scaled to all" : "");
  }
  return text;
}

std::string joined(const std::vector<std::string>& phrases) {
  std::string text;
  for (const std::string& phrase : phrases) text += (text.empty() ? "" : "; ") + phrase;
  return text;
}

std::string why_cut(const Ground& before, const Ground& after, Source source) {
  std::vector<std::string> phrases;
  if (source == Source::sim) {
    const std::string now = simulated_by(*after.experiment, after.variant);
    const std::string then = simulated_by(*before.experiment, before.variant);
    if (now != then) phrases.push_back("the simulation is " + now + ", not " + then);
  } else {
    phrases = differences(after.experiment->machine, before.experiment->machine);
  }
  if (before.digest && after.digest && !agree(*before.digest, *after.digest)) {
    phrases.emplace_back("it computed another result");
  }
  return joined(phrases);
}

// Gathers the points of all results, series by series.
class Gatherer {
 public:
  explicit Gatherer(const TrendChoice& choice) : choice_(choice) {}

  void add(const TrendResult& result) {
    const auto digests = check_digests(result.experiment);
    for (std::size_t variant = 0; variant < result.experiment.variants.size(); ++variant) {
      const Variant& one = result.experiment.variants[variant];
      if (one.again || !chosen(choice_.variants, one.name)) continue;
      const DigestVerdict verdict = digests[variant].verdict;
      const bool wrong = verdict == DigestVerdict::differs || verdict == DigestVerdict::unsteady;
      for (std::size_t event = 0; event < result.experiment.events.size(); ++event) {
        if (!chosen(choice_.events, result.experiment.events[event])) continue;
        const Pass pass = pass_shown(result.experiment, event);
        add(result, variant, event, pass, wrong);
        if (pass == Pass::measured && is_scored(result.experiment, event)) {
          add(result, variant, event, Pass::simulated, wrong);
        }
      }
    }
  }

  // Every series with a value has a point for each result that has its variant and event.
  std::vector<Draft> take() {
    for (auto& [place, point] : absent_) {
      for (Draft& draft : drafts_) {
        if (place == place_of(draft.series) && !has(draft.series, point.id)) insert(draft, point, {});
      }
    }
    return std::move(drafts_);
  }

 private:
  using Place = std::tuple<std::string, bool, std::string, std::string, std::string>;

  static Place place_of(const TrendSeries& series) {
    return {series.problem, series.region, series.variant, series.parameters, series.event};
  }
  static bool has(const TrendSeries& series, std::int64_t id) {
    return std::any_of(series.points.begin(), series.points.end(), [&](const auto& point) { return point.id == id; });
  }
  static void insert(Draft& draft, TrendPoint point, Ground ground) {
    auto& points = draft.series.points;
    const auto after = std::find_if(points.begin(), points.end(), [&](const TrendPoint& other) {
      return std::tie(point.began, point.id) < std::tie(other.began, other.id);
    });
    draft.grounds.insert(draft.grounds.begin() + (after - points.begin()), ground);
    points.insert(after, std::move(point));
  }

  void add(const TrendResult& result, std::size_t variant, std::size_t event, Pass pass, bool wrong) {
    const Experiment& experiment = result.experiment;
    const Variant& one = experiment.variants[variant];
    const Aggregate sum = aggregate(experiment, variant, event, Per::sample, pass);
    TrendSeries series{.problem = experiment.problem,
                       .region = experiment.region,
                       .variant = one.name,
                       .parameters = parameters_of(one),
                       .event = experiment.events[event]};
    TrendPoint point{
        .id = result.id, .revision = one.revision.empty() ? result.revision : one.revision, .began = experiment.began};
    if (wrong || sum.n == 0) {
      point.absent =
          wrong ? "its result was not that of the baseline, or not the same in every round" : sum.missing->sentence;
      absent_.emplace_back(place_of(series), std::move(point));
      return;
    }
    point.value = sum.median;
    point.deviation = sum.standard_deviation;
    point.n = sum.n;
    series.name = event_label(series.event == kWallTime ? "time" : series.event, sum.source, sum.privilege);
    series.measure = measure_of(sum.unit);
    series.source = sum.source;
    series.privilege = sum.privilege;
    const auto samples = completed_samples(experiment, variant, pass);
    const Digest& digest = samples.front()->digest;
    const bool exact = sum.source == Source::sim && (sum.n == 1 || sum.exact);
    insert(draft_for(std::move(series)), std::move(point),
           {&experiment, variant, exact, digest.empty() ? nullptr : &digest});
  }

  Draft& draft_for(TrendSeries series) {
    const auto same = std::find_if(drafts_.begin(), drafts_.end(), [&](const Draft& draft) {
      return place_of(draft.series) == place_of(series) && draft.series.source == series.source &&
             draft.series.privilege == series.privilege && draft.series.measure == series.measure;
    });
    return same != drafts_.end() ? *same : drafts_.emplace_back(Draft{.series = std::move(series)});
  }

  const TrendChoice& choice_;
  std::vector<Draft> drafts_;
  std::vector<std::pair<Place, TrendPoint>> absent_;
};

// The points of one series that have values and may be compared.
struct Piece {
  std::vector<std::size_t> points{};  // indexes
  std::vector<double> values{};
  bool exact = true;
};

// One revision has one simulated count, if what the program does is the same every time. A dirty tree is no revision.
bool varies_within_a_revision(const TrendSeries& series, const Piece& piece) {
  std::map<std::string, double> counts;
  for (std::size_t at = 0; at < piece.points.size(); ++at) {
    const std::string& revision = series.points[piece.points[at]].revision;
    if (revision.empty() || revision.ends_with("-dirty")) continue;
    if (counts.emplace(revision, piece.values[at]).first->second != piece.values[at]) return true;
  }
  return false;
}

std::vector<Piece> cut(Draft& draft) {
  std::vector<Piece> pieces;
  const Ground* before = nullptr;
  for (std::size_t at = 0; at < draft.series.points.size(); ++at) {
    TrendPoint& point = draft.series.points[at];
    if (!point.value) continue;
    const Ground& ground = draft.grounds[at];
    if (before) point.cut = why_cut(*before, ground, draft.series.source);
    if (!before || !point.cut.empty()) pieces.emplace_back();
    pieces.back().points.push_back(at);
    pieces.back().values.push_back(*point.value);
    pieces.back().exact = pieces.back().exact && ground.exact;
    before = &ground;
  }
  for (Piece& piece : pieces) piece.exact = piece.exact && !varies_within_a_revision(draft.series, piece);
  return pieces;
}

struct Step {
  std::size_t at = 0;  // index into Piece::values
  double p = 0;
};

// The share by which one level differs from another.
double share(double before, double after) {
  if (before == after) return 0;
  return before == 0 ? INFINITY : std::abs(after / before - 1);
}

// Against the first value of the level, so that many small steps come to be seen as well.
std::vector<Step> exact_steps(const std::vector<double>& values, double tolerance) {
  std::vector<Step> steps;
  double level = values.front();
  for (std::size_t at = 1; at < values.size(); ++at) {
    if (share(level, values[at]) <= tolerance) continue;
    steps.push_back({at, 0});
    level = values[at];
  }
  return steps;
}

double level_of(const std::vector<double>& values, const std::vector<Step>& steps, std::size_t number) {
  const auto bound = [&](std::size_t at) { return static_cast<std::ptrdiff_t>(at); };
  const auto from = number == 0 ? 0 : bound(steps[number - 1].at);
  const auto to = number == steps.size() ? bound(values.size()) : bound(steps[number].at);
  return *median(std::span(values.begin() + from, values.begin() + to));
}

// Steps between levels that differ by no more than the tolerance are no steps, the smallest first.
void drop_small(const std::vector<double>& values, std::vector<Step>& steps, double tolerance) {
  while (!steps.empty()) {
    std::vector<double> shares;
    for (std::size_t number = 0; number < steps.size(); ++number) {
      shares.push_back(share(level_of(values, steps, number), level_of(values, steps, number + 1)));
    }
    const auto least = std::min_element(shares.begin(), shares.end());
    if (*least > tolerance) return;
    steps.erase(steps.begin() + (least - shares.begin()));
  }
}

void mark(TrendSeries& series, const Piece& piece, const std::vector<Step>& steps) {
  for (std::size_t number = 0; number < steps.size(); ++number) {
    const std::size_t at = steps[number].at;
    const std::size_t from = number == 0 ? 0 : steps[number - 1].at;
    const std::size_t to = number + 1 == steps.size() ? piece.values.size() : steps[number + 1].at;
    TrendChange change{.at = piece.points[at], .n_before = at - from, .n_after = to - at, .exact = piece.exact};
    change.before = level_of(piece.values, steps, number);
    change.after = level_of(piece.values, steps, number + 1);
    change.p = steps[number].p;
    change.since = series.points[piece.points[at - 1]].revision;
    change.same_revision = change.since == series.points[change.at].revision;
    series.changes.push_back(std::move(change));
  }
}

}  // namespace

Trend trend_of(const std::vector<TrendResult>& results, const TrendChoice& choice) {
  Trend trend{.level = choice.level, .tolerance = choice.tolerance};
  if (results.empty()) return trend;
  trend.suite = results.front().experiment.title;
  Gatherer gatherer(choice);
  for (const TrendResult& result : results) gatherer.add(result);
  std::vector<Draft> drafts = gatherer.take();

  std::vector<std::vector<Piece>> pieces;
  for (Draft& draft : drafts) pieces.push_back(cut(draft));
  const std::size_t fewest = fewest_values(choice.level);
  for (const auto& own : pieces) {
    trend.tests += static_cast<std::size_t>(std::count_if(
        own.begin(), own.end(), [&](const Piece& piece) { return !piece.exact && piece.values.size() >= fewest; }));
  }
  const double level = choice.level / static_cast<double>(std::max<std::size_t>(trend.tests, 1));
  trend.fewest = fewest_values(level);
  for (std::size_t at = 0; at < drafts.size(); ++at) {
    TrendSeries& series = drafts[at].series;
    for (const Piece& piece : pieces[at]) {
      std::vector<Step> steps;
      if (piece.exact) {
        steps = exact_steps(piece.values, choice.tolerance);
        drop_small(piece.values, steps, choice.tolerance);
      } else if (piece.values.size() >= trend.fewest) {
        ++series.tested;
        for (const ChangePoint& point : change_points(piece.values, {.level = level})) {
          steps.push_back({point.at, point.p});
        }
        drop_small(piece.values, steps, choice.tolerance);
      } else {
        series.too_short = true;
      }
      mark(series, piece, steps);
    }
    trend.series.push_back(std::move(series));
  }
  return trend;
}

}  // namespace countercheck
