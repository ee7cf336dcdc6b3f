#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <ostream>

#include "analysis/certification.hpp"
#include "cli/accepted.hpp"
#include "cli/certification_run.hpp"
#include "cli/columns.hpp"
#include "cli/exit_status.hpp"
#include "cli/subcommand.hpp"
#include "cli/terminal.hpp"
#include "cli/utc_now.hpp"
#include "counters/catalogue.hpp"
#include "counters/countable.hpp"
#include "counters/counted_noun.hpp"
#include "counters/passports/family_catalogue.hpp"
#include "counters/passports/meaning.hpp"
#include "counters/user_error.hpp"
#include "experiment/machine.hpp"
#include "experiment/stamps_file.hpp"
#include "reports/sentences.hpp"
#include "reports/stamp_sentences.hpp"
#include "reports/text_width.hpp"

namespace countercheck {
namespace {

// What the passport says where it knows better than the name: cache-misses of AMD Zen are those of the L2.
std::string claim_of(const Event& event, const std::vector<Family>& families) {
  const std::string_view claimed = claimed_quantity(event.name);
  const auto meaning = meaning_of(families, event.name.substr(0, event.name.find(':')));
  const bool misses = event.name.starts_with("cache-misses");
  if (meaning && (misses || event.name.starts_with("cache-references"))) {
    if (const auto at = quantity_at(meaning->level, misses); !at.empty()) return std::string(at);
  }
  return std::string(claimed);
}

// Hardware events are certified in user mode, where what interrupts the kernel is not in the count.
Event in_user_mode(const Event& event) {
  const auto* const encoding = std::get_if<Encoding>(&event.encoding);
  if (!encoding || is_software(*encoding) || privilege(*encoding) != Privilege::user_and_kernel) return event;
  return split_by_privilege({event}).front();
}

class Certify : public Subcommand {
 public:
  explicit Certify(CLI::App& parent)
      : Subcommand(parent.add_subcommand("certify", "Hold events against loops whose counts are known on paper")) {
    app()->add_option("EVENTS", events_, "Events, separated by commas (default: all that a known truth is about)");
    app()->add_option("-r,--repeat", rounds_, "Runs of each size")->check(between(2U, 1000U))->capture_default_str();
    app()->add_flag("--no-store", no_store_, "Show the stamps and do not keep them");
    app()->footer(
        "Exit status: 0 all that can be counted is certified, 1 an event is dead, off, noisy or another, 2 "
        "nothing can be counted.");
  }

  int run(const std::vector<std::string>&) override {
    const Access access = read_access();
    const auto families = families_of(read_families(), this_machine().cpu_id, access.cpu_pmus);
    std::vector<Candidate> candidates;
    for (const Event& event : chosen()) {
      const Countable countable = settle({in_user_mode(event)}, access).front();
      if (const auto* absence = std::get_if<Absence>(&countable.by)) {
        absent_[absence->sentence].push_back(event.name);
      } else {
        candidates.push_back({countable, claim_of(countable.event, families)});
      }
    }
    if (candidates.empty()) {
      write_to_stdout([&](std::ostream& out) { print_absent(out); });
      return kNothingCounts;
    }
    CertificationRun certification(std::move(candidates), rounds_);
    const Course course = certification.run();
    if (course.interrupted_by != 0) return kSignalled + course.interrupted_by;
    report(certification);
    const auto& stamps = certification.stamps();
    return std::all_of(stamps.begin(), stamps.end(), [](const Stamp& stamp) { return certified(stamp.kind); })
               ? kSuccess
               : kFinding;
  }

 private:
  std::vector<Event> chosen() const {
    if (!events_.empty()) return parse_events(fmt::format("{}", fmt::join(events_, ",")));
    std::vector<Event> events;
    for (const NamedEvent& row : catalogue()) {
      if (!claimed_quantity(row.name).empty()) events.push_back(parse_event(row.name));
    }
    return events;
  }

  void report(const CertificationRun& certification) const {
    std::vector<Stamp> stamps = certification.stamps();
    for (Stamp& stamp : stamps) stamp.when = utc_now();
    const std::string stored = store(certification.machine(), stamps);
    write_to_stdout([&](std::ostream& out) {
      std::vector<std::vector<std::string>> rows;
      for (const Stamp& stamp : stamps) {
        const std::string sentence = stamp_sentence(stamp);
        const auto colon = sentence.find(": ");
        rows.push_back({stamp.event, sentence.substr(0, colon), sentence.substr(colon + 2)});
      }
      print_columns(out, rows, terminal_width());
      print_absent(out);
      for (const auto& sentence : certification.unjudged()) print_paragraph(out, "not certified: " + sentence);
      for (const auto& sentence : certification.notes()) print_paragraph(out, sentence);
      const auto good = std::count_if(stamps.begin(), stamps.end(), [](const Stamp& s) { return certified(s.kind); });
      print_paragraph(out, fmt::format("{} of {} that can be counted here certified{}", good,
                                       counted_noun(stamps.size(), "event"), stored));
    });
  }

  std::string store(const Machine& machine, const std::vector<Stamp>& stamps) const {
    if (no_store_ || stamps.empty()) return "; nothing was stored";
    const auto folder = stamps_folder();
    if (!folder) return "; not stored, for neither XDG_DATA_HOME nor HOME is set";
    return fmt::format("; stamps are in {}", store_stamps(*folder, machine, stamps).string());
  }

  static void print_paragraph(std::ostream& out, const std::string& sentence) {
    if (out.tellp() > 0) out << '\n';
    for (const auto& line : wrap(printable(sentence), terminal_width(), 2)) out << line << '\n';
  }

  void print_absent(std::ostream& out) const {
    for (const auto& [why, names] : absent_) {
      print_paragraph(out, fmt::format("not counted: {}: {}", fmt::join(names, ", "), why));
    }
  }

  std::vector<std::string> events_;
  unsigned rounds_ = 5;
  bool no_store_ = false;
  std::map<std::string, std::vector<std::string>> absent_;  // names, by the sentence that tells why
};

}  // namespace

std::unique_ptr<Subcommand> make_certify(CLI::App& parent) {
  return std::make_unique<Certify>(parent);
}

}  // namespace countercheck
