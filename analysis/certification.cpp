#include "analysis/certification.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "analysis/event_names.hpp"
#include "analysis/statistics.hpp"

namespace countercheck {
namespace {

struct Claim {
  std::string_view event;
  std::string_view quantity;
};

// By what perf-list(1) says that the names mean. Where a passport knows better (cache-misses of AMD Zen are the L2's),
// the caller passes that.
constexpr Claim kClaims[] = {
    {"instructions", "instructions"},
    {"branches", "branches"},
    {"branch-misses", "branch-misses"},
    {"cycles", "cycles"},
    {"ref-cycles", "ref-cycles"},
    {"bus-cycles", "bus-cycles"},
    {"stalled-cycles-frontend", "frontend-stalls"},
    {"stalled-cycles-backend", "backend-stalls"},
    {"L1-dcache-loads", "L1d-loads"},
    {"L1-dcache-load-misses", "L1d-misses"},
    {"LLC-loads", "L2-misses"},
    {"LLC-load-misses", "LLC-misses"},
    {"cache-references", "L2-misses"},
    {"cache-misses", "LLC-misses"},
    {"dTLB-loads", "L1d-loads"},
    {"dTLB-load-misses", "dTLB-misses"},
    {"task-clock", "task-clock"},
    {"cpu-clock", "task-clock"},
    {"page-faults", "page-faults"},
    {"minor-faults", "minor-faults"},
    {"major-faults", "major-faults"},
    {"context-switches", "context-switches"},
    {"cpu-migrations", "cpu-migrations"},
    {"voluntary-switches", "voluntary-switches"},
};

// Interrupts add a handful to a count in user mode on some cores (Weaver and McKee, IISWC 2008); a reading this near to
// the truth is not called off it.
constexpr double kNear = 0.001;
constexpr double kNearNothing = 0.0001;  // for each item that should make none
constexpr double kWide = 0.05;

const Fact* fact_of(const TruthKernel& kernel, std::string_view quantity) {
  const auto found = std::find_if(kernel.facts.begin(), kernel.facts.end(),
                                  [&](const Fact& fact) { return fact.quantity == quantity; });
  return found == kernel.facts.end() ? nullptr : &*found;
}

struct Point {
  double items;
  double value;
};

// The readings of one kernel against one fact.
struct Fit {
  const TruthKernel* kernel = nullptr;
  const Fact* fact = nullptr;
  double found = 0;    // for each item
  double besides = 0;  // in every run
  double spread = 0;
  bool constant = false;  // what is counted besides the truth is the same in every run
  bool zero = false;      // every reading
  unsigned rounds = 0;    // of the larger size

  double off() const { return fact->each == 0 ? found : found / fact->each - 1; }
  double allowed() const { return std::max(fact->within, fact->each == 0 ? kNearNothing : kNear); }
  bool holds() const { return fact->at_least ? found >= fact->each : std::abs(off()) <= allowed(); }
  // By how much it fails, in units of what is allowed: to find the worst of several.
  double failure() const { return fact->at_least ? -off() / kNear : std::abs(off()) / allowed(); }
};

class Centre {
 public:
  explicit Centre(const std::vector<Point>& points) {
    std::vector<double> items, values;
    for (const Point& point : points) {
      items.push_back(point.items);
      values.push_back(point.value);
    }
    items_ = median(items).value_or(0);
    value_ = median(values).value_or(0);
  }
  double items() const { return items_; }
  double value() const { return value_; }

