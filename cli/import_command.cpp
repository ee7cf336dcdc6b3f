#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>

#include "cli/accepted.hpp"
#include "cli/exit_status.hpp"
#include "cli/measuring.hpp"
#include "cli/subcommand.hpp"
#include "counters/counted_noun.hpp"
#include "counters/nearest.hpp"
#include "counters/user_error.hpp"
#include "experiment/results_file.hpp"
#include "experiment/text_file.hpp"
#include "importers/formats.hpp"
#include "importers/join.hpp"

namespace countercheck {
namespace {

class Import : public Subcommand {
 public:
  explicit Import(CLI::App& parent)
      : Subcommand(parent.add_subcommand(
            "import", "Read what perf stat, hyperfine and others wrote, and show it as countercheck does")) {
    app()->add_option("FILE", files_, "Outputs of other tools; several files are compared")->required();
    app()->add_option("-o,--output", results_, "Write what was read to this results file (JSON)");
    app()->add_option("--name", names_, "Names of what is compared, separated by commas, in its order")->delimiter(',');
    app()->add_option("--baseline", baseline_, "The one that the others are compared with (default: the first)");
    std::vector<std::string> formats;
    for (const ImportFormat& format : import_formats()) formats.emplace_back(format.name);
    app()
        ->add_option("--as", format_, "What the files are, where their content does not tell")
        ->check(one_of(formats))
        ->type_name("FORMAT");
    report_.declare(*app());
    std::string footer = "Formats:\n";
    for (const ImportFormat& format : import_formats())
      footer += fmt::format("  {:<17} {}\n", format.name, format.words);
    app()->footer(footer + "What could not be read is listed on standard error.");
  }

  int run(const std::vector<std::string>&) override {
    std::vector<ImportedFile> files;
    for (const std::string& path : files_) files.push_back({path, read(path)});
    Experiment experiment = joined(files);
    rename(experiment);
    experiment.tool_version = COUNTERCHECK_VERSION;
    if (!results_.empty()) write(experiment);
    // Benchmarks are so many iterations each only to have whole numbers: people think in one.
    ReportChoice report = report_;
    report.per_item = report.per_item || !experiment.work_item.empty();
    print_report(experiment, report);
    for (const ImportedFile& file : files) tell_unread(file);
    return kSuccess;
  }

 private:
  Imported read(const std::string& path) const {
    const std::string text = read_text_file(path, "file", kMostImported);
    const ImportFormat* format = recognise(text);
    for (const ImportFormat& known : import_formats()) {
      if (known.name == format_) format = &known;
    }
    if (!format) {
      throw UserError(Trouble::file, fmt::format("'{}' is nothing that countercheck can import: it reads {}", path,
                                                 list_of_import_formats()));
    }
    try {
      return format->read(text);
    } catch (const std::exception& error) {
      throw UserError(Trouble::file,
                      fmt::format("'{}' cannot be imported as {}: {}", path, format->words, error.what()));
    }
  }

  static Experiment joined(const std::vector<ImportedFile>& files) {
    try {
      return join(files);
    } catch (const std::exception& error) {
      throw UserError(Trouble::file, fmt::format("the files cannot be imported together: {}", error.what()));
    }
  }

  void rename(Experiment& experiment) const {
    auto& variants = experiment.variants;
    if (!names_.empty() && names_.size() != variants.size()) {
      std::string list;
      for (const Variant& variant : variants) list += (list.empty() ? "" : ", ") + variant.name;
      throw UserError(Trouble::usage, fmt::format("--name has {} for {}: {}", counted_noun(names_.size(), "name"),
                                                  variants.size(), list));
    }
    for (std::size_t at = 0; at < names_.size(); ++at) variants[at].name = names_[at];
    if (experiment.kind == Kind::stat) experiment.title = variants.front().name;
    if (baseline_.empty()) return;
    std::vector<std::string> known;
    for (const Variant& variant : variants) known.push_back(variant.name);
    const auto found = std::find(known.begin(), known.end(), baseline_);
    if (found == known.end()) {
      throw UserError(Trouble::usage, fmt::format("--baseline: there is no '{}' among what was imported{}", baseline_,
                                                  did_you_mean(baseline_, known)));
    }
    experiment.baseline = static_cast<std::size_t>(found - known.begin());
  }

  void write(const Experiment& experiment) const {
    Experiment growing = experiment;
    growing.samples.clear();
    ResultsFile file(results_, growing);
    for (const Sample& sample : experiment.samples) {
      growing.samples.assign(1, sample);
      file.append_last_sample(growing);
    }
  }

  static void tell_unread(const ImportedFile& file) {
    const Imported& imported = file.imported;
    if (imported.unread.empty()) return;
    fmt::print(stderr, "countercheck: not read of '{}':\n", file.path);
    for (const Unread& unread : imported.unread) fmt::print(stderr, "  {}: {}\n", unread.place, unread.why);
    if (imported.unread_more > 0) fmt::print(stderr, "  and {} more\n", imported.unread_more);
  }

  std::vector<std::string> files_;
  std::string results_;
  std::vector<std::string> names_;
  std::string baseline_;
  std::string format_;
  ReportChoice report_;
};

}  // namespace

std::unique_ptr<Subcommand> make_import(CLI::App& parent) {
  return std::make_unique<Import>(parent);
}

}  // namespace countercheck
