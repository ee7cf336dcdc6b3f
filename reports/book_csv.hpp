#pragma once

#include "analysis/book_reading.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The long form: one number to a line, with the table it is of, and for a step the table it leads to.
class BookCsv : public Report {
 public:
  explicit BookCsv(BookReading reading);
  void render(std::ostream& out) const override;

 private:
  BookReading reading_;
};

}  // namespace countercheck