 private:
  double items_;
  double value_;
};

struct Range {
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
  void take(double value) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
  double width() const { return most - least; }
};

// Empty where one of the two sizes has no reading.
std::optional<Fit> fit(const TruthKernel& kernel, const Fact& fact, std::size_t index,
                       std::span<const TruthReading> readings) {
  std::vector<Point> sizes[2];
  for (const TruthReading& one : readings) {
    const auto value = estimate(one.reading);
    if (one.kernel == index && value) sizes[one.many].push_back({static_cast<double>(one.items), *value});
  }
  if (sizes[0].empty() || sizes[1].empty()) return std::nullopt;
  const Centre few(sizes[0]);
  const Centre many(sizes[1]);
  if (many.items() <= few.items()) return std::nullopt;

  Fit fit{.kernel = &kernel, .fact = &fact, .rounds = static_cast<unsigned>(sizes[1].size())};
  fit.found = (many.value() - few.value()) / (many.items() - few.items());
  fit.besides = few.value() - fit.found * few.items();
  Range all, values;
  for (const auto& points : sizes) {
    Range besides;
    for (const Point& point : points) {
      besides.take(point.value - fact.each * point.items);
      all.take(point.value - fact.each * point.items);
      values.take(point.value);
    }
    fit.spread = std::max(fit.spread, besides.width() / (std::max(fact.each, kNear) * points.front().items));
  }
  fit.constant = all.width() == 0;
  if (fit.constant) {
    fit.found = fact.each;
    fit.besides = all.least;
  }
  fit.zero = values.most == 0;
  return fit;
}

std::vector<Fit> fits_of(std::string_view quantity, std::span<const TruthKernel> kernels,
                         std::span<const TruthReading> readings) {
  std::vector<Fit> fits;
  for (std::size_t i = 0; i < kernels.size(); ++i) {
    const Fact* const fact = fact_of(kernels[i], quantity);
    if (!fact) continue;
    if (const auto one = fit(kernels[i], *fact, i, readings)) fits.push_back(*one);
  }
  return fits;
}

bool all_hold(const std::vector<Fit>& fits) {
  return std::all_of(fits.begin(), fits.end(), [](const Fit& one) { return one.holds(); });
}

bool is_dead(const std::vector<Fit>& fits) {
  bool due = false;
  for (const Fit& one : fits) {
    due = due || one.fact->each > 0;
    if (!one.zero) return false;
  }
  return due;
}

// The one to show: where the event fails, the worst; else the one that says most, the strictest fact of which there is
// something to count.
const Fit& telling(const std::vector<Fit>& fits) {
  return *std::max_element(fits.begin(), fits.end(), [](const Fit& a, const Fit& b) {
    if (a.holds() != b.holds()) return a.holds();
    if (!a.holds()) return a.failure() < b.failure();
    const bool a_counts = a.fact->each > 0;
    const bool b_counts = b.fact->each > 0;
    return a_counts != b_counts ? b_counts : a.fact->within > b.fact->within;
  });
}

StampKind kind_of_held(const std::vector<Fit>& fits) {
  if (std::all_of(fits.begin(), fits.end(), [](const Fit& one) { return one.fact->at_least; })) {
    return StampKind::plausible;
  }
  const bool constant = std::all_of(fits.begin(), fits.end(), [](const Fit& one) {
    return one.constant || one.fact->each == 0 || one.fact->at_least;
  });
  return constant ? StampKind::exact : StampKind::close;
}

// A quantity that every kernel confirms, one of them at least with something to count. One kernel alone would make a
// coincidence of a bias.
bool confirms(const std::vector<Fit>& fits) {
  const bool counts = std::any_of(fits.begin(), fits.end(), [](const Fit& one) { return one.fact->each > 0; });
  const bool bound = std::any_of(fits.begin(), fits.end(), [](const Fit& one) { return one.fact->at_least; });
  return fits.size() > 1 && counts && !bound && all_hold(fits) && !is_dead(fits);
}

std::string other_quantity(std::string_view claims, std::span<const TruthKernel> kernels,
                           std::span<const TruthReading> readings) {
  std::set<std::string> tried = {std::string(claims)};
  for (const TruthKernel& kernel : kernels) {
    for (const Fact& fact : kernel.facts) {
      if (tried.insert(fact.quantity).second && confirms(fits_of(fact.quantity, kernels, readings))) {
        return fact.quantity;
      }
    }
  }
  return "";
}

StampKind kind_of_failed(const Fit& worst, const std::string& other) {
  if (!other.empty()) return StampKind::another;
  const bool drowned = worst.spread >= std::abs(worst.off()) / 2;
  return worst.spread > kWide && drowned ? StampKind::noisy : StampKind::biased;
}

}  // namespace

std::string_view claimed_quantity(std::string_view event) {
  const std::string_view name = base_name(event);
  const auto found =
      std::find_if(std::begin(kClaims), std::end(kClaims), [&](const Claim& claim) { return claim.event == name; });
  return found == std::end(kClaims) ? std::string_view() : found->quantity;
}

std::string_view quantity_at(std::string_view level, bool misses) {
  constexpr std::string_view kDown[] = {"L1d-loads", "L1d-misses", "L2-misses", "LLC-misses"};
  constexpr std::string_view kLevels[] = {"L1d", "L2", "LLC"};
  for (std::size_t i = 0; i < std::size(kLevels); ++i) {
    if (kLevels[i] == level) return kDown[misses ? i + 1 : i];
  }
  return {};
}

bool tells_of(const TruthKernel& kernel, std::string_view quantity) {
  return quantity.empty() || fact_of(kernel, quantity) != nullptr;
}

std::uint64_t working_set(const std::vector<Cache>& caches, std::string_view level) {
  std::uint64_t inside = 0;
  std::uint64_t above = 0;
  for (const Cache& cache : caches) {
    if (cache.type == "instruction") continue;
    const bool last = cache.level == caches.back().level;
    const bool wanted = level == "LLC" ? last && cache.level > 2 : level == "L" + std::to_string(cache.level);
    if (wanted) {
      inside = cache.bytes;
      break;
    }
    above = cache.bytes;
  }
  // A quarter leaves room for what else is there, and for pages that fall into the same sets; more than 64 MiB would
  // take long to go round.
  const std::uint64_t wished = std::min<std::uint64_t>(inside / 4, std::uint64_t{64} << 20);
  return above > 0 && wished >= 2 * above ? wished : 0;
}

std::optional<Stamp> certify(std::string_view event, std::string_view claims, std::span<const TruthKernel> kernels,
                             std::span<const TruthReading> readings) {
  std::string counts = claims.empty() ? other_quantity({}, kernels, readings) : std::string(claims);
  const std::vector<Fit> fits = fits_of(counts, kernels, readings);
  if (fits.empty()) return std::nullopt;
  const Fit& shown = telling(fits);
  Stamp stamp{.event = std::string(event), .claims = std::string(claims), .rounds = shown.rounds};
  for (const TruthReading& one : readings) {
    if (!raw(one.reading)) continue;
    stamp.source = one.reading.source;
    stamp.privilege = one.reading.privilege;
    break;
  }
  if (is_dead(fits)) {
    stamp.kind = StampKind::dead;
    counts.clear();
  } else if (all_hold(fits)) {
    stamp.kind = kind_of_held(fits);
  } else {
    const std::string other = other_quantity(claims, kernels, readings);
    stamp.kind = kind_of_failed(shown, other);
    counts = other;
  }
  stamp.counts = counts;
  stamp.kernel = shown.kernel->name;
  stamp.item = shown.kernel->item;
  stamp.few = shown.kernel->few;
  stamp.many = shown.kernel->many;
  stamp.each = shown.fact->each;
  stamp.found = shown.found;
  stamp.besides = shown.besides;
  stamp.spread = shown.spread;
  return stamp;
}

}  // namespace countercheck
