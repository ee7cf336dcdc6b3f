#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <ostream>
#include <system_error>

#include "cli/columns.hpp"
#include "cli/exit_status.hpp"
#include "cli/history_store.hpp"
#include "cli/measuring.hpp"
#include "cli/slip.hpp"
#include "cli/subcommand.hpp"
#include "cli/terminal.hpp"
#include "cli/trend_command.hpp"
#include "cli/utc_now.hpp"
#include "counters/counted_noun.hpp"
#include "counters/user_error.hpp"
#include "experiment/results_file.hpp"
#include "experiment/revision.hpp"
#include "experiment/text_file.hpp"

namespace countercheck {
namespace {

namespace fs = std::filesystem;

std::string shown_revision(const StoredResult& result) {
  return result.revision.empty() ? "-" : short_revision(result.revision);
}

class Record : public Subcommand {
 public:
  explicit Record(CLI::App& parent)
      : Subcommand(parent.add_subcommand("record", "Keep results files, each whole and only once")) {
    app()->add_option("FILE", files_, "Results files written with -o")->required();
    app()->add_option("--revision", revision_,
                      "What was measured (default: the commit of the folder that you are in, with -dirty if changed)");
    store_.declare(*app());
  }

  int run(const std::vector<std::string>&) override {
    std::vector<NewResult> fresh;
    for (const std::string& file : files_) {
      fresh.push_back({.content = results_text(file)});
      fresh.back().experiment = results_from(fresh.back().content, file);
    }
    const std::string revision = chosen_revision(fresh);
    for (NewResult& result : fresh) result.revision = revision;
    const auto recorded = store_.open(History::Access::write).record(fresh, utc_now());
    write_to_stdout([&](std::ostream& out) {
      for (std::size_t at = 0; at < files_.size(); ++at) {
        const auto& [result, is_new] = recorded[at];
        out << fmt::format("{} {} {}: {}, revision {}\n", files_[at],
                           is_new ? "is result" : "was there already, as result", result.id, result.suite,
                           shown_revision(result));
      }
    });
    return kSuccess;
  }

 private:
  // Results that tell the revision of each variant need no other.
  std::string chosen_revision(const std::vector<NewResult>& results) const {
    if (!revision_.empty()) return revision_;
    if (auto here = revision_here()) return *here;
    const bool told = std::all_of(results.begin(), results.end(), [](const NewResult& result) {
      const auto& variants = result.experiment.variants;
      return std::all_of(variants.begin(), variants.end(), [](const Variant& v) { return !v.revision.empty(); });
    });
    if (told) return "";
    throw UserError(Trouble::usage,
                    "git knows no commit of this folder, so say which revision was measured: --revision REV");
  }

  std::vector<std::string> files_;
  std::string revision_;
  StoreChoice store_;
};

std::string described(const Machine& machine) {
  std::string text = machine.cpu.empty() ? machine.architecture : machine.cpu;
  text += ", " + counted_noun(machine.cpus, "CPU");
  if (!machine.hypervisor.empty()) text += ", " + machine.hypervisor;
  return text + fmt::format(", Linux {}", machine.kernel);
}

class ListResults : public Subcommand {
 public:
  explicit ListResults(CLI::App& parent)
      : Subcommand(parent.add_subcommand("list", "Show what was recorded, in the order of time")) {
    app()->add_option("--suite", suite_, "Only results of this suite");
    store_.declare(*app());
  }

  int run(const std::vector<std::string>&) override {
    History history = store_.open(History::Access::read);
    auto results = history.list();
    if (!suite_.empty()) std::erase_if(results, [&](const StoredResult& result) { return result.suite != suite_; });
    std::vector<std::vector<std::string>> rows = {{"ID", "begun", "revision", "machine", "suite"}};
    std::map<std::string, std::int64_t> machines;
    for (const StoredResult& result : results) {
      rows.push_back({std::to_string(result.id), result.began, shown_revision(result), result.machine, result.suite});
      machines.emplace(result.machine, result.id);
    }
    write_to_stdout([&](std::ostream& out) {
      if (results.empty()) return void(out << "nothing was recorded\n");
      print_columns(out, rows, terminal_width());
      out << '\n';
      std::vector<std::vector<std::string>> legend;
      for (const auto& [machine, id] : machines) {
        legend.push_back({machine, described(experiment_of(history, id).machine)});
      }
      print_columns(out, legend, terminal_width());
    });
    return kSuccess;
  }

