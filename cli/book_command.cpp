#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <filesystem>

#include "analysis/book_reading.hpp"
#include "cli/accepted.hpp"
#include "cli/exit_status.hpp"
#include "cli/subcommand.hpp"
#include "cli/terminal.hpp"
#include "counters/nearest.hpp"
#include "counters/user_error.hpp"
#include "experiment/results_file.hpp"
#include "reports/book_report.hpp"

namespace countercheck {
namespace {

class BookCommand : public Subcommand {
 public:
  explicit BookCommand(CLI::App& parent)
      : Subcommand(parent.add_subcommand(
            "book", "Show the counter tables of High Performance Python, chapter 6, with what they tell")) {
    app()->add_option("TABLE", first_, "One of its tables: 6-1 for the runtimes, or 6-8 to 6-22 (default: all)");
    app()->add_option("FILE", second_, "A results file, to set beside the book by the schemes of its variants");
    app()
        ->add_option("--form", form_, "text, markdown or csv")
        ->check(one_of({"text", "markdown", "csv"}))
        ->capture_default_str();
    app()->footer(
        "  countercheck book 6-11\n"
        "  countercheck run diffusion --size 512 -o here.json && countercheck book here.json");
  }

  int run(const std::vector<std::string>&) override {
    Book book = read_book(book_file());
    const auto [table, file] = asked(book);
    std::optional<Experiment> here;
    if (!file.empty()) here = read_results(file);
    const BookReading reading = read_the_book(std::move(book), table, here ? &*here : nullptr);
    if (here && reading.here->counterparts.empty()) {
      throw UserError(Trouble::usage,
                      fmt::format("{} has no variant that follows a scheme of the book{}; measure some: "
                                  "countercheck run diffusion -o FILE",
                                  file, table.empty() ? "" : "'s table " + table));
    }
    const ReportOptions options{.width = terminal_width(), .colour = wants_colour()};
    const auto report = make_book_report(*form_from(form_), reading, options);
    write_to_stdout([&](std::ostream& out) { report->render(out); });
    return kSuccess;
  }

 private:
  struct Asked {
    std::string table;
    std::string file;
  };

  // The table may be left out before a file.
  Asked asked(const Book& book) const {
    if (first_.empty()) return {};
    if (const auto table = find_table(book, first_)) return {*table, second_};
    std::error_code error;
    if (second_.empty() && (std::filesystem::exists(first_, error) || first_.find('/') != std::string::npos ||
                            first_.ends_with(".json"))) {
      return {"", first_};
    }
    const auto names = table_names(book);
    throw UserError(Trouble::usage, fmt::format("the book has no table '{}'{}; there are {}", first_,
                                                did_you_mean(first_, names), fmt::join(names, ", ")));
  }

  std::string first_;
  std::string second_;
  std::string form_ = "text";
};

}  // namespace

std::unique_ptr<Subcommand> make_book(CLI::App& parent) {
  return std::make_unique<BookCommand>(parent);
}

}  // namespace countercheck
