#include "reports/book_report.hpp"

#include <ostream>
#include <utility>

#include "reports/book_csv.hpp"
#include "reports/book_sentences.hpp"
#include "reports/book_tables.hpp"
#include "reports/markdown.hpp"
#include "reports/page.hpp"
#include "reports/palette.hpp"

namespace countercheck {
namespace {

// The one counter table that is shown, as an experiment of its own.
Experiment shown_alone(const BookReading& reading) {
  Experiment experiment = reading.experiment;
  const std::size_t at = reading.shown.front();
  experiment.kind = Kind::stat;
  experiment.title = "python " + reading.book.examples[at].program;
  experiment.variants = {reading.experiment.variants[at]};
  experiment.samples = {reading.experiment.samples[at]};
  experiment.samples.front().variant = 0;
  return experiment;
}

// Caption, table and sentences, one part after the other.
class BookText : public Report {
 public:
  BookText(BookReading reading, const ReportOptions& options) : reading_(std::move(reading)), options_(options) {}

  void render(std::ostream& out) const override {
    Page page(out, options_.width);
    const Palette palette(options_.colour);
    const auto bold = [&](const std::string& text) { return palette.bold(text); };
    for (const std::string& sentence : book_heading(reading_)) page.paragraph(sentence);
    if (reading_.shown.size() == 1) {
      page.blank();
      make_report(Form::text, shown_alone(reading_), options_)->render(out);
    }
    for (const BookPart& part : book_parts(reading_)) {
      page.blank();
      page.paragraph(part.table.caption, 2, bold);
      put_number_table(page, part.table.table);
      page.section(part.sentences);
    }
    page.section(book_findings(reading_));
    page.section(book_slips(reading_));
  }

 private:
  BookReading reading_;
  ReportOptions options_;
};

class BookMarkdown : public Report {
 public:
  explicit BookMarkdown(BookReading reading) : reading_(std::move(reading)) {}

  void render(std::ostream& out) const override {
    out << "## " << markdown_text(reading_.book.title) << '\n';
    put_markdown_list(out, book_heading(reading_));
    if (reading_.shown.size() == 1) {
      out << '\n';
      make_report(Form::markdown, shown_alone(reading_))->render(out);
    }
    for (const BookPart& part : book_parts(reading_)) {
      out << "\n### " << markdown_text(part.table.caption) << "\n\n";
      put_markdown_table(out, part.table.table);
      put_markdown_list(out, part.sentences);
    }
    put_markdown_list(out, book_findings(reading_));
    put_markdown_list(out, book_slips(reading_));
  }

 private:
  BookReading reading_;
};

}  // namespace

std::unique_ptr<Report> make_book_report(Form form, BookReading reading, const ReportOptions& options) {
  switch (form) {
    case Form::markdown:
      return std::make_unique<BookMarkdown>(std::move(reading));
    case Form::csv:
      return std::make_unique<BookCsv>(std::move(reading));
    default:
      return std::make_unique<BookText>(std::move(reading), options);
  }
}

}  // namespace countercheck