 private:
  std::string suite_;
  StoreChoice store_;
};

class Show : public Subcommand {
 public:
  explicit Show(CLI::App& parent) : Subcommand(parent.add_subcommand("show", "Print the report of a recorded result")) {
    app()->add_option("RESULT", word_, "Its ID, or its revision")->required();
    report_.declare(*app());
    store_.declare(*app());
  }

  int run(const std::vector<std::string>&) override {
    History history = store_.open(History::Access::read);
    print_report(experiment_of(history, one_named(history.list(), word_).id), report_);
    return kSuccess;
  }

 private:
  std::string word_;
  ReportChoice report_;
  StoreChoice store_;
};

class Export : public Subcommand {
 public:
  explicit Export(CLI::App& parent)
      : Subcommand(parent.add_subcommand("export", "Give recorded results files back as they were")) {
    app()->add_option("RESULT", words_, "Their IDs, or revisions of one result")->required();
    app()->add_option("-o,--output", output_, "The file, or the folder for several (default: standard output)");
    store_.declare(*app());
  }

  int run(const std::vector<std::string>&) override {
    History history = store_.open(History::Access::read);
    const auto results = history.list();
    std::vector<std::int64_t> ids;
    for (const std::string& word : words_) ids.push_back(one_named(results, word).id);
    std::error_code unused;
    if (fs::is_directory(output_, unused)) {
      for (const std::int64_t id : ids)
        write_text_file(fs::path(output_) / fmt::format("{}.json", id), history.content(id), "file");
    } else if (ids.size() > 1) {
      throw UserError(Trouble::usage,
                      "several results go into a folder, each as a file ID.json: name one that is there "
                      "with -o");
    } else if (!output_.empty()) {
      write_text_file(output_, history.content(ids.front()), "file");
    } else {
      const std::string content = history.content(ids.front());
      write_to_stdout([&](std::ostream& out) { out << content; });
    }
    return kSuccess;
  }

 private:
  std::vector<std::string> words_;
  std::string output_;
  StoreChoice store_;
};

class Remove : public Subcommand {
 public:
  explicit Remove(CLI::App& parent) : Subcommand(parent.add_subcommand("remove", "Forget recorded results")) {
    app()->add_option("ID", ids_, "As countercheck history list shows them")->required();
    store_.declare(*app());
  }

  int run(const std::vector<std::string>&) override {
    // That it is there is asked first: a history that is made only to be found empty would surprise.
    store_.open(History::Access::read);
    store_.open(History::Access::write).remove(ids_);
    return kSuccess;
  }

 private:
  std::vector<std::int64_t> ids_;
  StoreChoice store_;
};

class HistoryCommand : public Subcommand {
 public:
  explicit HistoryCommand(CLI::App& parent)
      : Subcommand(parent.add_subcommand("history", "Keep results, show them again, and how they change over time")) {
    app()->require_subcommand(0, 1);
    actions_.push_back(std::make_unique<Record>(*app()));
    actions_.push_back(std::make_unique<ListResults>(*app()));
    actions_.push_back(std::make_unique<Show>(*app()));
    actions_.push_back(make_trend(*app()));
    actions_.push_back(std::make_unique<Export>(*app()));
    actions_.push_back(std::make_unique<Remove>(*app()));
  }

  int run(const std::vector<std::string>& command) override {
    std::string names;
    for (const auto& action : actions_) {
      if (action->app()->parsed()) return action->run(command);
      const bool last = action == actions_.back();
      names += (names.empty() ? "" : last ? " or " : ", ") + action->app()->get_name();
    }
    throw UserError(Trouble::usage, fmt::format("history needs a word more: {}; {}", names, where_to_look(*app())));
  }

 private:
  std::vector<std::unique_ptr<Subcommand>> actions_;
};

}  // namespace

std::unique_ptr<Subcommand> make_history(CLI::App& parent) {
  return std::make_unique<HistoryCommand>(parent);
}

}  // namespace countercheck
